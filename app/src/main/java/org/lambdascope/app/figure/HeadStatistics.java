package org.lambdascope.app.figure;

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
    for (int b = 0; b < bins; b++) { // loops, for a live picture waits for it
      double sum = 0;
      int heads = 0;
      for (double[] head : perHead) {
        if (Double.isFinite(head[b])) {
          sum += head[b];
          heads++;
        }
      }
      double m = sum / heads; // NaN where there is none
      double squares = 0;
      for (double[] head : perHead) {
        if (Double.isFinite(head[b])) {
          squares += (head[b] - m) * (head[b] - m);
        }
      }
      double sd = Math.sqrt(squares / heads);
      mean[b] = m;
      low[b] = m - sd;
      high[b] = m + sd;
    }
    return new HeadStatistics(mean, low, high);
  }
}
