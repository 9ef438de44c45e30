package org.lambdascope.engine.probe;

/** Named places in a decoder where a probe may read activations {@code [rows, hiddenSize]}. */
public enum Tap {
  /** The token embedding; layer 0. */
  EMBEDDING,
  /** What attention adds to the residual stream. */
  ATTENTION_OUTPUT,
  /** The residual stream before cross-attention, where there is a context. */
  CROSS_ATTENTION_INPUT,
  /** What cross-attention adds to the residual stream. */
  CROSS_ATTENTION_OUTPUT,
  /** What the MLP adds to the residual stream. */
  MLP_OUTPUT,
  /** The residual stream after the layer. */
  LAYER_OUTPUT,
  /** After the final norm; layer = number of layers. */
  FINAL_NORM
}
