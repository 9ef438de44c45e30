package org.lambdascope.engine.model;

import java.util.Arrays;
import org.lambdascope.engine.attention.AttentionDriver;
import org.lambdascope.engine.attention.AttentionShape;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.probe.Probe;

/** What decoders of one stack of layers answer alike. */
public abstract class StackDecoder implements Decoder {

  private final ModelConfig config;
  private final AttentionShape shape;
  private final WeightTotals totals;
  private final Kernels kernels;
  private final ThreadTeam team;

  /**
   * A decoder.
   *
   * @param shape the heads of its self-attention
   * @param totals how much its weights are
   */
  protected StackDecoder(
      ModelConfig config,
      AttentionShape shape,
      WeightTotals totals,
      Kernels kernels,
      ThreadTeam team) {
    this.config = config;
    this.shape = shape;
    this.totals = totals;
    this.kernels = kernels;
    this.team = team;
  }

  @Override
  public final ModelConfig config() {
    return config;
  }

  @Override
  public final Kernels kernels() {
    return kernels;
  }

  /** The threads that it runs on. */
  final ThreadTeam team() {
    return team;
  }

  @Override
  public final long weightBytes() {
    return totals.bytes();
  }

  @Override
  public final long parameters() {
    return totals.parameters();
  }

  @Override
  public final String dtypes() {
    return totals.dtypes();
  }

  @Override
  public final long cacheBytes(ContextPolicy policy, int maxChunk, long tokens) {
    return AttentionDriver.cacheBytes(config.positions(), policy, shape, maxChunk, tokens);
  }

  /** What stands between the last layer and the head. */
  protected abstract LayerNorm finalNorm();

  /** The output head, {@code [vocabulary, hiddenSize]}. */
  protected abstract Projection head();

  @Override
  public final void unembed(float[] residual, int offset, float[] logits) {
    float[] row = Arrays.copyOfRange(residual, offset, offset + config.hiddenSize());
    float[] normed = new float[config.hiddenSize()];
    finalNorm().apply(kernels, row, 0, 1, normed, 0);
    head().apply(normed, 1, logits, 0, kernels, team);
  }

  final PassRows newRows(ContextPolicy policy, int maxChunk, Probe probe) {
    return new PassRows(
        new AttentionDriver(kernels, team, config.positions(), policy, shape, maxChunk, probe),
        shape,
        maxChunk,
        probe);
  }
}
