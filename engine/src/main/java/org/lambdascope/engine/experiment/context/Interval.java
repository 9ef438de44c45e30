package org.lambdascope.engine.experiment.context;

import java.util.Arrays;
import smile.stat.distribution.TDistribution;

/**
 * A mean with its 95 % interval, by Student's t.
 *
 * @param mean the mean
 * @param half half the width of the interval; NaN where there is one value only
 * @param count values that it stands on, at least 1
 */
public record Interval(double mean, double half, int count) {

  private static final double UPPER = 0.975;

  /** The interval of independent values, such as one per document. */
  public static Interval of(double... values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    if (n < 2) {
      return new Interval(mean, Double.NaN, n);
    }
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    return new Interval(mean, error == 0 ? 0 : new TDistribution(n - 1).quantile(UPPER) * error, n);
  }
}
