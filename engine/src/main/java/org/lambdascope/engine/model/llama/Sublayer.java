package org.lambdascope.engine.model.llama;

/**
 * What another family puts between a layer's self-attention and its MLP, such as the
 * cross-attention of CEPE: it adds to the residual stream, and may leave it as it is.
 */
@FunctionalInterface
public interface Sublayer {

  /** Adds nothing: a LLaMA decoder as it is. */
  Sublayer NONE = (layer, firstPosition, rows, residual) -> {};

  /**
   * Adds its output to the residual stream.
   *
   * @param layer decoder layer, from 0
   * @param firstPosition position of the first row
   * @param rows how many rows
   * @param residual {@code [rows, hiddenSize]}, after self-attention was added
   */
  void addTo(int layer, int firstPosition, int rows, float[] residual);
}
