package org.lambdascope.engine.probe;

import java.util.Arrays;
import org.lambdascope.engine.attention.AttentionRow;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Logits of one head and one branch by single distance, while a pass over its queries lasts. Entry
 * {@code e} is distance {@code tokens − 1 − e}: keys and entries then ascend together, and the
 * loops below run over both at once, in vectors.
 */
final class DistanceTally {

  private static final int TOGETHER = 4;

  private final Kernels kernels;
  private final int tokens;

  /** {@code [tokens + 1]}: runs that begin at an entry less those that ended before it. */
  private final int[] begun;

  private final double[] sums;
  private final double[] squareSums;
  private final float[] mins;
  private final float[] maxs;

  /**
   * {@code [TOGETHER][tokens]}: runs over the same distances, as rows of one window are, wait here,
   * so that the statistics are read and written once for all of them.
   */
  private final float[][] waiting;

  private int waitingRuns;
  private int waitingFirst;
  private int waitingEnd;

  // Entries that were touched since the last flush, so that a flush does not cost the whole text.
  private int from = Integer.MAX_VALUE;
  private int to;

  DistanceTally(Kernels kernels, int tokens) {
    this.kernels = kernels;
    this.tokens = tokens;
    begun = new int[tokens + 1];
    sums = new double[tokens];
    squareSums = new double[tokens];
    mins = new float[tokens];
    maxs = new float[tokens];
    waiting = new float[TOGETHER][tokens];
    clear(0, tokens);
  }

  static long predictedBytes(int tokens) {
    return (long) tokens * (Integer.BYTES + 2 * Double.BYTES + (2 + TOGETHER) * Float.BYTES);
  }

  private void clear(int first, int end) {
    Arrays.fill(begun, first, end + 1, 0);
    Arrays.fill(sums, first, end, 0);
    Arrays.fill(squareSums, first, end, 0);
    Arrays.fill(mins, first, end, Float.POSITIVE_INFINITY);
    Arrays.fill(maxs, first, end, Float.NEGATIVE_INFINITY);
  }

  /** Adds one run of a row. */
  void add(AttentionRow row, int run) {
    int first = tokens - 1 - (row.query() - row.keyFrom(run));
    int end = first + row.length(run);
    from = Math.min(from, first);
    to = Math.max(to, end);
    begun[first]++;
    begun[end]--;
    if (waitingRuns > 0 && (first != waitingFirst || end != waitingEnd)) {
      addWaiting();
    }
    waitingFirst = first;
    waitingEnd = end;
    // At the same index as what they are added to: only then do the loops become vectors, for the
    // compiler has to reckon with one array under two names.
    System.arraycopy(row.logits(), row.index(run), waiting[waitingRuns++], first, end - first);
    if (waitingRuns == TOGETHER) {
      addMoments(waiting[0], waiting[1], waiting[2], waiting[3], first, end);
      kernels.extremes(
          waiting[0], waiting[1], waiting[2], waiting[3], first, end - first, mins, maxs);
      waitingRuns = 0;
    }
  }

  /** Adds the runs that wait, one by one. */
  private void addWaiting() {
    for (int r = 0; r < waitingRuns; r++) {
      float[] x = waiting[r];
      addMoments(x, waitingFirst, waitingEnd);
      addExtremes(x, waitingFirst, waitingEnd);
    }
    waitingRuns = 0;
  }

  private void addMoments(float[] a, float[] b, float[] c, float[] d, int first, int end) {
    for (int e = first; e < end; e++) {
      double w = a[e];
      double x = b[e];
      double y = c[e];
      double z = d[e];
      sums[e] += (w + x) + (y + z);
      squareSums[e] += (w * w + x * x) + (y * y + z * z);
    }
  }

  private void addMoments(float[] logits, int first, int end) {
    for (int e = first; e < end; e++) {
      double x = logits[e];
      sums[e] += x;
      squareSums[e] += x * x;
    }
  }

  private void addExtremes(float[] logits, int first, int end) {
    for (int e = first; e < end; e++) {
      mins[e] = Math.min(mins[e], logits[e]);
      maxs[e] = Math.max(maxs[e], logits[e]);
    }
  }

  /** Adds what was tallied to a head's bins and starts anew. */
  void flush(DistanceSeries series, int layer, int head, int binWidth) {
    addWaiting();
    int count = 0;
    for (int e = from; e < to; e++) {
      count += begun[e];
      if (count > 0) {
        int bin = (tokens - 1 - e) / binWidth;
        // Of several runs together a NaN is passed over, of one alone it is not.
        boolean broken = Double.isNaN(sums[e]);
        float min = broken ? Float.NaN : mins[e];
        float max = broken ? Float.NaN : maxs[e];
        series.add(series.index(layer, head, bin), count, sums[e], squareSums[e], min, max);
      }
    }
    if (from < to) {
      clear(from, to);
    }
    from = Integer.MAX_VALUE;
    to = 0;
  }
}
