package org.lambdascope.app.shell;

import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.lambdascope.app.settings.WindowLayout;

/** Puts a window where it was left, as far as screens have not changed since. */
final class WindowPlacement {

  /** So much of a window must be on a screen that it can be taken hold of. */
  private static final double LEAST_VISIBLE = 120;

  private WindowPlacement() {}

  /** Places a window; one that was never left is placed by the system. */
  static void restore(Stage stage, WindowLayout layout) {
    if (!Double.isNaN(layout.width()) && !Double.isNaN(layout.height())) {
      Rectangle2D at =
          clamp(
              new Rectangle2D(
                  Double.isNaN(layout.x()) ? 0 : layout.x(),
                  Double.isNaN(layout.y()) ? 0 : layout.y(),
                  layout.width(),
                  layout.height()),
              Screen.getScreens().stream().map(Screen::getVisualBounds).toList());
      stage.setX(at.getMinX());
      stage.setY(at.getMinY());
      stage.setWidth(at.getWidth());
      stage.setHeight(at.getHeight());
    }
    stage.setMaximized(layout.maximized());
  }

  /**
   * The place of a window on the screens that there are.
   *
   * @param screens their visible parts, the first the primary one
   */
  static Rectangle2D clamp(Rectangle2D wanted, List<Rectangle2D> screens) {
    Rectangle2D screen =
        screens.stream().filter(s -> visible(wanted, s)).findFirst().orElse(screens.getFirst());
    double width = Math.min(wanted.getWidth(), screen.getWidth());
    double height = Math.min(wanted.getHeight(), screen.getHeight());
    if (!visible(wanted, screen)) {
      return new Rectangle2D(
          screen.getMinX() + (screen.getWidth() - width) / 2,
          screen.getMinY() + (screen.getHeight() - height) / 2,
          width,
          height);
    }
    return new Rectangle2D(
        Math.clamp(wanted.getMinX(), screen.getMinX(), screen.getMaxX() - width),
        Math.clamp(wanted.getMinY(), screen.getMinY(), screen.getMaxY() - height),
        width,
        height);
  }

  private static boolean visible(Rectangle2D window, Rectangle2D screen) {
    double width =
        Math.min(window.getMaxX(), screen.getMaxX()) - Math.max(window.getMinX(), screen.getMinX());
    double height =
        Math.min(window.getMaxY(), screen.getMaxY()) - Math.max(window.getMinY(), screen.getMinY());
    return width >= LEAST_VISIBLE && height >= LEAST_VISIBLE;
  }
}
