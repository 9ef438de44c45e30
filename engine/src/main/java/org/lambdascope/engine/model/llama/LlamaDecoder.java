package org.lambdascope.engine.model.llama;

import org.lambdascope.engine.attention.AttentionDriver;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.probe.Probe;

/**
 * A LLaMA decoder (arXiv 2302.13971): RMSNorm, RoPE, grouped-query attention, SwiGLU, tied or
 * untied embeddings; biases, norms of query and key heads and fused projections where a variant has
 * them.
 */
public final class LlamaDecoder implements Decoder {

  private final LlamaStack stack;
  private final Kernels kernels;
  private final ThreadTeam team;

  LlamaDecoder(LlamaStack stack, Kernels kernels, ThreadTeam team) {
    this.stack = stack;
    this.kernels = kernels;
    this.team = team;
  }

  @Override
  public ModelConfig config() {
    return stack.config();
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public long weightBytes() {
    return stack.totals().bytes();
  }

  @Override
  public long parameters() {
    return stack.totals().parameters();
  }

  @Override
  public String dtypes() {
    return stack.totals().dtypes();
  }

  @Override
  public LlamaSession newSession(ContextPolicy policy, int maxChunk, Probe probe) {
    return newSession(policy, maxChunk, probe, Sublayer.NONE);
  }

  /**
   * As {@link #newSession(ContextPolicy, int, Probe)}, with a sub-layer between self-attention and
   * MLP in every layer.
   */
  public LlamaSession newSession(
      ContextPolicy policy, int maxChunk, Probe probe, Sublayer between) {
    return stack.newSession(team, policy, maxChunk, probe, between);
  }

  @Override
  public void unembed(float[] residual, int offset, float[] logits) {
    stack.unembed(team, residual, offset, logits);
  }

  @Override
  public long cacheBytes(ContextPolicy policy, int maxChunk, long tokens) {
    ModelConfig config = stack.config();
    return AttentionDriver.cacheBytes(
        config.positions(), policy, config.attention(), maxChunk, tokens);
  }
}
