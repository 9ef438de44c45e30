package org.lambdascope.engine.model.gptneox;

import org.lambdascope.engine.model.LayerNorm;
import org.lambdascope.engine.model.Projection;

/**
 * The weights of one layer; {@code d} is the hidden size, {@code f} the MLP width.
 *
 * @param attentionNorm {@code [d]}
 * @param fused {@code [heads, 3, headDim, d]}: query, key and value of one head stand together
 * @param output {@code [d, d]}
 * @param mlpNorm {@code [d]}
 * @param up {@code [f, d]}
 * @param down {@code [d, f]}
 */
record GptNeoXLayer(
    LayerNorm attentionNorm,
    Projection fused,
    Projection output,
    LayerNorm mlpNorm,
    Projection up,
    Projection down) {}
