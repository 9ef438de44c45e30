package org.lambdascope.engine.model.gptj;

import org.lambdascope.engine.model.LayerNorm;
import org.lambdascope.engine.model.Projection;
import org.lambdascope.engine.model.Projections;

/**
 * The weights of one layer; {@code d} is the hidden size, {@code f} the MLP width.
 *
 * @param norm {@code [d]}, in front of attention and MLP alike
 * @param inputs query, key and value {@code [d, d]}, and the MLP's up {@code [f, d]}
 * @param output {@code [d, d]}
 * @param down {@code [d, f]}
 */
record GptJLayer(LayerNorm norm, Projections inputs, Projection output, Projection down) {}
