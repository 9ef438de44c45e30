package org.lambdascope.engine.probe;

import java.util.Arrays;
import org.lambdascope.engine.attention.AttentionRow;

/**
 * Logits of one head and one branch by single distance, while a pass over its queries lasts. Entry
 * {@code e} is distance {@code tokens − 1 − e}: keys and entries then ascend together, and the
 * loops below run over both at once, in vectors.
 */
final class DistanceTally {

  private final int tokens;
  private final int[] counts;
  private final double[] sums;
  private final double[] squareSums;
  private final float[] mins;
  private final float[] maxs;

  // Entries that were touched since the last flush, so that a flush does not cost the whole text.
  private int from = Integer.MAX_VALUE;
  private int to;

  DistanceTally(int tokens) {
    this.tokens = tokens;
    counts = new int[tokens];
    sums = new double[tokens];
    squareSums = new double[tokens];
    mins = new float[tokens];
    maxs = new float[tokens];
    clear(0, tokens);
  }

  static long predictedBytes(int tokens) {
    return (long) tokens * (Integer.BYTES + 2 * Double.BYTES + 2 * Float.BYTES);
  }

  private void clear(int first, int end) {
    Arrays.fill(counts, first, end, 0);
    Arrays.fill(sums, first, end, 0);
    Arrays.fill(squareSums, first, end, 0);
    Arrays.fill(mins, first, end, Float.POSITIVE_INFINITY);
    Arrays.fill(maxs, first, end, Float.NEGATIVE_INFINITY);
  }

  /** Adds one run of a row. */
  void add(AttentionRow row, int run) {
    int first = tokens - 1 - (row.query() - row.keyFrom(run));
    int length = row.length(run);
    from = Math.min(from, first);
    to = Math.max(to, first + length);
    addMoments(row.logits(), row.index(run), first, length);
    addExtremes(row.logits(), row.index(run), first, length);
  }

  private void addMoments(float[] logits, int index, int first, int length) {
    for (int k = 0; k < length; k++) {
      double x = logits[index + k];
      sums[first + k] += x;
      squareSums[first + k] += x * x;
    }
  }

  private void addExtremes(float[] logits, int index, int first, int length) {
    for (int k = 0; k < length; k++) {
      counts[first + k]++;
      mins[first + k] = Math.min(mins[first + k], logits[index + k]);
      maxs[first + k] = Math.max(maxs[first + k], logits[index + k]);
    }
  }

  /** Adds what was tallied to a head's bins and starts anew. */
  void flush(DistanceSeries series, int layer, int head, int binWidth) {
    for (int e = from; e < to; e++) {
      if (counts[e] > 0) {
        int bin = (tokens - 1 - e) / binWidth;
        series.add(
            series.index(layer, head, bin), counts[e], sums[e], squareSums[e], mins[e], maxs[e]);
      }
    }
    if (from < to) {
      clear(from, to);
    }
    from = Integer.MAX_VALUE;
    to = 0;
  }
}
