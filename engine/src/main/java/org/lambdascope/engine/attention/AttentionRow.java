package org.lambdascope.engine.attention;

/**
 * What one query sees in one head: runs of visible keys. Both arrays are padded between runs, so
 * read them through the runs.
 */
public interface AttentionRow {

  /** The query's position. */
  int query();

  /** Number of runs; keys ascend within a run. */
  int runs();

  /** First key position of a run. */
  int keyFrom(int run);

  /** Number of keys in a run. */
  int length(int run);

  /** The run's branch. */
  Branch branch(int run);

  /** Index of the run's first key in {@link #logits()} and {@link #weights()}. */
  int index(int run);

  /** Scaled attention logits, before the softmax. */
  float[] logits();

  /** {@code e^(logit − max)}: unnormalised attention weights. Divide by {@link #weightSum()}. */
  float[] weights();

  /** Sum of the weights over visible keys. */
  float weightSum();

  /** The largest visible logit. */
  float maxLogit();

  /**
   * {@code Σ w (x − max)} over visible keys, with the weight w of each logit x; a key of weight 0
   * adds 0. Entropy is {@code ln Σw − weightedLogits / Σw}.
   */
  double weightedLogits();

  /** Number of visible keys. */
  default int visibleKeys() {
    int n = 0;
    for (int r = 0; r < runs(); r++) {
      n += length(r);
    }
    return n;
  }
}
