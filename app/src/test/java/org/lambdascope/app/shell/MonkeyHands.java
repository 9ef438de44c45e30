package org.lambdascope.app.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.testfx.api.FxRobot;

/** Pointer and keys of a {@link Monkey}. */
final class MonkeyHands {

  private final FxRobot robot;
  private final Stage stage;
  private final Consumer<String> log;

  /**
   * Hands before a window.
   *
   * @param stage has the focus if no other window has
   * @param log is told of what the toolkit could not do
   */
  MonkeyHands(FxRobot robot, Stage stage, Consumer<String> log) {
    this.robot = robot;
    this.stage = stage;
    this.log = log;
  }

  /** Clicks into a node, at shares of its width and height. */
  void click(Node node, double x, double y) throws Exception {
    click(node, x, y, MouseButton.PRIMARY);
  }

  /** Clicks into a node with a button of the mouse. */
  void click(Node node, double x, double y, MouseButton button) throws Exception {
    Optional<Point2D> at = place(node, x, y);
    if (at.isPresent() && onScreen(at.get())) {
      robot(() -> robot.clickOn(at.get(), button));
    }
  }

  /**
   * Lets the robot do something. It presses in the window that has the focus, so there must be one,
   * and a window that was just closed leaves none behind.
   */
  private void robot(Bounded.Action action) throws Exception {
    Bounded.onFx(
        () -> {
          Window focused =
              Window.getWindows().stream()
                  .filter(w -> w instanceof Stage && w.isFocused())
                  .findFirst()
                  .orElse(stage);
          focused.requestFocus();
          return focused;
        });
    try {
      Bounded.run(action);
    } catch (RuntimeException e) {
      if (!isOfTheToolkit(e)) {
        throw e;
      }
      log.accept("(the toolkit's robot failed)");
    }
  }

  private static boolean isOfTheToolkit(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      StackTraceElement[] stack = cause.getStackTrace();
      if (stack.length > 0 && stack[0].getClassName().endsWith("HeadlessRobot")) {
        return true;
      }
    }
    return false;
  }

  private static boolean onScreen(Point2D point) {
    return Screen.getPrimary().getBounds().contains(point);
  }

  /** A place in a node on the screen, at shares of its width and height; empty if it has none. */
  private static Optional<Point2D> place(Node node, double x, double y) throws Exception {
    return Bounded.onFx(
        () -> {
          Bounds bounds = node.localToScreen(node.getBoundsInLocal());
          return bounds == null
              ? Optional.empty()
              : Optional.of(
                  new Point2D(
                      bounds.getMinX() + x * bounds.getWidth(),
                      bounds.getMinY() + y * bounds.getHeight()));
        });
  }

  /** Presses keys one after the other, while others are held. */
  void press(List<KeyCode> held, KeyCode key, int times) throws Exception {
    robot(
        () -> {
          held.forEach(robot::press);
          try {
            robot.type(key, times);
          } finally {
            held.forEach(robot::release);
          }
        });
  }

  /** Drags from one place on the screen to another. */
  void drag(Point2D from, Point2D to) throws Exception {
    robot(
        () -> {
          robot.moveTo(from).press(MouseButton.PRIMARY);
          try {
            robot.moveTo(to);
          } finally {
            robot.release(MouseButton.PRIMARY);
          }
        });
  }

  /** Drags a node by its middle. */
  void dragBy(Node node, double dx, double dy) throws Exception {
    Optional<Point2D> from = place(node, 0.5, 0.5);
    if (from.isPresent() && onScreen(from.get())) {
      drag(from.get(), onto(from.get().add(dx, dy)));
    }
  }

  /** Turns the wheel at a place. */
  void scroll(Point2D at, int amount, VerticalDirection direction) throws Exception {
    robot(() -> robot.moveTo(at).scroll(amount, direction));
  }

  /** The place on the screen that is next to one. */
  static Point2D onto(Point2D point) {
    var screen = Screen.getPrimary().getBounds();
    return new Point2D(
        Math.clamp(point.getX(), 0, screen.getMaxX() - 1),
        Math.clamp(point.getY(), 0, screen.getMaxY() - 1));
  }
}
