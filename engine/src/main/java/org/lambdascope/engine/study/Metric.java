package org.lambdascope.engine.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One number of a run.
 *
 * @param experiment its name in the experiment file
 * @param name what was measured, such as {@code nll}
 * @param unit such as {@code nats/token}; empty for a plain number
 * @param arm as the command line writes it; empty where there is none
 * @param at where, such as length and depth, in a fixed order
 * @param value the mean, or the one value
 * @param low lower end of the interval: 95 % of the mean, unless the experiment says another; NaN
 *     for none
 * @param high upper end; NaN for none
 * @param n how many values it is the mean of
 */
public record Metric(
    String experiment,
    String name,
    String unit,
    String arm,
    Map<String, Double> at,
    double value,
    double low,
    double high,
    long n) {

  public Metric {
    at = Collections.unmodifiableMap(new LinkedHashMap<>(at));
  }

  /** The same in another unit; its name stays. */
  public Metric times(double factor) {
    return new Metric(
        experiment, name, unit, arm, at, value * factor, low * factor, high * factor, n);
  }
}
