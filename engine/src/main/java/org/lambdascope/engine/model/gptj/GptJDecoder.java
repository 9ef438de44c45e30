package org.lambdascope.engine.model.gptj;

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
 * A GPT-J decoder: LayerNorm, RoPE on interleaved pairs of the first features of a head, attention
 * and MLP side by side on one norm.
 */
final class GptJDecoder extends StackDecoder {

  private final GptJWeights weights;
  private final Activation activation;

  GptJDecoder(
      ModelConfig config,
      Activation activation,
      WeightSource source,
      Kernels kernels,
      ThreadTeam team)
      throws ModelFormatException {
    WeightReader reader = new WeightReader(source, kernels);
    GptJWeights read = new GptJWeights(config, reader);
    super(config, config.attention(), reader.totals(), kernels, team);
    this.weights = read;
    this.activation = activation;
  }

  @Override
  public DecoderSession newSession(ContextPolicy policy, int maxChunk, Probe probe) {
    return new GptJSession(this, weights, activation, policy, maxChunk, probe);
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
