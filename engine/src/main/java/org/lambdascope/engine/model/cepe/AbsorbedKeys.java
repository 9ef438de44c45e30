package org.lambdascope.engine.model.cepe;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.ModelConfig;

/**
 * Φ alone serves all layers: {@code q · (W_k φ) = (W_kᵀ q) · φ}, and {@code Σ p (W_v φ) = W_v (Σ p
 * φ)}. So every query head attends to the same keys and values, Φ itself, as wide as the encoder.
 */
final class AbsorbedKeys implements CrossKeys {

  /** Rows that are absorbed at a time: wide queries of a whole pass would take much space. */
  private static final int ROWS = 16;

  private final ModelConfig config;
  private final CrossWeights weights;
  private final ThreadTeam team;
  private final int width;
  private final ChunkAttention attention;

  private final float[] grouped;
  private final float[] absorbed;
  private final float[] mixed;

  private ChunkSpans spans = ChunkSpans.EMPTY;
  private long bytes;

  AbsorbedKeys(
      ModelConfig config,
      CrossWeights weights,
      CepeEncoder encoder,
      Kernels kernels,
      ThreadTeam team) {
    this.config = config;
    this.weights = weights;
    this.team = team;
    this.width = encoder.config().hiddenSize();
    this.attention =
        new ChunkAttention(kernels, team, 1, width, (float) (1 / Math.sqrt(config.headDim())));
    grouped = new float[ROWS * config.queryWidth()];
    absorbed = new float[ROWS * config.heads() * width];
    mixed = new float[absorbed.length];
  }

  @Override
  public void attendTo(List<PhiChunk> chunks) {
    spans =
        new ChunkSpans(
            chunks.stream()
                .map(c -> new ChunkSpans.Chunk(c.blocks(), c.blocks(), c.tokens()))
                .toList());
    bytes = chunks.stream().mapToLong(PhiChunk::bytes).sum();
  }

  @Override
  public boolean isEmpty() {
    return spans.size() == 0;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void attend(int layer, float[] query, int rows, float[] out, @Nullable Watcher watcher) {
    CrossLayer w = weights.layers().get(layer);
    List<MatMul> absorbers = w.keyTransposedByHead();
    int group = config.groupSize();
    for (int first = 0; first < rows; first += ROWS) {
      int n = Math.min(ROWS, rows - first);
      int queries = n * group; // per key/value head
      HeadOrder.group(config, query, first, n, grouped);
      for (int head = 0; head < config.keyValueHeads(); head++) {
        absorbers
            .get(head)
            .apply(
                grouped,
                head * queries * config.headDim(),
                queries,
                absorbed,
                head * queries * width,
                team);
      }
      int firstRow = first;
      attention.attend(
          spans,
          absorbed,
          n * config.heads(),
          mixed,
          watcher == null
              ? null
              : (one, q, chunk, share) ->
                  watcher.add(
                      firstRow + q % queries / group,
                      q / queries * group + q % group,
                      chunk,
                      share));
      for (int head = 0; head < config.keyValueHeads(); head++) {
        w.valueByHead
            .get(head)
            .apply(
                mixed,
                head * queries * width,
                queries,
                grouped,
                head * queries * config.headDim(),
                team);
      }
      HeadOrder.ungroup(config, grouped, out, first, n);
    }
  }
}
