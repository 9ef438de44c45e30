package org.lambdascope.app.workbench;

import java.awt.Color;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.words.Words;

/** The arms as buttons, to choose one where only one is shown. */
public final class ArmChips extends FlowPane {

  private final WorkbenchViewModel workbench;
  private FigureTheme theme = FigureTheme.LIGHT;

  private final Node[] trailing;

  /**
   * Chooses the workbench's selected arm.
   *
   * @param trailing what stands behind the buttons
   */
  public ArmChips(WorkbenchViewModel workbench, Node... trailing) {
    super(6, 6);
    this.workbench = workbench;
    this.trailing = trailing.clone();
    setRowValignment(VPos.CENTER);
    workbench.selectedArmProperty().subscribe(a -> show());
    ArmFollower.follow(
        workbench.arms(), arm -> arm.kindProperty().subscribe((b, n) -> show()), this::show);
  }

  /** Sets the colours. */
  public void setTheme(FigureTheme newTheme) {
    theme = newTheme;
    show();
  }

  /** A swatch in the colour of a column's curve. */
  public static Region swatch(int column, FigureTheme theme) {
    Region swatch = new Region();
    swatch.getStyleClass().add("swatch");
    swatch.setMinSize(10, 10);
    swatch.setMaxSize(10, 10);
    Color c = theme.palette(column);
    swatch.setStyle(
        String.format(Locale.ROOT, "-fx-background-color: #%06x;", c.getRGB() & 0xFFFFFF));
    return swatch;
  }

  private void show() {
    ToggleGroup group = new ToggleGroup();
    getChildren().clear();
    for (int c = 0; c < workbench.arms().size(); c++) {
      ArmViewModel arm = workbench.arms().get(c);
      ToggleButton button = new ToggleButton(arm.arm().kind().id(), swatch(c, theme));
      button.getStyleClass().add("small");
      button.setToggleGroup(group);
      button.setSelected(arm == workbench.selectedArmProperty().get());
      Tips.on(button, Words.of(arm.arm().kind()).definition());
      button.setOnAction(
          e -> {
            button.setSelected(true); // pressing the chosen one again does not drop the choice
            workbench.selectedArmProperty().set(arm);
          });
      getChildren().add(button);
    }
    getChildren().addAll(trailing);
  }
}
