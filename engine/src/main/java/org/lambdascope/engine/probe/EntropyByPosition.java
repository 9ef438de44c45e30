package org.lambdascope.engine.probe;

/**
 * Out-of-distribution factor 2: attention entropy {@code H_i = −Σ p ln p} in nats, per layer, head
 * and query, over visible keys after the softmax; averaged over the queries of a bin.
 *
 * @param layers decoder layers
 * @param heads query heads per layer
 * @param tokens length of the text
 * @param bins number of position bins
 * @param binWidth positions per bin
 * @param means mean entropy, {@code [layers, heads, bins]}; NaN where no query was read
 * @param mins least entropy, likewise
 * @param maxs greatest entropy, likewise
 * @param logVisible mean of {@code ln(visible keys)}, the entropy of uniform attention, {@code
 *     [bins]}
 */
public record EntropyByPosition(
    int layers,
    int heads,
    int tokens,
    int bins,
    int binWidth,
    float[] means,
    float[] mins,
    float[] maxs,
    float[] logVisible) {

  /** Mean entropy of one bin. */
  public double mean(int layer, int head, int bin) {
    return means[(layer * heads + head) * bins + bin];
  }

  /** Mean entropy of one bin over the heads of a layer. */
  public double meanOverHeads(int layer, int bin) {
    double sum = 0;
    for (int h = 0; h < heads; h++) {
      sum += mean(layer, h, bin);
    }
    return sum / heads;
  }

  /** Mean entropy of one bin over all layers and heads. */
  public double meanOverAll(int bin) {
    double sum = 0;
    for (int l = 0; l < layers; l++) {
      sum += meanOverHeads(l, bin);
    }
    return sum / layers;
  }

  /** The first position of a bin. */
  public int positionOf(int bin) {
    return bin * binWidth;
  }

  static int binWidth(int tokens, int mostBins) {
    return Math.max(1, Math.ceilDiv(tokens, mostBins));
  }

  static long predictedBytes(int layers, int heads, int tokens, int mostBins) {
    long bins = Math.ceilDiv(tokens, binWidth(tokens, mostBins));
    // While collecting: a double, an int and two floats an entry; the result: three floats more.
    long perEntry = Double.BYTES + Integer.BYTES + 5L * Float.BYTES;
    return bins * ((long) layers * heads * perEntry + Double.BYTES + Float.BYTES);
  }
}
