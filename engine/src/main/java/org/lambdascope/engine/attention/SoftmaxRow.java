package org.lambdascope.engine.attention;

/** The softmax of one query in one head, in sums. */
public interface SoftmaxRow {

  /** The query's position. */
  int query();

  /** Number of visible keys. */
  int visibleKeys();

  /** The largest visible logit. */
  float maxLogit();

  /** {@code Σ w} over visible keys, with the weight {@code w = e^(x − max)} of each logit x. */
  float weightSum();

  /**
   * {@code Σ w (x − max)} over visible keys; a key of weight 0 adds 0. Entropy is {@code ln Σw −
   * weightedLogits / Σw}.
   */
  double weightedLogits();
}
