package org.lambdascope.app.shell;

import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.lambdascope.app.settings.Theme;
import org.testfx.util.WaitForAsyncUtils;

/** The colours that windows have. */
final class Themes {

  private Themes() {}

  /** The theme of a window, by its background. */
  static Theme of(Stage stage) {
    WaitForAsyncUtils.waitForFxEvents();
    Region root = (Region) stage.getScene().getRoot();
    Color colour = (Color) root.getBackground().getFills().getFirst().getFill();
    return colour.getBrightness() < 0.5 ? Theme.DARK : Theme.LIGHT;
  }
}
