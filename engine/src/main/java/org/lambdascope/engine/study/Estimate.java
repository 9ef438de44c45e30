package org.lambdascope.engine.study;

import java.util.Arrays;
import java.util.Map;
import org.lambdascope.engine.metrics.Interval;
import org.lambdascope.engine.metrics.Intervals;

/**
 * A mean with its 95 % interval.
 *
 * @param value the mean
 * @param low lower end; NaN for fewer than two values
 * @param high upper end
 * @param n values
 */
record Estimate(double value, double low, double high, long n) {

  private static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN, 0);

  /**
   * A mean of independent values with Student's interval; NaN is no value. The interval is cut at
   * what the mean can be: of few values it goes beyond, and there it can neither hold nor miss the
   * true mean, so that cutting leaves its coverage as it is.
   *
   * @param most the greatest value that can be; the least is 0
   */
  static Estimate mean(double[] values, double most) {
    double[] there = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    return there.length == 0
        ? NONE
        : of(Intervals.student(there, Interval.LEVEL), there.length).cut(0, most);
  }

  /** With ends that are not beyond what can be. */
  Estimate cut(double least, double most) {
    // Math.max and Math.min keep NaN.
    return new Estimate(value, Math.max(low, least), Math.min(high, most), n);
  }

  /** A share with Wilson's interval. */
  static Estimate share(long right, long n) {
    return n == 0 ? NONE : of(Intervals.wilson(right, n, Interval.LEVEL), n);
  }

  private static Estimate of(Interval interval, long n) {
    return new Estimate(interval.estimate(), interval.low(), interval.high(), n);
  }

  /** The median, between the least and the greatest value. */
  static Estimate median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    return new Estimate(median, sorted[0], sorted[n - 1], n);
  }

  /** A mean between one standard deviation below and above it. */
  static Estimate spread(double[] values) {
    double[] there = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    double mean = Arrays.stream(there).average().orElse(Double.NaN);
    double variance =
        Arrays.stream(there).map(v -> (v - mean) * (v - mean)).average().orElse(Double.NaN);
    double sd = Math.sqrt(variance);
    return new Estimate(mean, mean - sd, mean + sd, there.length);
  }

  /** As a metric. */
  Metric as(String experiment, String name, String unit, String arm, Map<String, Double> at) {
    return new Metric(experiment, name, unit, arm, at, value, low, high, n);
  }
}
