package org.lambdascope.app.figure;

import java.util.Arrays;

/**
 * Mean ± standard deviation (population) over heads, bin by bin; heads without a value in a bin do
 * not count there.
 *
 * @param mean {@code [bins]}; NaN where no head has a value
 * @param low mean − sd, {@code [bins]}
 * @param high mean + sd, {@code [bins]}
 */
record HeadStatistics(double[] mean, double[] low, double[] high) {

  /**
   * Reduces over heads.
   *
   * @param perHead {@code [heads, bins]}
   */
  static HeadStatistics of(double[][] perHead, int bins) {
    double[] mean = new double[bins];
    double[] low = new double[bins];
    double[] high = new double[bins];
    for (int b = 0; b < bins; b++) {
      int bin = b;
      double[] values =
          Arrays.stream(perHead).mapToDouble(h -> h[bin]).filter(Double::isFinite).toArray();
      double m = Arrays.stream(values).average().orElse(Double.NaN);
      double sd =
          Math.sqrt(Arrays.stream(values).map(v -> (v - m) * (v - m)).average().orElse(Double.NaN));
      mean[b] = m;
      low[b] = m - sd;
      high[b] = m + sd;
    }
    return new HeadStatistics(mean, low, high);
  }
}
