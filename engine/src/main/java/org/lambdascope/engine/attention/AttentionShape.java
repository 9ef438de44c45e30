package org.lambdascope.engine.attention;

/**
 * The heads of a decoder's self-attention.
 *
 * @param layers decoder layers
 * @param heads query heads per layer
 * @param keyValueHeads key/value heads per layer; divides {@code heads}
 * @param headDim features per head
 * @param scale what the product of a query and a key is multiplied by
 */
public record AttentionShape(int layers, int heads, int keyValueHeads, int headDim, float scale) {

  /** Heads whose products are multiplied by {@code 1 / √headDim}, as nearly all are. */
  public static AttentionShape of(int layers, int heads, int keyValueHeads, int headDim) {
    return new AttentionShape(
        layers, heads, keyValueHeads, headDim, (float) (1 / Math.sqrt(headDim)));
  }

  /** Query heads that share one key/value head. */
  int groupSize() {
    return heads / keyValueHeads;
  }
}
