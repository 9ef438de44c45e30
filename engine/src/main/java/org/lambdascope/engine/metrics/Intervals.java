package org.lambdascope.engine.metrics;

import java.util.Arrays;
import java.util.Random;
import smile.stat.distribution.GaussianDistribution;
import smile.stat.distribution.TDistribution;

/** Confidence intervals of proportions, means and paired differences. */
public final class Intervals {

  private Intervals() {}

  /**
   * Wilson's score interval of a proportion (JASA 22, 1927), without continuity correction: it stays
   * within 0 to 1 and has a length even at 0 and n successes.
   *
   * @param successes 0 to {@code trials}
   * @param trials at least 1
   * @param level confidence level, such as 0.95
   */
  public static Interval wilson(long successes, long trials, double level) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "Wilson interval: expected 0 ≤ successes ≤ trials and trials ≥ 1, found %d of %d"
              .formatted(successes, trials));
    }
    double z = GaussianDistribution.getInstance().quantile(0.5 + level / 2);
    double n = trials;
    double p = successes / n;
    double shrink = 1 + z * z / n;
    double centre = (p + z * z / (2 * n)) / shrink;
    double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / shrink;
    // At the ends the formula is exact and its rounding is not.
    double low = successes == 0 ? 0 : centre - half;
    double high = successes == trials ? 1 : centre + half;
    return new Interval(p, low, high, level);
  }

  /**
   * Student's t interval of a mean.
   *
   * @param values {@code [n]}, finite; with one the ends are NaN
   * @param level confidence level, such as 0.95
   */
  public static Interval student(double[] values, double level) {
    double mean = mean(values);
    int n = values.length;
    if (n < 2) {
      return Interval.unknown(mean, level);
    }
    double t = new TDistribution(n - 1).quantile(0.5 + level / 2);
    double half = t * sd(values) / Math.sqrt(n);
    return new Interval(mean, mean - half, mean + half, level);
  }

  /**
   * Percentile bootstrap interval of a mean (Efron, 1979): quantiles, interpolated linearly, of the
   * means of samples drawn with replacement.
   *
   * @param values {@code [n]}, finite; with one the ends are NaN
   * @param level confidence level, such as 0.95
   * @param resamples how many samples are drawn, at least 1; usual are 1,000 to 10,000
   * @param seed equal seeds give equal intervals
   */
  public static Interval bootstrap(double[] values, double level, int resamples, long seed) {
    if (resamples < 1) {
      throw new IllegalArgumentException(
          "bootstrap: expected at least 1 resample, found " + resamples);
    }
    double mean = mean(values);
    int n = values.length;
    if (n < 2) {
      return Interval.unknown(mean, level);
    }
    // Of Java's generators the one whose numbers the specification fixes for good.
    Random random = new Random(seed);
    double[] means = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += values[random.nextInt(n)];
      }
      means[r] = sum / n;
    }
    Arrays.sort(means);
    return new Interval(
        mean, quantile(means, 0.5 - level / 2), quantile(means, 0.5 + level / 2), level);
  }

  /**
   * The differences {@code a − b} of paired values, such as two arms on the same documents; their
   * {@link #student} or {@link #bootstrap} interval says whether the arms differ.
   *
   * @param a {@code [n]}
   * @param b {@code [n]}
   */
  public static double[] differences(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "paired values: expected equally many, found %d and %d".formatted(a.length, b.length));
    }
    double[] differences = new double[a.length];
    Arrays.setAll(differences, i -> a[i] - b[i]);
    return differences;
  }

  /** The mean of at least one value. */
  public static double mean(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("mean: expected at least 1 value, found none");
    }
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  /** The sample standard deviation, with {@code n − 1}; NaN for fewer than two values. */
  public static double sd(double[] values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = mean(values);
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }

  private static double quantile(double[] sorted, double p) {
    double place = p * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
