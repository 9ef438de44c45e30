package org.lambdascope.engine.model;

import java.util.List;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.Probe;

/** As {@link StoringDecoder}, of a decoder with an encoder, whose context stays as it is. */
final class StoringContextDecoder extends StoringDecoder implements ContextDecoder {

  private final ContextDecoder decoder;
  private final CacheType type;

  StoringContextDecoder(ContextDecoder decoder, CacheType type) {
    super(decoder, type);
    this.decoder = decoder;
    this.type = type;
  }

  @Override
  public ContextDecoder storing(CacheType other) {
    return decoder.storing(other);
  }

  @Override
  public ContextEncoder encoder() {
    return decoder.encoder();
  }

  @Override
  public ContextDecoderSession newSession(
      ContextPolicy policy, int maxChunk, CrossAttentionForm form, Probe probe) {
    return decoder.newSession(policy.storing(type), maxChunk, form, probe);
  }

  @Override
  public List<CrossAttentionForecast> forecast(
      long contextTokens, int chunk, long queries, int rows) {
    return decoder.forecast(contextTokens, chunk, queries, rows);
  }
}
