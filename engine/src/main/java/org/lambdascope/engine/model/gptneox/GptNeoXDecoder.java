package org.lambdascope.engine.model.gptneox;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.Activation;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.model.LayerNorm;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Projection;
import org.lambdascope.engine.model.StackDecoder;
import org.lambdascope.engine.model.WeightReader;
import org.lambdascope.engine.probe.Probe;

/**
 * A GPT-NeoX decoder (arXiv 2204.06745 §2.1): LayerNorm, RoPE on halves of the first features of a
 * head, attention and MLP side by side, or one after the other where a model says so.
 */
final class GptNeoXDecoder extends StackDecoder {

  private final GptNeoXWeights weights;
  private final Activation activation;
  private final boolean parallel;
  private final boolean fusedByHead;

  /**
   * Reads the weights.
   *
   * @param parallel whether attention and MLP stand side by side
   * @param fusedByHead whether the rows of query, key and value are grouped by head, as in
   *     checkpoints, rather than all of one after all of the other
   */
  GptNeoXDecoder(
      ModelConfig config,
      Activation activation,
      boolean parallel,
      boolean fusedByHead,
      WeightSource source,
      Kernels kernels,
      ThreadTeam team)
      throws ModelFormatException {
    WeightReader reader = new WeightReader(source, kernels);
    GptNeoXWeights read = new GptNeoXWeights(config, reader);
    super(config, config.attention(), reader.totals(), kernels, team);
    this.weights = read;
    this.activation = activation;
    this.parallel = parallel;
    this.fusedByHead = fusedByHead;
  }

  @Override
  public DecoderSession newSession(ContextPolicy policy, int maxChunk, Probe probe) {
    return new GptNeoXSession(
        this, weights, activation, parallel, fusedByHead, policy, maxChunk, probe);
  }

  @Override
  protected LayerNorm finalNorm() {
    return weights.finalNorm;
  }

  @Override
  protected Projection head() {
    return weights.head;
  }
}
