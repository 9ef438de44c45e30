package org.lambdascope.app.editor;

import java.util.stream.IntStream;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.layout.Region;
import org.lambdascope.app.figure.FigureTheme;

/** A colour of the palette of figures. */
final class ColourChoice extends ComboBox<Integer> {

  private FigureTheme theme = FigureTheme.LIGHT;

  ColourChoice(String name) {
    getStyleClass().add("colour-choice");
    setAccessibleText(name);
    getItems().setAll(IntStream.range(0, FigureTheme.PALETTE_SIZE).boxed().toList());
    setButtonCell(new Swatch());
    setCellFactory(list -> new Swatch());
  }

  /** Shows a colour in the colours of a theme. */
  void show(int colour, FigureTheme newTheme) {
    theme = newTheme;
    setValue(Math.floorMod(colour, FigureTheme.PALETTE_SIZE));
    setButtonCell(new Swatch());
  }

  private final class Swatch extends ListCell<Integer> {
    @Override
    protected void updateItem(Integer colour, boolean empty) {
      super.updateItem(colour, empty);
      if (empty || colour == null) {
        setGraphic(null);
        return;
      }
      Region swatch = new Region();
      swatch.setMinSize(22, 14);
      swatch.setPrefSize(22, 14);
      swatch.setStyle(
          "-fx-background-radius: 3; -fx-background-color: "
              + FigureForm.css(theme.palette(colour)));
      setGraphic(swatch);
      setAccessibleText("colour " + (colour + 1));
    }
  }
}
