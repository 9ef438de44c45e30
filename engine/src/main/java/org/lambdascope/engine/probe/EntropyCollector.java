package org.lambdascope.engine.probe;

import java.util.Arrays;
import org.lambdascope.engine.attention.AttentionRow;

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
  public boolean wantsAttention(int layer) {
    return true;
  }

  @Override
  public void attention(int layer, int head, AttentionRow row) {
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
  static double entropy(AttentionRow row) {
    double sum = row.weightSum();
    return Math.max(0, Math.log(sum) - row.weightedLogits() / sum);
  }

  /** What was collected of the first positions: their bins of every head, and of the reference. */
  record State(
      int most, double[] sums, int[] counts, float[] mins, float[] maxs, double[] logVisible) {}

  /** A copy of what was collected of the first {@code positions}. */
  State save(int positions) {
    int most = Math.ceilDiv(positions, binWidth);
    int n = layers * heads * most;
    State state =
        new State(
            most,
            new double[n],
            new int[n],
            new float[n],
            new float[n],
            Arrays.copyOf(logVisible, most));
    for (int head = 0; head < layers * heads; head++) {
      System.arraycopy(sums, head * bins, state.sums, head * most, most);
      System.arraycopy(counts, head * bins, state.counts, head * most, most);
      System.arraycopy(mins, head * bins, state.mins, head * most, most);
      System.arraycopy(maxs, head * bins, state.maxs, head * most, most);
    }
    return state;
  }

  /** Goes on from what another collector saved. */
  void restore(State state) {
    int most = state.most;
    for (int head = 0; head < layers * heads; head++) {
      System.arraycopy(state.sums, head * most, sums, head * bins, most);
      System.arraycopy(state.counts, head * most, counts, head * bins, most);
      System.arraycopy(state.mins, head * most, mins, head * bins, most);
      System.arraycopy(state.maxs, head * most, maxs, head * bins, most);
    }
    System.arraycopy(state.logVisible, 0, logVisible, 0, most);
  }

  long savedBytes(int positions) {
    long perEntry = Double.BYTES + Integer.BYTES + 2L * Float.BYTES;
    return Math.ceilDiv(positions, binWidth) * ((long) layers * heads * perEntry + Double.BYTES);
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
