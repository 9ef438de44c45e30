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

  /** {@code [tokens + 1]}: runs that begin at an entry less those that ended before it. */
  private final int[] begun;

  private final double[] sums;
  private final double[] squareSums;
  private final float[] mins;
  private final float[] maxs;
  private final float[] logits; // of the run at hand

  // Entries that were touched since the last flush, so that a flush does not cost the whole text.
  private int from = Integer.MAX_VALUE;
  private int to;

  DistanceTally(int tokens) {
    this.tokens = tokens;
    begun = new int[tokens + 1];
    sums = new double[tokens];
    squareSums = new double[tokens];
    mins = new float[tokens];
    maxs = new float[tokens];
    logits = new float[tokens];
    clear(0, tokens);
  }

  static long predictedBytes(int tokens) {
    return (long) tokens * (Integer.BYTES + 2 * Double.BYTES + 3 * Float.BYTES);
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
    // At the same index as what they are added to: only then do the loops become vectors, for the
    // compiler has to reckon with one array under two names.
    System.arraycopy(row.logits(), row.index(run), logits, first, end - first);
    addMoments(first, end);
    addExtremes(first, end);
  }

  private void addMoments(int first, int end) {
    for (int e = first; e < end; e++) {
      double x = logits[e];
      sums[e] += x;
      squareSums[e] += x * x;
    }
  }

  private void addExtremes(int first, int end) {
    for (int e = first; e < end; e++) {
      mins[e] = Math.min(mins[e], logits[e]);
      maxs[e] = Math.max(maxs[e], logits[e]);
    }
  }

  /** Adds what was tallied to a head's bins and starts anew. */
  void flush(DistanceSeries series, int layer, int head, int binWidth) {
    int count = 0;
    for (int e = from; e < to; e++) {
      count += begun[e];
      if (count > 0) {
        int bin = (tokens - 1 - e) / binWidth;
        series.add(series.index(layer, head, bin), count, sums[e], squareSums[e], mins[e], maxs[e]);
      }
    }
    if (from < to) {
      clear(from, to);
    }
    from = Integer.MAX_VALUE;
    to = 0;
  }
}
