package org.lambdascope.engine.model.llama;

import org.lambdascope.engine.attention.AttentionDriver;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.probe.Probe;

/**
 * A LLaMA decoder (arXiv 2302.13971): RMSNorm, RoPE, grouped-query attention, SwiGLU, tied or
 * untied embeddings; biases, norms of query and key heads and fused projections where a variant has
 * them.
 */
final class LlamaDecoder implements Decoder {

  private final ModelConfig config;
  private final LlamaWeights weights;
  private final Kernels kernels;
  private final ThreadTeam team;

  LlamaDecoder(
      ModelConfig config, WeightSource source, LlamaNames names, Kernels kernels, ThreadTeam team)
      throws ModelFormatException {
    this.config = config;
    this.weights = new LlamaWeights(config, source, names, kernels);
    this.kernels = kernels;
    this.team = team;
  }

  @Override
  public ModelConfig config() {
    return config;
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public long weightBytes() {
    return weights.totals().bytes();
  }

  @Override
  public long parameters() {
    return weights.totals().parameters();
  }

  @Override
  public String dtypes() {
    return weights.totals().dtypes();
  }

  @Override
  public DecoderSession newSession(ContextPolicy policy, int maxChunk, Probe probe) {
    return new LlamaSession(config, weights, kernels, team, policy, maxChunk, probe);
  }

  @Override
  public long cacheBytes(ContextPolicy policy, int maxChunk, long tokens) {
    return AttentionDriver.cacheBytes(
        config.positions(), policy, config.attention(), maxChunk, tokens);
  }
}
