package org.lambdascope.engine.model.llama;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.model.Projection;
import org.lambdascope.engine.model.Projections;

/**
 * The weights of one layer. Shapes: {@code d} hidden size, {@code q} all query heads, {@code kv}
 * all key (or value) heads, {@code f} MLP width.
 *
 * @param attentionNorm {@code [d]}
 * @param attentionInputs query {@code [q, d]}, key {@code [kv, d]} and value {@code [kv, d]}
 * @param output {@code [d, q]}
 * @param queryNorm {@code [headDim]}, an RMSNorm of every query head, if the model has one
 * @param keyNorm {@code [headDim]}, the same of every key head
 * @param mlpNorm {@code [d]}
 * @param mlpInputs gate {@code [f, d]} and up {@code [f, d]}
 * @param down {@code [d, f]}
 */
record LlamaLayer(
    float[] attentionNorm,
    Projections attentionInputs,
    Projection output,
    float @Nullable [] queryNorm,
    float @Nullable [] keyNorm,
    float[] mlpNorm,
    Projections mlpInputs,
    Projection down) {}
