package org.lambdascope.engine.model.gptneox;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.model.Activation;
import org.lambdascope.engine.model.StackSession;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;

/** One text in a GPT-NeoX decoder. */
final class GptNeoXSession extends StackSession {

  private final GptNeoXWeights weights;
  private final Activation activation;
  private final boolean parallel;
  private final boolean fusedByHead;
  private final float[] normed;
  private final float[] fused;
  private final float[] query;
  private final float[] key;
  private final float[] value;
  private final float[] attended;
  private final float[] inner;
  private final float[] branch;

  GptNeoXSession(
      GptNeoXDecoder decoder,
      GptNeoXWeights weights,
      Activation activation,
      boolean parallel,
      boolean fusedByHead,
      ContextPolicy policy,
      int maxChunk,
      Probe probe) {
    super(decoder, weights.embedding, weights.finalNorm, weights.head, policy, maxChunk, probe);
    this.weights = weights;
    this.activation = activation;
    this.parallel = parallel;
    this.fusedByHead = fusedByHead;
    normed = buffer(config.hiddenSize());
    fused = buffer(3 * config.hiddenSize());
    query = buffer(config.hiddenSize());
    key = buffer(config.hiddenSize());
    value = buffer(config.hiddenSize());
    attended = buffer(config.hiddenSize());
    inner = buffer(config.intermediateSize());
    branch = buffer(config.hiddenSize());
  }

  @Override
  protected void layer(int l) {
    GptNeoXLayer layer = weights.layers.get(l);

    normalise(layer.attentionNorm(), normed);
    project(layer.fused(), normed, fused);
    if (fusedByHead) {
      splitHeads();
    } else {
      splitRows();
    }
    attend(l, query, key, value, attended);
    project(layer.output(), attended, branch);
    offer(Tap.ATTENTION_OUTPUT, l, branch);

    // Side by side, the MLP reads the residual as it was before attention.
    if (parallel) {
      normalise(layer.mlpNorm(), normed);
      addToResidual(branch);
    } else {
      addToResidual(branch);
      normalise(layer.mlpNorm(), normed);
    }
    project(layer.up(), normed, inner);
    activate(activation, inner);
    project(layer.down(), inner, branch);
    offer(Tap.MLP_OUTPUT, l, branch);
    addToResidual(branch);
  }

  /** {@code fused [count, heads, 3, headDim]} to three buffers {@code [count, heads, headDim]}. */
  private void splitHeads() {
    int headDim = config.headDim();
    for (int h = 0; h < count() * config.heads(); h++) {
      System.arraycopy(fused, 3 * h * headDim, query, h * headDim, headDim);
      System.arraycopy(fused, (3 * h + 1) * headDim, key, h * headDim, headDim);
      System.arraycopy(fused, (3 * h + 2) * headDim, value, h * headDim, headDim);
    }
  }

  /** {@code fused [count, 3, heads, headDim]} to the same three buffers. */
  private void splitRows() {
    int width = config.hiddenSize();
    for (int t = 0; t < count(); t++) {
      System.arraycopy(fused, 3 * t * width, query, t * width, width);
      System.arraycopy(fused, (3 * t + 1) * width, key, t * width, width);
      System.arraycopy(fused, (3 * t + 2) * width, value, t * width, width);
    }
  }
}
