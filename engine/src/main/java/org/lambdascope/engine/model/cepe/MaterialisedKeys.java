package org.lambdascope.engine.model.cepe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.ModelConfig;

/**
 * Keys and values of every layer, projected from Φ once per chunk and kept as long as the chunk is
 * in the context: narrower keys per query, at the price of memory per layer.
 */
final class MaterialisedKeys implements CrossKeys {

  /** Rows that attend at a time. */
  private static final int ROWS = 64;

  private final ModelConfig config;
  private final CrossWeights weights;
  private final int encoderWidth;
  private final ThreadTeam team;
  private final ChunkAttention attention;

  private final float[] grouped;
  private final float[] mixed;

  /** Per chunk: keys and values of every layer. */
  private Map<PhiChunk, List<ChunkSpans.Chunk>> projected = new HashMap<>();

  private final ChunkSpans[] spansByLayer;
  private long bytes;

  MaterialisedKeys(
      ModelConfig config,
      CrossWeights weights,
      CepeEncoder encoder,
      Kernels kernels,
      ThreadTeam team) {
    this.config = config;
    this.weights = weights;
    this.encoderWidth = encoder.config().hiddenSize();
    this.team = team;
    this.attention =
        new ChunkAttention(
            kernels,
            team,
            config.keyValueHeads(),
            config.headDim(),
            (float) (1 / Math.sqrt(config.headDim())));
    this.spansByLayer = new ChunkSpans[weights.layers().size()];
    grouped = new float[ROWS * config.queryWidth()];
    mixed = new float[grouped.length];
    Arrays.fill(spansByLayer, ChunkSpans.EMPTY);
  }

  @Override
  public void attendTo(List<PhiChunk> chunks) {
    Map<PhiChunk, List<ChunkSpans.Chunk>> kept = new HashMap<>();
    for (PhiChunk chunk : chunks) {
      List<ChunkSpans.Chunk> known = projected.get(chunk);
      kept.computeIfAbsent(chunk, c -> known == null ? project(c) : known);
    }
    projected = kept;
    for (int l = 0; l < spansByLayer.length; l++) {
      List<ChunkSpans.Chunk> ofLayer = new ArrayList<>(chunks.size());
      for (PhiChunk chunk : chunks) {
        ofLayer.add(kept.getOrDefault(chunk, List.of()).get(l));
      }
      spansByLayer[l] = new ChunkSpans(ofLayer);
    }
    bytes = 0;
    kept.forEach(
        (phi, layers) -> {
          bytes += phi.bytes();
          for (ChunkSpans.Chunk c : layers) {
            bytes += ((long) c.keys().length + c.values().length) * Float.BYTES;
          }
        });
  }

  private List<ChunkSpans.Chunk> project(PhiChunk chunk) {
    int tokens = chunk.tokens();
    float[] rows = new float[tokens * encoderWidth];
    chunk.readRows(rows);
    float[] narrow = new float[tokens * config.keyValueWidth()];
    List<ChunkSpans.Chunk> layers = new ArrayList<>(weights.layers().size());
    for (CrossLayer w : weights.layers()) {
      float[] keys = project(w.key, rows, tokens, narrow);
      float[] values = project(w.value, rows, tokens, narrow);
      layers.add(new ChunkSpans.Chunk(keys, values, tokens));
    }
    return layers;
  }

  private float[] project(MatMul projection, float[] rows, int tokens, float[] narrow) {
    if (tokens > 0) {
      projection.apply(rows, 0, tokens, narrow, 0, team);
    }
    return PhiChunk.toBlocks(narrow, tokens, config.keyValueWidth());
  }

  @Override
  public boolean isEmpty() {
    return spansByLayer.length == 0 || spansByLayer[0].size() == 0;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void attend(int layer, float[] query, int rows, float[] out, @Nullable Watcher watcher) {
    int group = config.groupSize();
    for (int first = 0; first < rows; first += ROWS) {
      int n = Math.min(ROWS, rows - first);
      HeadOrder.group(config, query, first, n, grouped);
      int firstRow = first;
      attention.attend(
          spansByLayer[layer],
          grouped,
          n * group,
          mixed,
          watcher == null
              ? null
              : (head, q, chunk, share) ->
                  watcher.add(firstRow + q / group, head * group + q % group, chunk, share));
      HeadOrder.ungroup(config, mixed, out, first, n);
    }
  }
}
