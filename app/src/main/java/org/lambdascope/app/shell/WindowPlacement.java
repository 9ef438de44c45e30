package org.lambdascope.app.shell;

import java.util.List;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.settings.WindowLayout;

/** Puts a window where it was left, as far as screens have not changed since. */
final class WindowPlacement {

  /** So much of a window must be on a screen that it can be taken hold of. */
  private static final double LEAST_VISIBLE = 120;

  /** Under which a window's properties hold where it stood when it did not fill the screen. */
  private static final Object PLACE = new Object();

  private WindowPlacement() {}

  /** Places a window; one that was never left is placed by the system. */
  static void restore(Stage stage, WindowLayout layout) {
    if (!Double.isNaN(layout.width()) && !Double.isNaN(layout.height())) {
      place(
          stage,
          new WindowBounds(
              Double.isNaN(layout.x()) ? 0 : layout.x(),
              Double.isNaN(layout.y()) ? 0 : layout.y(),
              layout.width(),
              layout.height()));
    }
    stage.setMaximized(layout.maximized());
  }

  /** Places a window where it was, or, if that screen is gone, where it is seen. */
  static void place(Stage stage, WindowBounds was) {
    Rectangle2D at =
        clamp(
            new Rectangle2D(was.x(), was.y(), was.width(), was.height()),
            Screen.getScreens().stream().map(Screen::getVisualBounds).toList());
    stage.setX(at.getMinX());
    stage.setY(at.getMinY());
    stage.setWidth(at.getWidth());
    stage.setHeight(at.getHeight());
  }

  /**
   * Keeps in mind where a window stands while it does not fill the screen; to be called before it
   * is shown.
   *
   * @param moved is called when it stands elsewhere
   */
  static void follow(Stage stage, Runnable moved) {
    // Later: a window may be told that it fills the screen only after it was made as large.
    Runnable note = () -> Platform.runLater(() -> note(stage));
    for (ReadOnlyDoubleProperty edge :
        List.of(
            stage.xProperty(), stage.yProperty(), stage.widthProperty(), stage.heightProperty())) {
      edge.subscribe(
          (before, now) -> {
            note.run();
            moved.run();
          });
    }
  }

  private static void note(Stage stage) {
    WindowBounds now = now(stage);
    if (stage.isShowing() && !fills(stage) && now.isPlace()) {
      stage.getProperties().put(PLACE, now);
    }
  }

  private static boolean fills(Stage stage) {
    return stage.isMaximized() || stage.isFullScreen() || stage.isIconified();
  }

  /** Where a window stands; one that fills the screen, where it stood before. */
  static WindowBounds of(Stage stage) {
    return fills(stage) && stage.getProperties().get(PLACE) instanceof WindowBounds before
        ? before
        : now(stage);
  }

  private static WindowBounds now(Stage stage) {
    return new WindowBounds(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
  }

  /** A layout with the window where it stands; one that fills the screen, where it stood before. */
  static WindowLayout placed(Stage stage, WindowLayout before) {
    if (fills(stage) && !stage.getProperties().containsKey(PLACE)) {
      return before.placed(
          before.x(), before.y(), before.width(), before.height(), stage.isMaximized());
    }
    WindowBounds now = of(stage);
    return before.placed(now.x(), now.y(), now.width(), now.height(), stage.isMaximized());
  }

  /** Brings windows back when the screen on which they stood is gone, until unsubscribed. */
  static Subscription followScreens() {
    return Screen.getScreens()
        .subscribe(
            () ->
                Window.getWindows().stream()
                    .filter(Stage.class::isInstance)
                    .map(Stage.class::cast)
                    .toList()
                    .forEach(WindowPlacement::bringBack));
  }

  /** Moves a window, if it stands where no screen is any more, to where it is seen. */
  static void bringBack(Stage stage) {
    WindowBounds now = now(stage);
    Rectangle2D at = new Rectangle2D(now.x(), now.y(), now.width(), now.height());
    boolean seen =
        Screen.getScreens().stream().anyMatch(screen -> visible(at, screen.getVisualBounds()));
    if (!seen && !stage.isIconified()) {
      place(stage, now);
    }
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
