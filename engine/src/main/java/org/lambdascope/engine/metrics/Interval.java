package org.lambdascope.engine.metrics;

/**
 * An estimate with its confidence interval.
 *
 * @param estimate the value itself
 * @param low lower end; NaN where there are too few values for an interval
 * @param high upper end; NaN where there are too few values for an interval
 * @param level confidence level, such as 0.95
 */
public record Interval(double estimate, double low, double high, double level) {

  /** The level that papers report. */
  public static final double LEVEL = 0.95;

  public Interval {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "confidence level: expected above 0 and below 1, found " + level);
    }
  }

  /** An interval of no extent that is known: an estimate from too few values. */
  static Interval unknown(double estimate, double level) {
    return new Interval(estimate, Double.NaN, Double.NaN, level);
  }
}
