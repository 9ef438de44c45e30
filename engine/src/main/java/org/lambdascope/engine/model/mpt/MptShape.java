package org.lambdascope.engine.model.mpt;

import org.lambdascope.engine.attention.AttentionShape;
import org.lambdascope.engine.model.ModelConfig;

/**
 * What MPT's configurations say.
 *
 * @param config what all families have
 * @param scale what products of query and key are multiplied by
 * @param clip what query, key and value are clipped to, or 0 where they are not
 */
record MptShape(ModelConfig config, float scale, float clip) {

  /** The heads with their scale. */
  AttentionShape heads() {
    return new AttentionShape(
        config.layers(), config.heads(), config.keyValueHeads(), config.headDim(), scale);
  }

  /** The limit that is always applied: infinite where there is none. */
  float limit() {
    return clip > 0 ? clip : Float.POSITIVE_INFINITY;
  }
}
