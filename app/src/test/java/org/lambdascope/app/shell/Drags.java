package org.lambdascope.app.shell;

import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** Drags by the mouse. */
final class Drags {

  private Drags() {}

  /** Drags a rectangle over the left half of what a plot shows. */
  static void overLeftHalf(FxRobot robot, Node plot) {
    Bounds bounds = plot.localToScreen(plot.getBoundsInLocal());
    robot
        .moveTo(bounds.getMinX() + 4, bounds.getMinY() + 4)
        .press(MouseButton.PRIMARY)
        .moveTo(bounds.getCenterX(), bounds.getMaxY() - 4)
        .release(MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /**
   * Takes hold of the middle of a node. JavaFX's headless platform gives a drag to what is under
   * the mouse, not to what was pressed: after each pixel it is waited until that has followed, and
   * where it goes aside the mouse follows it.
   */
  static void by(FxRobot robot, Node node, int dx, int dy) {
    Point2D from = centre(node);
    robot.moveTo(from).press(MouseButton.PRIMARY);
    int steps = Math.max(Math.abs(dx), Math.abs(dy));
    for (int i = 1; i <= steps; i++) {
      Point2D now = centre(node);
      robot.moveTo(
          dx == 0 ? now.getX() : from.getX() + (double) dx * i / steps,
          dy == 0 ? now.getY() : from.getY() + (double) dy * i / steps);
      robot.interact(() -> node.getScene().getRoot().layout());
    }
    robot.release(MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private static Point2D centre(Node node) {
    Bounds bounds = node.localToScreen(node.getBoundsInLocal());
    return new Point2D(bounds.getCenterX(), bounds.getCenterY());
  }
}
