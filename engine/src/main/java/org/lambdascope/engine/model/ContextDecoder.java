package org.lambdascope.engine.model;

import java.util.List;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.Probe;

/**
 * A decoder that also attends to a context which an encoder has read. Its plain sessions, and those
 * with an empty context, are the base model to the last bit.
 */
public interface ContextDecoder extends Decoder {

  /** The encoder. */
  ContextEncoder encoder();

  /**
   * Starts a session with an empty cache and an empty context.
   *
   * @param policy which of the decoder's own keys queries see
   * @param maxChunk the most tokens that one {@link DecoderSession#forward} is given
   * @param form how to attend to the context
   * @param probe taps
   */
  ContextDecoderSession newSession(
      ContextPolicy policy, int maxChunk, CrossAttentionForm form, Probe probe);

  @Override
  default ContextDecoder storing(CacheType type) {
    return new StoringContextDecoder(this, type);
  }

  /**
   * What every way to attend is predicted to cost. The first call measures the machine for some
   * milliseconds.
   *
   * @param contextTokens tokens of context
   * @param chunk tokens per chunk of the context
   * @param queries decoder tokens that attend to it
   * @param rows decoder tokens per forward pass: what is read from memory is shared by these
   */
  List<CrossAttentionForecast> forecast(long contextTokens, int chunk, long queries, int rows);
}
