package org.lambdascope.engine.model.gptj;

import org.lambdascope.engine.model.LayerNorm;
import org.lambdascope.engine.model.Projection;

/**
 * The weights of one layer; {@code d} is the hidden size, {@code f} the MLP width.
 *
 * @param norm {@code [d]}, in front of attention and MLP alike
 * @param query {@code [d, d]}
 * @param key {@code [d, d]}
 * @param value {@code [d, d]}
 * @param output {@code [d, d]}
 * @param up {@code [f, d]}
 * @param down {@code [d, f]}
 */
record GptJLayer(
    LayerNorm norm,
    Projection query,
    Projection key,
    Projection value,
    Projection output,
    Projection up,
    Projection down) {}
