package org.lambdascope.engine.probe;

import java.util.Arrays;
import org.lambdascope.engine.attention.SoftmaxRow;

/** Averages attention entropy over bins of query positions. */
final class EntropyCollector implements Probe {

  private final int layers;
  private final int heads;
  private final int tokens;
  private final int binWidth;
  private final int bins;
  private final double[] sums;
  private final int[] counts;
  private final float[] mins;
  private final float[] maxs;
  private final double[] logVisible;

  EntropyCollector(int layers, int heads, int tokens, int mostBins) {
    this.layers = layers;
    this.heads = heads;
    this.tokens = tokens;
    this.binWidth = EntropyByPosition.binWidth(tokens, mostBins);
    this.bins = Math.ceilDiv(tokens, binWidth);
    int n = CaptureOptions.entries("entropy", layers, heads, bins);
    sums = new double[n];
    counts = new int[n];
    mins = new float[n];
    maxs = new float[n];
    Arrays.fill(mins, Float.POSITIVE_INFINITY);
    Arrays.fill(maxs, Float.NEGATIVE_INFINITY);
    logVisible = new double[bins];
  }

  @Override
  public boolean wantsStatistics(int layer) {
    return true;
  }

  @Override
  public void softmax(int layer, int head, SoftmaxRow row) {
    int bin = row.query() / binWidth;
    int i = (layer * heads + head) * bins + bin;
    float entropy = (float) entropy(row);
    sums[i] += entropy;
    counts[i]++;
    mins[i] = Math.min(mins[i], entropy);
    maxs[i] = Math.max(maxs[i], entropy);
    if (layer == 0 && head == 0) {
      logVisible[bin] += Math.log(row.visibleKeys());
    }
  }

  /** {@code H = ln Σw − Σ w (x − max) / Σw}, with {@code w = e^(x − max)}: no logarithm per key. */
  static double entropy(SoftmaxRow row) {
    double sum = row.weightSum();
    return Math.max(0, Math.log(sum) - row.weightedLogits() / sum);
  }

  /**
   * What was collected of the first positions in the bin that they end in, of every head; the bins
   * before it never change.
   */
  record State(
      int positions, double[] sums, int[] counts, float[] mins, float[] maxs, double log) {}

  /** A copy of what was collected of the first {@code positions} and may still change. */
  State save(int positions) {
    int bin = positions / binWidth;
    boolean whole = positions % binWidth == 0;
    int n = whole ? 0 : layers * heads;
    State state =
        new State(
            positions,
            new double[n],
            new int[n],
            new float[n],
            new float[n],
            whole ? 0 : logVisible[bin]);
    for (int head = 0; head < n; head++) {
      state.sums[head] = sums[head * bins + bin];
      state.counts[head] = counts[head * bins + bin];
      state.mins[head] = mins[head * bins + bin];
      state.maxs[head] = maxs[head * bins + bin];
    }
    return state;
  }

  /**
   * Goes on from what another collector saved.
   *
   * @param other that collector, or one that went on from it
   */
  void restore(State state, EntropyCollector other) {
    int bin = state.positions / binWidth;
    for (int head = 0; head < layers * heads; head++) {
      int at = head * bins;
      System.arraycopy(other.sums, at, sums, at, bin);
      System.arraycopy(other.counts, at, counts, at, bin);
      System.arraycopy(other.mins, at, mins, at, bin);
      System.arraycopy(other.maxs, at, maxs, at, bin);
    }
    System.arraycopy(other.logVisible, 0, logVisible, 0, bin);
    for (int head = 0; head < state.sums.length; head++) {
      sums[head * bins + bin] = state.sums[head];
      counts[head * bins + bin] = state.counts[head];
      mins[head * bins + bin] = state.mins[head];
      maxs[head * bins + bin] = state.maxs[head];
      logVisible[bin] = state.log;
    }
  }

  /** Bytes of what {@link #save} returns, at most. */
  long savedBytes() {
    return (long) layers * heads * (Double.BYTES + Integer.BYTES + 2L * Float.BYTES);
  }

  EntropyByPosition result() {
    float[] means = new float[sums.length];
    float[] low = mins.clone();
    float[] high = maxs.clone();
    for (int i = 0; i < means.length; i++) {
      if (counts[i] == 0) {
        means[i] = Float.NaN;
        low[i] = Float.NaN;
        high[i] = Float.NaN;
      } else {
        means[i] = (float) (sums[i] / counts[i]);
      }
    }
    float[] reference = new float[bins];
    for (int b = 0; b < bins; b++) {
      reference[b] = counts[b] == 0 ? Float.NaN : (float) (logVisible[b] / counts[b]);
    }
    return new EntropyByPosition(
        layers, heads, tokens, bins, binWidth, means, low, high, reference);
  }
}
