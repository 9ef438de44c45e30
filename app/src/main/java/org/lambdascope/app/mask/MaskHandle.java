package org.lambdascope.app.mask;

import java.util.function.IntConsumer;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.Tips;

/** The label of an edge: it can be dragged, and moved with the arrow keys. */
final class MaskHandle extends Label {

  /** How a drag in pixels changes the value. */
  @FunctionalInterface
  interface Scale {
    double tokens(MaskEdge.Line line, double dx, double dy);
  }

  private final Scale scale;
  private final IntConsumer set;
  private MaskEdge edge;
  private int pressedValue;
  private double pressedX;
  private double pressedY;

  MaskHandle(MaskEdge edge, Scale scale, IntConsumer set) {
    this.edge = edge;
    this.scale = scale;
    this.set = set;
    getStyleClass().add("mask-handle");
    setId("mask-handle-" + edge.key());
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.SLIDER);
    setCursor(edge.line() == MaskEdge.Line.QUERY ? Cursor.V_RESIZE : Cursor.H_RESIZE);
    Tips.on(this, "Drag, or use the arrow keys: 1 token; with Shift an eighth of the value");
    setOnMousePressed(this::press);
    setOnMouseDragged(this::drag);
    setOnKeyPressed(this::key);
    show(edge);
  }

  /** The edge. */
  MaskEdge edge() {
    return edge;
  }

  void show(MaskEdge now) {
    edge = now;
    setText(now.symbol() + " " + Formats.count(now.value()));
    setAccessibleText(getText() + " tokens");
  }

  private void press(MouseEvent event) {
    requestFocus();
    pressedValue = edge.value();
    pressedX = event.getSceneX();
    pressedY = event.getSceneY();
    event.consume();
  }

  private void drag(MouseEvent event) {
    double dx = event.getSceneX() - pressedX;
    double dy = event.getSceneY() - pressedY;
    // A label below the picture is dragged across it; its way down means nothing.
    double down = edge.line() == MaskEdge.Line.DISTANCE ? 0 : dy;
    set.accept((int) Math.round(pressedValue + scale.tokens(edge.line(), dx, down)));
    event.consume();
  }

  private void key(KeyEvent event) {
    int by = event.isShiftDown() ? Math.max(1, edge.value() / 8) : 1;
    int sign =
        switch (event.getCode()) {
          case UP, RIGHT -> 1;
          case DOWN, LEFT -> -1;
          default -> 0;
        };
    if (sign != 0 && !event.isShortcutDown() && !event.isAltDown()) {
      set.accept(edge.value() + sign * by);
      event.consume();
    }
  }
}
