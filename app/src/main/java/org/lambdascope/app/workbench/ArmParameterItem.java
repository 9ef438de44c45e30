package org.lambdascope.app.workbench;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;

/**
 * One number of the property panel.
 *
 * @param id its key, or {@code pretrain} for the model
 * @param category what it belongs to: the model or the arm
 * @param symbol the field's name for it
 * @param description what it is
 * @param min the least value
 * @param sliderMax where its slider ends
 * @param unit the values of 1, such as 1000 where {@code 0.5} is the value 500
 * @param value the number; setting it changes the arm or model
 * @param idle whether it does nothing at the arm's other settings
 * @param reset puts it back to its default
 */
public record ArmParameterItem(
    String id,
    String category,
    String symbol,
    String description,
    int min,
    ReadOnlyIntegerProperty sliderMax,
    int unit,
    IntegerProperty value,
    ReadOnlyBooleanProperty idle,
    Runnable reset) {

  /** A number that starts at {@code now}. */
  static IntegerProperty holding(int now) {
    return new SimpleIntegerProperty(now);
  }
}
