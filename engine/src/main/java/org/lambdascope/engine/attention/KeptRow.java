package org.lambdascope.engine.attention;

import java.util.Arrays;
import org.lambdascope.engine.kernels.Kernels;

/** One attention row for those who watch it, with its logits if they were kept. Reused. */
final class KeptRow implements AttentionRow {

  private final Kernels kernels;
  private float[] logits = new float[512];
  private float[] weights = {};
  private int used;

  private int[] keys = new int[8];
  private int[] starts = new int[8];
  private Branch[] branches = new Branch[8];
  private int runs;

  private int query;
  private int visible;
  private float max;
  private double sum;
  private double weighted;
  private boolean weighed;

  KeptRow(Kernels kernels) {
    this.kernels = kernels;
  }

  void start(int query) {
    this.query = query;
    used = 0;
    runs = 0;
    weighed = false;
  }

  /** Keeps logits of {@code n} consecutive keys. */
  void add(int key, float[] from, int offset, int n, Branch branch) {
    int last = runs - 1;
    if (last < 0 || branches[last] != branch || keys[last] + length(last) != key) {
      if (runs == keys.length) {
        keys = Arrays.copyOf(keys, 2 * runs);
        starts = Arrays.copyOf(starts, 2 * runs);
        branches = Arrays.copyOf(branches, 2 * runs);
      }
      keys[runs] = key;
      starts[runs] = used;
      branches[runs] = branch;
      runs++;
    }
    if (used + n > logits.length) {
      logits = Arrays.copyOf(logits, Math.max(used + n, 2 * logits.length));
    }
    System.arraycopy(from, offset, logits, used, n);
    used += n;
  }

  /**
   * Ends the row.
   *
   * @param visible keys that it saw
   * @param max its largest logit
   * @param sum of the weights about it
   * @param weighted {@code Σ w (x − max)}
   */
  void finish(int visible, float max, double sum, double weighted) {
    this.visible = visible;
    this.max = max;
    this.sum = sum;
    this.weighted = weighted;
  }

  @Override
  public int query() {
    return query;
  }

  @Override
  public int visibleKeys() {
    return visible;
  }

  @Override
  public int runs() {
    return runs;
  }

  @Override
  public int keyFrom(int run) {
    return keys[run];
  }

  @Override
  public int length(int run) {
    return (run + 1 < runs ? starts[run + 1] : used) - starts[run];
  }

  @Override
  public Branch branch(int run) {
    return branches[run];
  }

  @Override
  public int index(int run) {
    return starts[run];
  }

  @Override
  public float[] logits() {
    return logits;
  }

  /** Few ask for the weights themselves, so they are formed for those alone. */
  @Override
  public float[] weights() {
    if (!weighed) {
      if (weights.length < used) {
        weights = new float[logits.length];
      }
      System.arraycopy(logits, 0, weights, 0, used);
      kernels.expAndSum(weights, 0, used, max);
      weighed = true;
    }
    return weights;
  }

  @Override
  public float weightSum() {
    return (float) sum;
  }

  @Override
  public float maxLogit() {
    return max;
  }

  @Override
  public double weightedLogits() {
    return weighted;
  }
}
