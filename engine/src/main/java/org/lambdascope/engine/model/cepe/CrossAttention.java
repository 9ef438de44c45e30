package org.lambdascope.engine.model.cepe;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.CrossAttentionForm;
import org.lambdascope.engine.model.EncodedContext;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.llama.Sublayer;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;

/**
 * The cross-attention of one session (arXiv 2402.16617 §2.2): {@code x += W_o · softmax(q Kᵀ / √h)
 * V} with {@code q} from the normed residual stream and K, V from Φ; no positions, no gate, no
 * causal mask. Without a context it leaves the residual stream as it is.
 */
final class CrossAttention implements Sublayer {

  private final ModelConfig config;
  private final CrossWeights weights;
  private final Kernels kernels;
  private final ThreadTeam team;
  private final Probe probe;
  private final CrossKeys keys;

  private final float[] normed;
  private final float[] query;
  private final float[] attended;

  CrossAttention(
      ModelConfig config,
      CrossWeights weights,
      CepeEncoder encoder,
      Kernels kernels,
      ThreadTeam team,
      CrossAttentionForm form,
      int maxChunk,
      Probe probe) {
    this.config = config;
    this.weights = weights;
    this.kernels = kernels;
    this.team = team;
    this.probe = probe;
    this.keys =
        switch (form) {
          case ABSORBED -> new AbsorbedKeys(config, weights, encoder, kernels, team);
          case MATERIALISED -> new MaterialisedKeys(config, weights, encoder, kernels, team);
        };
    normed = new float[Math.multiplyExact(maxChunk, config.hiddenSize())];
    query = new float[Math.multiplyExact(maxChunk, config.queryWidth())];
    attended = new float[query.length];
  }

  /** Sets what is attended to. */
  void attendTo(EncodedContext context, CepeEncoder encoder) {
    List<PhiChunk> chunks =
        context.chunks().stream()
            .map(
                c -> {
                  if (c instanceof PhiChunk phi && phi.encoder() == encoder) {
                    return phi;
                  }
                  throw new IllegalArgumentException(
                      "expected chunks of this model's own encoder, found one of another");
                })
            .toList();
    keys.attendTo(chunks);
  }

  /** Bytes of Φ and of what is kept beside it. */
  long bytes() {
    return keys.bytes();
  }

  @Override
  public void addTo(int layer, int firstPosition, int rows, float[] residual) {
    int cross = layer - (config.layers() - weights.layers().size());
    if (cross < 0 || keys.isEmpty()) {
      return;
    }
    CrossLayer w = weights.layers().get(cross);
    int d = config.hiddenSize();
    for (int r = 0; r < rows; r++) {
      kernels.rmsNorm(residual, r * d, w.norm, config.norm().eps(), normed, r * d, d);
    }
    w.query.apply(normed, 0, rows, query, 0, team);
    CrossKeys.@Nullable Watcher watcher =
        probe.wantsCrossAttention(layer)
            ? (r, head, chunk, share) ->
                probe.crossAttention(layer, head, firstPosition + r, chunk, share)
            : null;
    keys.attend(cross, query, rows, attended, watcher);
    w.output.apply(attended, 0, rows, normed, 0, team);
    offer(Tap.CROSS_ATTENTION_INPUT, layer, firstPosition, rows, residual);
    offer(Tap.CROSS_ATTENTION_OUTPUT, layer, firstPosition, rows, normed);
    kernels.add(normed, 0, residual, 0, rows * d);
  }

  private void offer(Tap tap, int layer, int firstPosition, int rows, float[] values) {
    if (probe.wantsHidden(tap, layer)) {
      probe.hidden(tap, layer, firstPosition, rows, values, 0, config.hiddenSize());
    }
  }
}
