package org.lambdascope.engine.model;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.probe.Probe;

/**
 * A decoder whose sessions store keys and values in one type. Equal to any other of the same
 * decoder and type, which computes the same bits.
 */
class StoringDecoder implements Decoder {

  private final Decoder decoder;
  private final CacheType type;

  StoringDecoder(Decoder decoder, CacheType type) {
    this.decoder = decoder;
    this.type = type;
  }

  /** The last type counts: stored in one, the sessions are not stored in another. */
  @Override
  public Decoder storing(CacheType other) {
    return decoder.storing(other);
  }

  @Override
  public final ModelConfig config() {
    return decoder.config();
  }

  @Override
  public final Kernels kernels() {
    return decoder.kernels();
  }

  @Override
  public final long weightBytes() {
    return decoder.weightBytes();
  }

  @Override
  public final long parameters() {
    return decoder.parameters();
  }

  @Override
  public final String dtypes() {
    return decoder.dtypes();
  }

  @Override
  public final DecoderSession newSession(ContextPolicy policy, int maxChunk, Probe probe) {
    return decoder.newSession(policy.storing(type), maxChunk, probe);
  }

  @Override
  public final void unembed(float[] residual, int offset, float[] logits) {
    decoder.unembed(residual, offset, logits);
  }

  @Override
  public final long cacheBytes(ContextPolicy policy, int maxChunk, long tokens) {
    return decoder.cacheBytes(policy.storing(type), maxChunk, tokens);
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof StoringDecoder that
        && decoder.equals(that.decoder)
        && type == that.type;
  }

  @Override
  public final int hashCode() {
    return 31 * decoder.hashCode() + type.hashCode();
  }
}
