package org.lambdascope.engine.probe;

import java.util.Arrays;
import org.lambdascope.engine.attention.LogitTile;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Logits of one head and one branch by single distance, while a pass over its queries lasts. Entry
 * {@code e} is distance {@code tokens − 1 − e}: keys and entries then ascend together, and a
 * distance is a diagonal of a tile.
 */
final class DistanceTally {

  private final Kernels kernels;
  private final int tokens;

  /** {@code [tokens + 1]}: runs that begin at an entry less those that ended before it. */
  private final int[] begun;

  private final double[] sums;
  private final double[] squareSums;
  private final float[] mins;
  private final float[] maxs;

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
    clear(0, tokens);
  }

  static long predictedBytes(int tokens) {
    return (long) tokens * (Integer.BYTES + 2 * Double.BYTES + 2 * Float.BYTES);
  }

  private void clear(int first, int end) {
    Arrays.fill(begun, first, end + 1, 0);
    Arrays.fill(sums, first, end, 0);
    Arrays.fill(squareSums, first, end, 0);
    Arrays.fill(mins, first, end, Float.POSITIVE_INFINITY);
    Arrays.fill(maxs, first, end, Float.NEGATIVE_INFINITY);
  }

  /** Adds the logits of a tile. */
  void add(LogitTile tile) {
    int entry = tokens - 1 - (tile.firstQuery() - tile.firstKey());
    for (int r = 0; r < tile.rows(); r++) {
      int first = entry + tile.from()[r] - r;
      int end = entry + tile.to()[r] - r;
      if (first < end) {
        begun[first]++;
        begun[end]--;
        from = Math.min(from, first);
        to = Math.max(to, end);
      }
    }
    kernels.addDiagonals(
        tile.logits(),
        0,
        tile.stride(),
        tile.rows(),
        tile.from(),
        tile.to(),
        entry,
        sums,
        squareSums,
        mins,
        maxs);
  }

  /** Adds what was tallied to a head's bins and starts anew. */
  void flush(DistanceSeries series, int layer, int head, int binWidth) {
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
