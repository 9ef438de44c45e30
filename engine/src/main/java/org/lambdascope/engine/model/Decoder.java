package org.lambdascope.engine.model;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.probe.Probe;

/** A decoder-only language model, ready to run. Immutable; sessions hold all state. */
public interface Decoder {

  /** The model's shape. */
  ModelConfig config();

  /** The kernels that it runs on. */
  Kernels kernels();

  /** Bytes of the weights in their files. */
  long weightBytes();

  /** Parameters in the weights. */
  long parameters();

  /**
   * Data types of the weight matrices, most bytes first, for people: such as "BF16" or "Q4_0, F32".
   */
  String dtypes();

  /**
   * Starts a session with an empty cache.
   *
   * @param policy which keys queries see
   * @param maxChunk the most tokens that one {@link DecoderSession#forward} is given
   * @param probe taps; {@link Probe#NONE} costs nothing
   */
  DecoderSession newSession(ContextPolicy policy, int maxChunk, Probe probe);

  /**
   * This decoder, with sessions that store keys and values in another type, whatever their policy
   * says. Decoders that this one is asked for with the same type are equal.
   */
  default Decoder storing(CacheType type) {
    return new StoringDecoder(this, type);
  }

  /**
   * The logits that the final norm and the output head give for one row of the residual stream. For
   * the last layer's output they are the model's next-token logits; for an earlier layer's they are
   * the logit lens (nostalgebraist 2020, "interpreting GPT: the logit lens").
   *
   * @param residual holds the row at {@code offset}, {@code [hiddenSize]}
   * @param logits {@code [vocabularySize]}; overwritten
   */
  void unembed(float[] residual, int offset, float[] logits);

  /** Bytes that the cache of such a session takes when it has read {@code tokens} tokens. */
  long cacheBytes(ContextPolicy policy, int maxChunk, long tokens);
}
