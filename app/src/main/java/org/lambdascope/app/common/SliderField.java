package org.lambdascope.app.common;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/**
 * A whole number as slider and as field, with a way back to its default. The field takes numbers
 * beyond the slider's end.
 */
public final class SliderField extends HBox {

  private static final int MOST_DIGITS = 9;

  private final IntegerProperty value = new SimpleIntegerProperty();
  private final Slider slider = new Slider();
  private final TextField field = new TextField();
  private final int min;
  private boolean updating;

  /**
   * A number.
   *
   * @param name for screen readers
   * @param min the least value
   * @param sliderMax the slider's end
   * @param reset what the reset button does
   */
  public SliderField(String name, int min, int sliderMax, Runnable reset) {
    this.min = min;
    getStyleClass().add("slider-field");
    setAlignment(Pos.CENTER_LEFT);
    setSpacing(6);
    slider.setMin(min);
    slider.setMax(Math.max(min + 1, sliderMax));
    slider.setBlockIncrement(Math.max(1, (slider.getMax() - min) / 32));
    slider.setMinWidth(60);
    slider.setPrefWidth(90);
    slider.setAccessibleText(name);
    slider.getStyleClass().add("small");
    HBox.setHgrow(slider, Priority.ALWAYS);
    field.setPrefColumnCount(5);
    field.setMinWidth(62);
    field.setPrefWidth(62);
    field.setMaxWidth(62);
    field.setAlignment(Pos.CENTER_RIGHT);
    field.setAccessibleText(name);
    field.setTextFormatter(
        new TextFormatter<String>(
            change ->
                change.getControlNewText().matches("\\d{0," + MOST_DIGITS + "}") ? change : null));
    Button back = new Button("↺");
    back.getStyleClass().addAll("flat", "small", "reset-button");
    back.setTooltip(new Tooltip("Back to the default"));
    back.setAccessibleText("Reset " + name);
    back.setOnAction(e -> reset.run());
    getChildren().addAll(slider, field, back);
    slider.valueProperty().subscribe((before, now) -> fromSlider(now.doubleValue()));
    field.setOnAction(e -> fromField());
    field
        .focusedProperty()
        .subscribe(
            focused -> {
              if (!focused) {
                fromField();
              }
            });
    value.subscribe(now -> show(now.intValue()));
  }

  /** The number. */
  public IntegerProperty valueProperty() {
    return value;
  }

  private void fromSlider(double at) {
    if (!updating) {
      value.set((int) Math.round(at));
    }
  }

  private void fromField() {
    if (!field.getText().isEmpty()) {
      value.set(Math.max(min, Integer.parseInt(field.getText())));
    }
    show(value.get());
  }

  private void show(int now) {
    updating = true;
    try {
      slider.setValue(now);
      field.setText(Integer.toString(now));
    } finally {
      updating = false;
    }
  }
}
