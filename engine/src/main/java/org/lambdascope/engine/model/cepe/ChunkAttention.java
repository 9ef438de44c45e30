package org.lambdascope.engine.model.cepe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;

/**
 * Attention without mask or positions over keys and values that lie in chunks, by online softmax
 * (arXiv 1805.02867): a row of logits is never held for the whole context.
 *
 * <p>Work is split over tiles of queries and, where these are few, over parts of the context, whose
 * results are then merged in order. The split follows from the sizes alone, so the number of
 * threads never changes a bit.
 */
final class ChunkAttention {

  /** Queries that share a reading of the keys. */
  static final int TILE = 8;

  /** Features whose partial sums, of a whole tile, stay in the L1 cache. */
  private static final int SLICE = 32;

  /** Tasks that keep any team busy. */
  private static final int TASKS = 64;

  /** Blocks below which a part of the context is not worth a merge. */
  private static final int PART_BLOCKS = 8;

  private static final int BLOCK = Kernels.BLOCK;

  private final Kernels kernels;
  private final ThreadTeam team;
  private final int keyValueHeads;
  private final int width;
  private final float scale;
  private final TileScratch[] scratch;

  private ChunkSpans spans = ChunkSpans.EMPTY;
  private TileResult[] results = {};

  // The call under way, which the tasks read.
  private float[] queries = {};
  private int count;
  private int tiles;
  private int parts;

  /**
   * Attention of fixed shape.
   *
   * @param keyValueHeads key/value heads
   * @param width features per key and value
   * @param scale factor of the logits
   */
  ChunkAttention(Kernels kernels, ThreadTeam team, int keyValueHeads, int width, float scale) {
    this.kernels = kernels;
    this.team = team;
    this.keyValueHeads = keyValueHeads;
    this.width = width;
    this.scale = scale;
    this.scratch = new TileScratch[team.size()];
    for (int w = 0; w < scratch.length; w++) {
      scratch[w] = new TileScratch(width);
    }
  }

  /**
   * Attends to all keys.
   *
   * @param over keys and values {@code [blocks, keyValueHeads, width, BLOCK]} per chunk; not empty
   * @param query {@code [keyValueHeads, queries, width]}
   * @param queryCount queries per key/value head
   * @param out as {@code query}; overwritten
   * @param mass takes what each query gave to each chunk; null when nobody asks
   */
  void attend(
      ChunkSpans over, float[] query, int queryCount, float[] out, @Nullable ChunkMass mass) {
    spans = over;
    queries = query;
    count = queryCount;
    tiles = Math.ceilDiv(count, TILE);
    int perPart = keyValueHeads * tiles;
    parts =
        Math.clamp(
            Math.min(Math.ceilDiv(TASKS, perPart), over.blocks() / PART_BLOCKS), 1, over.size());
    reserve(perPart * parts, mass == null ? 0 : Math.ceilDiv(over.size(), parts));
    team.forEach(perPart * parts, this::task);
    for (int head = 0; head < keyValueHeads; head++) {
      for (int q = 0; q < count; q++) {
        merge(head, q, out, (head * count + q) * width, mass);
      }
    }
  }

  private void reserve(int tasks, int spansPerTask) {
    if (results.length < tasks) {
      int known = results.length;
      results = Arrays.copyOf(results, tasks);
      for (int i = known; i < tasks; i++) {
        results[i] = new TileResult(width);
      }
    }
    for (int i = 0; i < tasks; i++) {
      results[i].watch(spansPerTask);
    }
  }

  private int firstSpan(int part) {
    return (int) ((long) spans.size() * part / parts);
  }

  private void task(int index, int worker) {
    int part = index % parts;
    int tile = index / parts % tiles;
    int head = index / parts / tiles;
    int first = tile * TILE;
    int n = Math.min(TILE, count - first);
    TileScratch s = scratch[worker];
    TileResult result = results[index];
    Arrays.fill(s.partials, 0, n * width * Kernels.PARTIALS, 0);
    Arrays.fill(result.max, Float.NEGATIVE_INFINITY);
    Arrays.fill(result.sum, 0);
    int firstSpan = firstSpan(part);
    for (int span = firstSpan; span < firstSpan(part + 1); span++) {
      score(s, head, first, n, span);
      soften(s, result, n, span, span - firstSpan);
      weigh(s, head, n, span);
    }
    for (int q = 0; q < n; q++) {
      kernels.foldPartials(
          s.partials, q * width * Kernels.PARTIALS, width, 1, result.values, q * width);
    }
  }

  private void score(TileScratch s, int head, int first, int n, int span) {
    float[] keys = spans.keys(span);
    int blocks = spans.blocks(span);
    for (int b = 0; b < blocks; b++) {
      kernels.scoreBlocks(
          queries,
          (head * count + first) * width,
          width,
          n,
          keys,
          offset(spans.firstBlock(span) + b, head),
          BLOCK,
          width,
          scale,
          s.logits,
          b * BLOCK,
          TileScratch.LOGITS);
    }
    int length = spans.length(span);
    for (int q = 0; q < n; q++) {
      int row = q * TileScratch.LOGITS;
      Arrays.fill(s.logits, row + length, row + blocks * BLOCK, Float.NEGATIVE_INFINITY);
    }
  }

  /** Logits become weights about the largest logit so far; earlier sums are brought in line. */
  private void soften(TileScratch s, TileResult result, int n, int span, int watched) {
    int length = spans.blocks(span) * BLOCK;
    for (int q = 0; q < n; q++) {
      int row = q * TileScratch.LOGITS;
      float max = kernels.max(s.logits, row, length);
      float before = result.max[q];
      if (max > before) {
        float shrink = (float) Math.exp((double) before - max);
        result.max[q] = max;
        result.sum[q] *= shrink;
        int from = q * width * Kernels.PARTIALS;
        for (int i = from; i < from + width * Kernels.PARTIALS; i++) {
          s.partials[i] *= shrink;
        }
      }
      float sum = kernels.expAndSum(s.logits, row, length, result.max[q]);
      result.sum[q] += sum;
      result.watched(q, watched, sum);
    }
  }

  private void weigh(TileScratch s, int head, int n, int span) {
    float[] values = spans.values(span);
    for (int d = 0; d < width; d += SLICE) {
      for (int b = 0; b < spans.blocks(span); b++) {
        kernels.accumulateBlocks(
            s.logits,
            b * BLOCK,
            TileScratch.LOGITS,
            n,
            values,
            offset(spans.firstBlock(span) + b, head) + d * BLOCK,
            Math.min(SLICE, width - d),
            s.partials,
            d * Kernels.PARTIALS,
            width * Kernels.PARTIALS);
      }
    }
  }

  private int offset(int block, int head) {
    return (block * keyValueHeads + head) * width * BLOCK;
  }

  private void merge(int head, int query, float[] out, int outOffset, @Nullable ChunkMass mass) {
    int firstTask = (head * tiles + query / TILE) * parts;
    int q = query % TILE;
    float max = Float.NEGATIVE_INFINITY;
    for (int part = 0; part < parts; part++) {
      max = Math.max(max, results[firstTask + part].max[q]);
    }
    double sum = 0;
    for (int part = 0; part < parts; part++) {
      TileResult result = results[firstTask + part];
      sum += result.sum[q] * Math.exp((double) result.max[q] - max);
    }
    Arrays.fill(out, outOffset, outOffset + width, 0);
    for (int part = 0; part < parts; part++) {
      TileResult result = results[firstTask + part];
      float weight = (float) (Math.exp((double) result.max[q] - max) / sum);
      for (int f = 0; f < width; f++) {
        out[outOffset + f] = Math.fma(weight, result.values[q * width + f], out[outOffset + f]);
      }
      if (mass != null) {
        int firstSpan = firstSpan(part);
        for (int span = firstSpan; span < firstSpan(part + 1); span++) {
          double share = result.watchedSum(q, span - firstSpan, max) / sum;
          mass.add(head, query, spans.chunk(span), share);
        }
      }
    }
  }

  /** Takes the attention that queries give to chunks. */
  interface ChunkMass {
    /**
     * Takes a share of one query's attention.
     *
     * @param head key/value head
     * @param query index of the query
     * @param chunk index of the chunk
     * @param share of the query's whole attention, 0 to 1; a long chunk comes in several
     */
    void add(int head, int query, int chunk, double share);
  }

  /** One worker's space for a tile of queries. */
  private static final class TileScratch {
    static final int LOGITS = ChunkSpans.SPAN_BLOCKS * BLOCK;

    final float[] logits = new float[TILE * LOGITS];
    final float[] partials;

    TileScratch(int width) {
      partials = new float[TILE * width * Kernels.PARTIALS];
    }
  }
}
