package org.lambdascope.engine.probe;

import java.util.Arrays;

/**
 * Attention logits of every (layer, head), binned by raw distance. Values of an empty bin are NaN.
 * Index {@code (layer · heads + head) · bins + bin}.
 */
public final class DistanceSeries {

  private final int heads;
  private final int bins;
  private final long[] counts;
  private final double[] sums;
  // In double, so that the variance of logits up to 10⁴ keeps 8 digits.
  private final double[] squareSums;
  private final float[] mins;
  private final float[] maxs;

  DistanceSeries(int layers, int heads, int bins) {
    this.heads = heads;
    this.bins = bins;
    int n = CaptureOptions.entries("logits by distance", layers, heads, bins);
    counts = new long[n];
    sums = new double[n];
    squareSums = new double[n];
    mins = new float[n];
    maxs = new float[n];
    Arrays.fill(mins, Float.POSITIVE_INFINITY);
    Arrays.fill(maxs, Float.NEGATIVE_INFINITY);
  }

  private DistanceSeries(
      int heads,
      int bins,
      long[] counts,
      double[] sums,
      double[] squareSums,
      float[] mins,
      float[] maxs) {
    this.heads = heads;
    this.bins = bins;
    this.counts = counts;
    this.sums = sums;
    this.squareSums = squareSums;
    this.mins = mins;
    this.maxs = maxs;
  }

  /**
   * A series from what {@link #counts}, {@link #sums}, {@link #squareSums}, {@link #mins} and
   * {@link #maxs} gave; it keeps the arrays.
   *
   * @throws IllegalArgumentException if an array is not of {@code [layers, heads, bins]}
   */
  public static DistanceSeries of(
      int layers,
      int heads,
      int bins,
      long[] counts,
      double[] sums,
      double[] squareSums,
      float[] mins,
      float[] maxs) {
    int n = CaptureOptions.entries("logits by distance", layers, heads, bins);
    for (int found :
        new int[] {counts.length, sums.length, squareSums.length, mins.length, maxs.length}) {
      if (found != n) {
        throw new IllegalArgumentException(
            "logits by distance: expected %d × %d × %d values per statistic, found %d"
                .formatted(layers, heads, bins, found));
      }
    }
    return new DistanceSeries(heads, bins, counts, sums, squareSums, mins, maxs);
  }

  /** {@code [layers, heads, bins]}: logits in each bin. Do not modify. */
  public long[] counts() {
    return counts;
  }

  /** {@code [layers, heads, bins]}: their sums. Do not modify. */
  public double[] sums() {
    return sums;
  }

  /** {@code [layers, heads, bins]}: the sums of their squares. Do not modify. */
  public double[] squareSums() {
    return squareSums;
  }

  /** {@code [layers, heads, bins]}: the least of each bin, +∞ where it is empty. Do not modify. */
  public float[] mins() {
    return mins;
  }

  /** {@code [layers, heads, bins]}: the greatest, −∞ where it is empty. Do not modify. */
  public float[] maxs() {
    return maxs;
  }

  static long predictedBytes(int layers, int heads, int bins) {
    return (long) layers * heads * bins * (3 * Long.BYTES + 2 * Float.BYTES);
  }

  int index(int layer, int head, int bin) {
    return (layer * heads + head) * bins + bin;
  }

  void add(int index, int count, double sum, double squareSum, float min, float max) {
    counts[index] += count;
    sums[index] += sum;
    squareSums[index] += squareSum;
    mins[index] = Math.min(mins[index], min);
    maxs[index] = Math.max(maxs[index], max);
  }

  /** A copy of the first bins of every head. */
  DistanceSeries first(int most) {
    DistanceSeries copy = new DistanceSeries(counts.length / heads / bins, heads, most);
    copy(this, copy, most);
    return copy;
  }

  /** Takes the first bins of every head over; this series' others are empty. */
  void take(DistanceSeries first) {
    copy(first, this, first.bins);
  }

  private static void copy(DistanceSeries from, DistanceSeries to, int n) {
    for (int head = 0; head < from.counts.length / from.bins; head++) {
      int source = head * from.bins;
      int target = head * to.bins;
      System.arraycopy(from.counts, source, to.counts, target, n);
      System.arraycopy(from.sums, source, to.sums, target, n);
      System.arraycopy(from.squareSums, source, to.squareSums, target, n);
      System.arraycopy(from.mins, source, to.mins, target, n);
      System.arraycopy(from.maxs, source, to.maxs, target, n);
    }
  }

  /** Logits in the bin. */
  public long count(int layer, int head, int bin) {
    return counts[index(layer, head, bin)];
  }

  /** Their mean. */
  public double mean(int layer, int head, int bin) {
    int i = index(layer, head, bin);
    return counts[i] == 0 ? Double.NaN : sums[i] / counts[i];
  }

  /** Their standard deviation (population). */
  public double sd(int layer, int head, int bin) {
    int i = index(layer, head, bin);
    if (counts[i] == 0) {
      return Double.NaN;
    }
    double mean = sums[i] / counts[i];
    return Math.sqrt(Math.max(0, squareSums[i] / counts[i] - mean * mean));
  }

  /** The least. */
  public double min(int layer, int head, int bin) {
    int i = index(layer, head, bin);
    return counts[i] == 0 ? Double.NaN : mins[i];
  }

  /** The greatest. */
  public double max(int layer, int head, int bin) {
    int i = index(layer, head, bin);
    return counts[i] == 0 ? Double.NaN : maxs[i];
  }
}
