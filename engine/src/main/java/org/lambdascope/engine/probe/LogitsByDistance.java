package org.lambdascope.engine.probe;

import org.jspecify.annotations.Nullable;

/**
 * Out-of-distribution factor 1: attention logits, before the softmax, by raw distance.
 *
 * @param layers decoder layers
 * @param heads query heads per layer
 * @param tokens length of the text
 * @param bins number of distance bins
 * @param binWidth raw distances per bin: bin {@code b} holds {@code b·binWidth ≤ d <
 *     (b+1)·binWidth}
 * @param local keys of the local branch, over all queries
 * @param global initial and retrieved keys, if the arm has such; beyond the ceiling they share one
 *     effective distance, so they are a series of their own
 * @param lastQuery logits of the last query alone, all branches, for the paper's figure 1(a)
 */
public record LogitsByDistance(
    int layers,
    int heads,
    int tokens,
    int bins,
    int binWidth,
    DistanceSeries local,
    @Nullable DistanceSeries global,
    DistanceSeries lastQuery) {

  /**
   * The paper's statistic (arXiv 2308.16137 fig. 1a): for the last query, the running maximum of
   * the logits up to each distance. NaN before the first visible key.
   *
   * @return {@code [bins]}
   */
  public double[] runningMaxOfLastQuery(int layer, int head) {
    double[] out = new double[bins];
    double max = Double.NaN;
    for (int b = 0; b < bins; b++) {
      double v = lastQuery.max(layer, head, b);
      if (!Double.isNaN(v) && !(max >= v)) {
        max = v;
      }
      out[b] = max;
    }
    return out;
  }

  /** The least raw distance of a bin. */
  public int distanceOf(int bin) {
    return bin * binWidth;
  }

  static int binWidth(int tokens, int mostBins) {
    return Math.max(1, Math.ceilDiv(tokens, mostBins));
  }

  static long predictedBytes(
      int layers, int heads, int tokens, int mostBins, boolean globalBranch) {
    int bins = Math.ceilDiv(tokens, binWidth(tokens, mostBins));
    int branches = globalBranch ? 2 : 1;
    long threads = Runtime.getRuntime().availableProcessors();
    return (branches + 1) * DistanceSeries.predictedBytes(layers, heads, bins)
        + branches * threads * DistanceTally.predictedBytes(tokens);
  }
}
