package org.lambdascope.app.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.RenderScale;
import org.lambdascope.app.common.Thumbnail;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.spec.FigureBundle;
import org.lambdascope.app.figure.spec.SpecFigures;
import org.lambdascope.app.figure.spec.SpecFile;

/**
 * The figures of the chosen runs as cards. Each is drawn again from its data in the background, one
 * after another, while they can be seen.
 */
final class FigureThumbnails extends FlowPane {

  private static final double WIDTH = 320;
  private static final double GAP = 10;

  private final ChartActions background;
  private final Consumer<Path> open;
  private final List<Card> cards = new ArrayList<>();
  private FigureTheme theme = FigureTheme.LIGHT;
  private boolean active;

  /** Counts what is to be drawn: pictures of another theme or of other runs are dropped. */
  private int revision;

  private boolean drawn;

  private record Card(Path figure, ImageView image) {}

  /**
   * No cards.
   *
   * @param background draws
   * @param open takes the folder of a figure whose card was pressed
   */
  FigureThumbnails(ChartActions background, Consumer<Path> open) {
    super(GAP, GAP);
    this.background = background;
    this.open = open;
    setPadding(new Insets(GAP));
    setRowValignment(VPos.TOP);
  }

  /**
   * Shows figures.
   *
   * @param figures their folders
   * @param several whether they are of several runs, which the cards then name
   * @param none what is said if there are none
   */
  void show(List<Path> figures, boolean several, String none) {
    cards.clear();
    getChildren().clear();
    for (Path figure : figures) {
      add(figure, several);
    }
    if (figures.isEmpty()) {
      Label label = new Label(none);
      label.getStyleClass().add("text-muted");
      getChildren().add(label);
    }
    redraw();
  }

  void setTheme(FigureTheme now) {
    theme = now;
    redraw();
  }

  /** Says whether they can be seen. */
  void setActive(boolean now) {
    active = now;
    if (now && !drawn) {
      redraw();
    }
  }

  private void add(Path figure, boolean several) {
    String name = String.valueOf(figure.getFileName());
    Path run = figure.getParent() == null ? figure : figure.getParent().getParent();
    Button button =
        new Button(several && run != null ? "%s: %s".formatted(run.getFileName(), name) : name);
    button.setContentDisplay(ContentDisplay.TOP);
    button.getStyleClass().addAll("flat", "figure-card");
    button.setAccessibleText("Open the figure " + name);
    Tips.on(button, "Open in the figure editor: " + FileNames.shown(figure));
    ImageView image = new ImageView();
    image.setFitWidth(WIDTH);
    image.setPreserveRatio(true);
    button.setGraphic(image);
    button.setOnAction(e -> open.accept(figure));
    cards.add(new Card(figure, image));
    getChildren().add(button);
  }

  private void redraw() {
    revision++;
    drawn = active;
    if (active) {
      drawNext(revision, List.copyOf(cards).iterator());
    }
  }

  private void drawNext(int mine, Iterator<Card> rest) {
    if (mine != revision || !rest.hasNext()) {
      return;
    }
    Card card = rest.next();
    FigureTheme colours = theme;
    double scale = RenderScale.of(this);
    background.draw(
        () -> draw(card.figure(), colours, scale),
        image -> {
          if (mine == revision) {
            Thumbnail.show(card.image(), image, scale);
          }
          drawNext(mine, rest);
        },
        () -> {
          if (mine == revision) {
            showStored(card);
          }
          drawNext(mine, rest);
        });
  }

  private static Image draw(Path figure, FigureTheme theme, double scale) throws IOException {
    Drawing drawing = SpecFigures.drawing(SpecFile.read(figure.resolve(FigureBundle.SPEC)), figure);
    return Thumbnail.draw(drawing, theme, WIDTH, scale);
  }

  /** The picture that the run left, where the figure cannot be drawn again. */
  private static void showStored(Card card) {
    Path picture = RunCatalogue.picture(card.figure());
    if (Files.isRegularFile(picture)) {
      card.image().setImage(new Image(picture.toUri().toString(), true));
    }
  }
}
