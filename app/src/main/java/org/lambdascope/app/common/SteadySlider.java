package org.lambdascope.app.common;

import javafx.event.EventTarget;
import javafx.scene.control.Slider;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/**
 * A slider whose thumb is dragged only after it was pressed. JavaFX's own fails with a null pointer
 * where a popup took the press that closed it and the drag that follows reaches the thumb.
 */
public final class SteadySlider extends Slider {

  private @Nullable EventTarget pressed;

  /** A slider from 0 to 100. */
  public SteadySlider() {
    this(0, 100, 0);
  }

  /** A slider. */
  public SteadySlider(double min, double max, double value) {
    super(min, max, value);
    addEventFilter(MouseEvent.MOUSE_PRESSED, e -> pressed = e.getTarget());
    addEventFilter(
        MouseEvent.MOUSE_DRAGGED,
        e -> {
          if (e.getTarget() != pressed) {
            e.consume();
          }
        });
    addEventFilter(MouseEvent.MOUSE_RELEASED, e -> pressed = null);
  }
}
