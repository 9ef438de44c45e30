package org.lambdascope.app.figure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A closed range of an axis.
 *
 * @param min least value, finite
 * @param max greatest value, finite, at least {@code min}
 */
public record AxisRange(double min, double max) {

  private static final double MARGIN = 0.04;
  private static final int FENCE = 5;

  public AxisRange {
    if (!Double.isFinite(min) || !Double.isFinite(max) || min > max) {
      throw new IllegalArgumentException(
          "axis range: expected finite min ≤ max, found [%s, %s]".formatted(min, max));
    }
  }

  /** The range of the finite values; null when there are none. */
  public static @Nullable AxisRange of(double[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      if (Double.isFinite(v)) {
        min = Math.min(min, v);
        max = Math.max(max, v);
      }
    }
    return min > max ? null : new AxisRange(min, max);
  }

  /**
   * The range of the finite values without outliers, which lie further from the middle half of all
   * than {@value #FENCE} times its width; null when there are none.
   */
  public static @Nullable AxisRange ofMost(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return null;
    }
    double first = sorted[sorted.length / 4];
    double third = sorted[sorted.length - 1 - sorted.length / 4];
    double reach = FENCE * (third - first);
    return of(
        Arrays.stream(sorted).filter(v -> v >= first - reach && v <= third + reach).toArray());
  }

  /** Whether a value lies within. */
  boolean holds(double value) {
    return value >= min && value <= max;
  }

  /** The least range that holds both; a null range is empty. */
  public static @Nullable AxisRange union(@Nullable AxisRange a, @Nullable AxisRange b) {
    if (a == null) {
      return b;
    }
    return b == null ? a : new AxisRange(Math.min(a.min, b.min), Math.max(a.max, b.max));
  }

  /** A little wider on both sides, and never of zero length, so that no point sits on the frame. */
  public AxisRange padded() {
    double margin = (max - min) * MARGIN;
    if (!(margin > Math.ulp(Math.max(Math.abs(min), Math.abs(max))) * 16)) {
      margin = Math.max(Math.abs(min) * MARGIN, 0.5);
    }
    return new AxisRange(min - margin, max + margin);
  }

  /** Of non-zero length. */
  AxisRange proper() {
    return max - min > Math.ulp(Math.max(Math.abs(min), Math.abs(max))) * 16 ? this : padded();
  }
}
