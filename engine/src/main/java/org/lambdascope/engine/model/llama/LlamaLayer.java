package org.lambdascope.engine.model.llama;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.MatMul;

/**
 * The weights of one layer. Shapes: {@code d} hidden size, {@code q} all query heads, {@code kv}
 * all key (or value) heads, {@code f} MLP width.
 *
 * @param attentionNorm {@code [d]}
 * @param query {@code [q, d]}
 * @param key {@code [kv, d]}
 * @param value {@code [kv, d]}
 * @param output {@code [d, q]}
 * @param mlpNorm {@code [d]}
 * @param gate {@code [f, d]}
 * @param up {@code [f, d]}
 * @param down {@code [d, f]}
 */
record LlamaLayer(
    float[] attentionNorm,
    Projection query,
    Projection key,
    Projection value,
    Projection output,
    float[] mlpNorm,
    Projection gate,
    Projection up,
    Projection down) {

  /**
   * A linear layer.
   *
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}, if the model has one
   */
  record Projection(MatMul weight, float @Nullable [] bias) {}
}
