package org.lambdascope.engine.model.mpt;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.model.LayerNorm;
import org.lambdascope.engine.model.Projection;
import org.lambdascope.engine.model.StackDecoder;
import org.lambdascope.engine.model.WeightReader;
import org.lambdascope.engine.probe.Probe;

/** An MPT decoder: LayerNorm, ALiBi, multi-head attention, GELU, no positions in the embedding. */
final class MptDecoder extends StackDecoder {

  private final MptWeights weights;
  private final float clip;

  MptDecoder(MptShape shape, WeightSource source, Kernels kernels, ThreadTeam team)
      throws ModelFormatException {
    WeightReader reader = new WeightReader(source, kernels);
    MptWeights read = new MptWeights(shape.config(), reader);
    super(shape.config(), shape.heads(), reader.totals(), kernels, team);
    this.weights = read;
    this.clip = shape.limit();
  }

  @Override
  public DecoderSession newSession(ContextPolicy policy, int maxChunk, Probe probe) {
    return new MptSession(this, weights, clip, policy, maxChunk, probe);
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
