package org.lambdascope.engine.attention;

/**
 * What one query sees in one head: runs of visible keys. Both arrays are padded between runs, so
 * read them through the runs.
 */
public interface AttentionRow extends SoftmaxRow {

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
}
