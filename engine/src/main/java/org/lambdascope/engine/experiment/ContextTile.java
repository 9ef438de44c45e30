package org.lambdascope.engine.experiment;

/**
 * What one query takes from the chunks of an encoded context, recomputed on demand.
 *
 * @param query position of the query
 * @param firstChunk index in the text of the first chunk that the query reaches
 * @param chunks number of chunks that it reaches
 * @param layers decoder layers
 * @param heads query heads
 * @param mass {@code [layers, heads, chunks]}: share of the attention, after the softmax, 0 to 1;
 *     zero throughout in layers without cross-attention
 */
public record ContextTile(
    int query, int firstChunk, int chunks, int layers, int heads, float[] mass) {

  /** Stands for the mean over all layers with cross-attention, or over all heads. */
  public static final int ALL = -1;

  /**
   * Share of the attention that goes to a chunk.
   *
   * @param layer decoder layer from 0, or {@link #ALL}
   * @param head query head from 0, or {@link #ALL}
   * @param chunk index in the text
   * @return 0 to 1; NaN where the layer has no cross-attention or the query reaches nothing
   */
  public double mass(int layer, int head, int chunk) {
    double sum = 0;
    double all = 0;
    for (int l = layer == ALL ? 0 : layer; l < (layer == ALL ? layers : layer + 1); l++) {
      for (int h = head == ALL ? 0 : head; h < (head == ALL ? heads : head + 1); h++) {
        int row = (l * heads + h) * chunks;
        for (int c = 0; c < chunks; c++) {
          all += mass[row + c]; // 1 in layers with cross-attention
          sum += c == chunk - firstChunk ? mass[row + c] : 0;
        }
      }
    }
    return all == 0 ? Double.NaN : sum / all;
  }
}
