package org.lambdascope.engine.model.mpt;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.model.Activation;
import org.lambdascope.engine.model.StackSession;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;

/** One text in an MPT decoder. */
final class MptSession extends StackSession {

  private final MptWeights weights;
  private final float clip;
  private final float[] normed;
  private final float[] query;
  private final float[] key;
  private final float[] value;
  private final float[] attended;
  private final float[] inner;
  private final float[][] attentionInputs;

  MptSession(
      MptDecoder decoder,
      MptWeights weights,
      float clip,
      ContextPolicy policy,
      int maxChunk,
      Probe probe) {
    super(decoder, weights.embedding, weights.finalNorm, weights.head, policy, maxChunk, probe);
    this.weights = weights;
    this.clip = clip;
    normed = buffer(config.hiddenSize());
    query = buffer(config.hiddenSize());
    key = buffer(config.hiddenSize());
    value = buffer(config.hiddenSize());
    attended = buffer(config.hiddenSize());
    inner = buffer(config.intermediateSize());
    attentionInputs = new float[][] {query, key, value};
  }

  @Override
  protected void layer(int l) {
    MptLayer layer = weights.layers.get(l);

    normalise(layer.attentionNorm(), normed);
    project(layer.attentionInputs(), normed, attentionInputs);
    clip(query);
    clip(key);
    clip(value);
    attend(l, query, key, value, attended);
    project(layer.output(), attended, normed);
    offer(Tap.ATTENTION_OUTPUT, l, normed);
    addToResidual(normed);

    normalise(layer.mlpNorm(), normed);
    project(layer.up(), normed, inner);
    activate(Activation.GELU, inner);
    project(layer.down(), inner, normed);
    offer(Tap.MLP_OUTPUT, l, normed);
    addToResidual(normed);
  }

  private void clip(float[] values) {
    if (clip != Float.POSITIVE_INFINITY) {
      kernels.clamp(values, 0, count() * config.hiddenSize(), clip);
    }
  }
}
