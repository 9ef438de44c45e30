package org.lambdascope.engine.experiment;

/** Hears of a scoring run as it goes, on the working thread. */
public interface ScoreListener {

  /** Hears nothing. */
  ScoreListener NONE = (from, to, nll) -> {};

  /**
   * More positions are scored.
   *
   * @param from first new index into {@code nll}
   * @param to one past the last new index
   * @param nll {@code [N−1]}: entry {@code i} is the negative log-likelihood, in nats, of token
   *     {@code i + 1}; entries from {@code to} on are NaN so far. Do not modify.
   */
  void scored(int from, int to, float[] nll);
}
