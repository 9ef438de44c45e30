package org.lambdascope.app.common;

import java.math.BigDecimal;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A whole number of units as slider and as field, with a way back to its default. The field takes
 * numbers beyond the slider's end, and says so where it cannot take what was typed.
 */
public final class SliderField extends HBox {

  private static final int MOST_DIGITS = 9;
  private static final double WIDTH = 68; // of six digits

  private final IntegerProperty value = new SimpleIntegerProperty();
  private final Slider slider = new SteadySlider();
  private final TextField field = new TextField();
  private final FieldNote note;
  private final int min;
  private final int decimals;
  private boolean updating;

  /**
   * A number.
   *
   * @param name for screen readers
   * @param min the least value
   * @param sliderMax the slider's end
   * @param unit the values of 1, a power of 10: with 1000 the value 500 reads 0.5
   * @param reset what the reset button does
   */
  public SliderField(String name, int min, int sliderMax, int unit, Runnable reset) {
    this.min = min;
    this.decimals = (int) Math.round(Math.log10(unit));
    note = new FieldNote(field, name);
    getStyleClass().add("slider-field");
    setAlignment(Pos.CENTER_LEFT);
    setSpacing(6);
    slider.setMin(min);
    setSliderMax(sliderMax);
    slider.setMinWidth(60);
    slider.setPrefWidth(90);
    slider.setAccessibleText(name);
    slider.getStyleClass().add("small");
    HBox.setHgrow(slider, Priority.ALWAYS);
    field.setPrefWidth(WIDTH);
    FittingWidth.keep(field, WIDTH);
    field.setAlignment(Pos.CENTER_RIGHT);
    field.setAccessibleText(name);
    field.setTextFormatter(new TextFormatter<String>(this::number));
    Button back = new Button("↺");
    back.getStyleClass().addAll("flat", "small", "reset-button");
    Tips.on(back, "Back to the default");
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

  /** Sets where the slider ends; the number stays. */
  public void setSliderMax(int sliderMax) {
    updating = true;
    try {
      slider.setMax(Math.max(min + 1, sliderMax));
      slider.setBlockIncrement(Math.max(1, (slider.getMax() - min) / 32));
      slider.setValue(value.get());
    } finally {
      updating = false;
    }
  }

  private void fromSlider(double at) {
    if (!updating) {
      value.set((int) Math.round(at));
    }
  }

  private TextFormatter.@Nullable Change number(TextFormatter.Change change) {
    if (updating || !change.isContentChange()) {
      return change;
    }
    note.hide();
    String typed = change.getControlNewText();
    if (typed.matches(pattern())) {
      return change;
    }
    note.refused(
        decimals == 0
            ? "a whole number of at most %d digits".formatted(MOST_DIGITS)
            : "a number with at most %d decimals".formatted(decimals),
        typed);
    return null;
  }

  private String pattern() {
    return decimals == 0
        ? "\\d{0,%d}".formatted(MOST_DIGITS)
        : "\\d{0,%d}(\\.\\d{0,%d})?".formatted(MOST_DIGITS - decimals, decimals);
  }

  private void fromField() {
    String typed = field.getText();
    if (!typed.matches(".*\\d.*")) {
      show(value.get());
      return;
    }
    int number = new BigDecimal(typed).movePointRight(decimals).intValueExact();
    value.set(Math.max(min, number));
    show(value.get());
    note.taken(number, value.get(), typed, field.getText());
  }

  /** Whole numbers of a unit keep one decimal, so that they are seen to have some. */
  private String text(int now) {
    BigDecimal number = BigDecimal.valueOf(now, decimals).stripTrailingZeros();
    return number.setScale(Math.max(number.scale(), Math.min(decimals, 1))).toPlainString();
  }

  private void show(int now) {
    updating = true;
    try {
      slider.setValue(now);
      field.setText(text(now));
    } finally {
      updating = false;
    }
  }
}
