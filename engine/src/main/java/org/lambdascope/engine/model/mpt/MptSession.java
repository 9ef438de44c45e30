package org.lambdascope.engine.model.mpt;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.model.Projection;
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
  }

  @Override
  protected void layer(int l) {
    MptLayer layer = weights.layers.get(l);

    normalise(layer.attentionNorm(), normed);
    projectClipped(layer.query(), query);
    projectClipped(layer.key(), key);
    projectClipped(layer.value(), value);
    attention.attend(l, query, key, value, attended);
    project(layer.output(), attended, normed);
    offer(Tap.ATTENTION_OUTPUT, l, normed);
    addToResidual(normed);

    normalise(layer.mlpNorm(), normed);
    project(layer.up(), normed, inner);
    kernels.gelu(inner, 0, count() * config.intermediateSize());
    project(layer.down(), inner, normed);
    offer(Tap.MLP_OUTPUT, l, normed);
    addToResidual(normed);
  }

  private void projectClipped(Projection projection, float[] out) {
    project(projection, normed, out);
    if (clip != Float.POSITIVE_INFINITY) {
      kernels.clamp(out, 0, count() * config.hiddenSize(), clip);
    }
  }
}
