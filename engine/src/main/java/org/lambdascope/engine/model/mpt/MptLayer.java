package org.lambdascope.engine.model.mpt;

import org.lambdascope.engine.model.LayerNorm;
import org.lambdascope.engine.model.Projection;
import org.lambdascope.engine.model.Projections;

/**
 * The weights of one layer; {@code d} is the hidden size, {@code f} the MLP width. The checkpoint
 * stores query, key and value as one matrix {@code Wqkv [3d, d]}.
 *
 * @param attentionNorm {@code [d]}
 * @param attentionInputs query, key and value {@code [d, d]}
 * @param output {@code [d, d]}
 * @param mlpNorm {@code [d]}
 * @param up {@code [f, d]}
 * @param down {@code [d, f]}
 */
record MptLayer(
    LayerNorm attentionNorm,
    Projections attentionInputs,
    Projection output,
    LayerNorm mlpNorm,
    Projection up,
    Projection down) {}
