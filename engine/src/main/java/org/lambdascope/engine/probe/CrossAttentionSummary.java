package org.lambdascope.engine.probe;

/**
 * What decoder positions took from an encoded context, binned over positions and chunks.
 *
 * @param layers decoder layers
 * @param tokens length of the text
 * @param binWidth positions per bin
 * @param chunks of the context
 * @param chunkBinWidth chunks per bin
 * @param mass {@code [layers, positionBins, chunkBins]}: share of the attention, after the softmax,
 *     mean over heads and those positions of the bin that had the chunks; 0 where none had, NaN
 *     where there was no context
 * @param ratio {@code [layers, positionBins]}: ‖cross-attention output‖ / ‖residual‖, mean over
 *     positions; NaN where there was no context
 */
public record CrossAttentionSummary(
    int layers,
    int tokens,
    int binWidth,
    int chunks,
    int chunkBinWidth,
    float[] mass,
    float[] ratio) {

  /** The most bins over positions, and over chunks. */
  static final int MOST_BINS = 256;

  /** Bins over positions. */
  public int positionBins() {
    return Math.ceilDiv(tokens, binWidth);
  }

  /** Bins over chunks. */
  public int chunkBins() {
    return Math.ceilDiv(chunks, chunkBinWidth);
  }

  /** Share of the attention that a bin of positions gives to a bin of chunks. */
  public float mass(int layer, int positionBin, int chunkBin) {
    return mass[(layer * positionBins() + positionBin) * chunkBins() + chunkBin];
  }

  /** ‖cross-attention output‖ / ‖residual‖ of a bin of positions. */
  public float ratio(int layer, int positionBin) {
    return ratio[layer * positionBins() + positionBin];
  }

  /** Items per bin, so that there are no more than {@link #MOST_BINS}. */
  static int binWidth(int items) {
    return Math.max(1, Math.ceilDiv(items, MOST_BINS));
  }

  /** Bytes that such a summary takes while it is collected. */
  public static long predictedBytes(int layers, int tokens, int chunks) {
    if (chunks == 0) {
      return 0;
    }
    long positions = Math.ceilDiv(tokens, binWidth(tokens));
    long perPosition = Math.ceilDiv(chunks, binWidth(chunks)) + 2L;
    long within = (long) tokens * Math.ceilDiv(chunks, binWidth(chunks)) / Byte.SIZE;
    return layers * positions * perPosition * Double.BYTES + within;
  }
}
