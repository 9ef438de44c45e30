package org.lambdascope.engine.model.gptj;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.model.Activation;
import org.lambdascope.engine.model.StackSession;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;

/** One text in a GPT-J decoder. */
final class GptJSession extends StackSession {

  private final GptJWeights weights;
  private final Activation activation;
  private final float[] normed;
  private final float[] query;
  private final float[] key;
  private final float[] value;
  private final float[] attended;
  private final float[] inner;
  private final float[] branch;
  private final float[][] inputs;

  GptJSession(
      GptJDecoder decoder,
      GptJWeights weights,
      Activation activation,
      ContextPolicy policy,
      int maxChunk,
      Probe probe) {
    super(decoder, weights.embedding, weights.finalNorm, weights.head, policy, maxChunk, probe);
    this.weights = weights;
    this.activation = activation;
    normed = buffer(config.hiddenSize());
    query = buffer(config.hiddenSize());
    key = buffer(config.hiddenSize());
    value = buffer(config.hiddenSize());
    attended = buffer(config.hiddenSize());
    inner = buffer(config.intermediateSize());
    branch = buffer(config.hiddenSize());
    inputs = new float[][] {query, key, value, inner};
  }

  @Override
  protected void layer(int l) {
    GptJLayer layer = weights.layers.get(l);

    // Attention and MLP both read this norm of the residual, before either has changed it.
    normalise(layer.norm(), normed);
    project(layer.inputs(), normed, inputs);
    attend(l, query, key, value, attended);
    project(layer.output(), attended, branch);
    offer(Tap.ATTENTION_OUTPUT, l, branch);
    addToResidual(branch);

    activate(activation, inner);
    project(layer.down(), inner, branch);
    offer(Tap.MLP_OUTPUT, l, branch);
    addToResidual(branch);
  }
}
