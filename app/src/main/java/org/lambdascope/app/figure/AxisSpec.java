package org.lambdascope.app.figure;

import org.jspecify.annotations.Nullable;

/**
 * One axis of a panel.
 *
 * @param label quantity and unit, such as {@code distance (tokens)}
 * @param range fixed range, so that panels can be compared by eye; null: from the data
 * @param log whether the scale is logarithmic; values ≤ 0 are then not drawn
 */
public record AxisSpec(String label, @Nullable AxisRange range, boolean log) {

  /** A linear axis whose range comes from the data. */
  public static AxisSpec linear(String label) {
    return new AxisSpec(label, null, false);
  }

  /** A logarithmic axis whose range comes from the data. */
  public static AxisSpec logarithmic(String label) {
    return new AxisSpec(label, null, true);
  }

  /** This axis with a fixed range; null: from the data. */
  public AxisSpec withRange(@Nullable AxisRange newRange) {
    return new AxisSpec(label, newRange, log);
  }
}
