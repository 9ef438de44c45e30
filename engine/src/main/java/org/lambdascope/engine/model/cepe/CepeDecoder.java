package org.lambdascope.engine.model.cepe;

import java.util.List;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.ContextDecoder;
import org.lambdascope.engine.model.ContextDecoderSession;
import org.lambdascope.engine.model.ContextEncoder;
import org.lambdascope.engine.model.CrossAttentionForecast;
import org.lambdascope.engine.model.CrossAttentionForm;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.llama.LlamaDecoder;
import org.lambdascope.engine.probe.Probe;

/** A LLaMA decoder with an encoder, and cross-attention in its top layers. */
final class CepeDecoder implements ContextDecoder {

  private final LlamaDecoder base;
  private final CepeEncoder encoder;
  private final CrossWeights cross;
  private final ThreadTeam team;
  private final CrossCosts costs;

  CepeDecoder(LlamaDecoder base, CepeEncoder encoder, CrossWeights cross, ThreadTeam team) {
    this.base = base;
    this.encoder = encoder;
    this.cross = cross;
    this.team = team;
    this.costs =
        new CrossCosts(base.config(), encoder, cross.layers().size(), base.kernels(), team);
  }

  @Override
  public ContextEncoder encoder() {
    return encoder;
  }

  @Override
  public ContextDecoderSession newSession(
      ContextPolicy policy, int maxChunk, CrossAttentionForm form, Probe probe) {
    CrossAttention attention =
        new CrossAttention(config(), cross, encoder, kernels(), team, form, maxChunk, probe);
    return new CepeSession(base.newSession(policy, maxChunk, probe, attention), attention, encoder);
  }

  @Override
  public List<CrossAttentionForecast> forecast(
      long contextTokens, int chunk, long queries, int rows) {
    return costs.forecast(contextTokens, chunk, queries, rows);
  }

  @Override
  public DecoderSession newSession(ContextPolicy policy, int maxChunk, Probe probe) {
    return base.newSession(policy, maxChunk, probe);
  }

  @Override
  public ModelConfig config() {
    return base.config();
  }

  @Override
  public Kernels kernels() {
    return base.kernels();
  }

  @Override
  public long weightBytes() {
    return base.weightBytes() + encoder.weightBytes() + cross.bytes();
  }

  @Override
  public long parameters() {
    return base.parameters() + encoder.parameters() + cross.parameters();
  }

  @Override
  public String dtypes() {
    return base.dtypes();
  }

  @Override
  public void unembed(float[] residual, int offset, float[] logits) {
    base.unembed(residual, offset, logits);
  }

  @Override
  public long cacheBytes(ContextPolicy policy, int maxChunk, long tokens) {
    return base.cacheBytes(policy, maxChunk, tokens);
  }
}
