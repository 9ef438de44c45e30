package org.lambdascope.engine.model.llama;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.model.Projection;

/**
 * The weights of one layer. Shapes: {@code d} hidden size, {@code q} all query heads, {@code kv}
 * all key (or value) heads, {@code f} MLP width.
 *
 * @param attentionNorm {@code [d]}
 * @param query {@code [q, d]}
 * @param key {@code [kv, d]}
 * @param value {@code [kv, d]}
 * @param output {@code [d, q]}
 * @param queryNorm {@code [headDim]}, an RMSNorm of every query head, if the model has one
 * @param keyNorm {@code [headDim]}, the same of every key head
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
    float @Nullable [] queryNorm,
    float @Nullable [] keyNorm,
    float[] mlpNorm,
    Projection gate,
    Projection up,
    Projection down) {}
