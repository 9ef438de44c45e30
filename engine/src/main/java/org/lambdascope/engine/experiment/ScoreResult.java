package org.lambdascope.engine.experiment;

import org.lambdascope.engine.probe.Diagnostics;

/**
 * A scored text.
 *
 * @param arm the arm
 * @param nll {@code [N−1]}: entry {@code i} is the negative log-likelihood, in nats, of token
 *     {@code i + 1} at query position {@code i}; NaN where the run was cancelled before
 * @param scored how many entries are there
 * @param seconds wall time of reading; of positions that were taken over from an earlier run, in
 *     proportion to the others, or where these are fewer what they took there
 * @param cacheBytes the most bytes that the key/value cache held
 * @param diagnostics what was captured
 */
public record ScoreResult(
    Arm arm, float[] nll, int scored, double seconds, long cacheBytes, Diagnostics diagnostics) {

  /** Whether the run ended before the text did. */
  public boolean cancelled() {
    return scored < nll.length;
  }

  /**
   * Mean negative log-likelihood, in nats, over query positions {@code from ≤ i < to}: position
   * {@code i} predicts token {@code i + 1}. NaN when there are none.
   */
  public double meanNll(int from, int to) {
    double sum = 0;
    int n = 0;
    for (int i = Math.max(0, from); i < Math.min(to, scored); i++) {
      sum += nll[i];
      n++;
    }
    return n == 0 ? Double.NaN : sum / n;
  }
}
