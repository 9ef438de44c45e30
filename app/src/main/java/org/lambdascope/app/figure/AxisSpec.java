package org.lambdascope.app.figure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One axis of a panel.
 *
 * @param label quantity and unit, such as {@code distance (tokens)}
 * @param range fixed range, so that panels can be compared by eye; null: from the data
 * @param log whether the scale is logarithmic; values ≤ 0 are then not drawn
 * @param categories names of the places 0, 1, …; empty for an axis of numbers
 */
public record AxisSpec(
    String label, @Nullable AxisRange range, boolean log, List<String> categories) {

  public AxisSpec {
    categories = List.copyOf(categories);
    if (log && !categories.isEmpty()) {
      throw new IllegalArgumentException(
          "axis '%s': expected a logarithmic axis or categories, found both".formatted(label));
    }
  }

  /** A linear axis whose range comes from the data. */
  public static AxisSpec linear(String label) {
    return new AxisSpec(label, null, false, List.of());
  }

  /** A logarithmic axis whose range comes from the data. */
  public static AxisSpec logarithmic(String label) {
    return new AxisSpec(label, null, true, List.of());
  }

  /** An axis with a name at each of the places 0, 1, …. */
  public static AxisSpec categories(String label, List<String> names) {
    return new AxisSpec(label, null, false, names);
  }

  /** This axis with a fixed range; null: from the data. */
  public AxisSpec withRange(@Nullable AxisRange newRange) {
    return new AxisSpec(label, newRange, log, categories);
  }

  /** This axis with another label. */
  public AxisSpec withLabel(String newLabel) {
    return new AxisSpec(newLabel, range, log, categories);
  }

  /** The room that categories take; null for an axis of numbers. */
  @Nullable AxisRange places() {
    return categories.isEmpty() ? null : new AxisRange(-0.5, categories.size() - 0.5);
  }
}
