package org.lambdascope.app.common;

import java.util.function.IntSupplier;
import javafx.beans.property.IntegerProperty;
import javafx.geometry.Pos;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * A field for a whole number in a range. Takes effect on Enter or when it loses the focus; what is
 * out of range is brought to its end, and the field says so.
 */
public final class NumberField extends TextField {

  private static final int MOST_DIGITS = 9;

  private final IntegerProperty value;
  private final int min;
  private final IntSupplier max;
  private final FieldNote note;

  /**
   * A field for a property.
   *
   * @param name for screen readers
   * @param meaning for the tooltip
   * @param min the least value
   * @param max the greatest value of the moment
   */
  public NumberField(String name, String meaning, IntegerProperty value, int min, IntSupplier max) {
    this.value = value;
    this.min = min;
    this.max = max;
    note = new FieldNote(this, name);
    setAlignment(Pos.CENTER_RIGHT);
    setPrefColumnCount(6);
    FittingWidth.keep(this, 0);
    setAccessibleText(name);
    Tips.on(this, meaning);
    setTextFormatter(new TextFormatter<String>(this::digits));
    setOnAction(e -> commit());
    focusedProperty()
        .subscribe(
            focused -> {
              if (!focused) {
                commit();
              }
            });
    addEventFilter(KeyEvent.KEY_PRESSED, this::step);
    value.subscribe(now -> setText(Integer.toString(now.intValue())));
  }

  private TextFormatter.@Nullable Change digits(TextFormatter.Change change) {
    if (!change.isContentChange()) {
      return change;
    }
    note.hide();
    String typed = change.getControlNewText();
    if (typed.matches("\\d{0," + MOST_DIGITS + "}")) {
      return change;
    }
    note.refused("a whole number of at most %d digits".formatted(MOST_DIGITS), typed);
    return null;
  }

  private void step(KeyEvent event) {
    int by = event.getCode() == KeyCode.UP ? 1 : event.getCode() == KeyCode.DOWN ? -1 : 0;
    if (by != 0 && !getText().isEmpty()) {
      int unit = Math.max(1, Integer.highestOneBit(Math.max(1, value.get() / 16)));
      int stepped = Integer.parseInt(getText()) / unit * unit + by * unit;
      setText(Integer.toString(Math.max(0, stepped)));
      commit();
      event.consume();
    }
  }

  private void commit() {
    int most = max.getAsInt();
    String typed = getText();
    if (!typed.isEmpty() && most >= min) {
      value.set(Math.clamp(Integer.parseInt(typed), min, most));
    }
    setText(Integer.toString(value.get()));
    if (!typed.isEmpty()) {
      note.taken(Integer.parseInt(typed), value.get(), typed, getText());
    }
  }
}
