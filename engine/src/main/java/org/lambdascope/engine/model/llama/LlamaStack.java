package org.lambdascope.engine.model.llama;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Projection;
import org.lambdascope.engine.model.WeightTotals;
import org.lambdascope.engine.probe.Probe;

/**
 * Embedding, layers and final norm of a LLaMA, with or without a head on top: a decoder, or the
 * encoder of a family that has one. Immutable; sessions hold all state.
 */
public final class LlamaStack {

  private final ModelConfig config;
  private final LlamaWeights weights;
  private final Kernels kernels;

  LlamaStack(
      ModelConfig config, WeightSource source, LlamaNames names, Kernels kernels, boolean head)
      throws ModelFormatException {
    this.config = config;
    this.weights = new LlamaWeights(config, source, names, kernels, head);
    this.kernels = kernels;
  }

  /**
   * Builds a stack without a head from a Hugging Face configuration.
   *
   * @param weights tensors under the names of a Hugging Face LLaMA, {@code model.…}
   * @throws ModelFormatException if the configuration or a weight is not what it should be
   */
  public static LlamaStack withoutHead(HfConfig config, WeightSource weights, Kernels kernels)
      throws ModelFormatException {
    return new LlamaStack(
        LlamaFamily.read(config, weights), weights, LlamaNames.HUGGING_FACE, kernels, false);
  }

  /** The model's shape. */
  public ModelConfig config() {
    return config;
  }

  /** How much the weights are. */
  public WeightTotals totals() {
    return weights.totals();
  }

  /**
   * Final norm and head of one row of the residual stream.
   *
   * @param residual holds the row at {@code offset}, {@code [hiddenSize]}
   * @param logits {@code [vocabularySize]}; overwritten
   * @throws IllegalStateException if the stack has no head
   */
  void unembed(ThreadTeam team, float[] residual, int offset, float[] logits) {
    Projection head = weights.head;
    if (head == null) {
      throw new IllegalStateException("expected a decoder, found a stack without a head");
    }
    int d = config.hiddenSize();
    float[] normed = new float[d];
    kernels.rmsNorm(residual, offset, weights.finalNorm, config.norm().eps(), normed, 0, d);
    head.apply(normed, 1, logits, 0, kernels, team);
  }

  /**
   * Starts a session with an empty cache.
   *
   * @param team the threads that it runs on
   * @param policy which keys queries see
   * @param maxChunk the most tokens that one forward pass is given
   * @param probe taps
   * @param between what stands between self-attention and MLP in every layer
   */
  public LlamaSession newSession(
      ThreadTeam team, ContextPolicy policy, int maxChunk, Probe probe, Sublayer between) {
    return new LlamaSession(config, weights, kernels, team, policy, maxChunk, probe, between);
  }
}
