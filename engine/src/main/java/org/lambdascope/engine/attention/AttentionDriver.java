package org.lambdascope.engine.attention;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.cache.CacheLayout;
import org.lambdascope.engine.cache.KeyValueCache;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.position.PositionEncoding;

/**
 * Walks a policy's spans: for every query and head, logits over the visible keys, those that are
 * retrieved among them, one joint softmax, and the weighted sum of values. Nothing is called per
 * key, and no mask is ever built.
 */
public final class AttentionDriver {

  /** Queries per parallel part: few enough to balance, enough to keep a page in the cache. */
  private static final int TILE = 16;

  private final Kernels kernels;
  private final ThreadTeam team;
  private final AttentionShape shape;
  private final AttentionObserver observer;
  private final KeyValueCache cache;
  private final List<Span> spans;
  private final KeyCopies copies;
  private final int[] spanCopies;
  private final EncodedPositions positions;
  private final KeyScorer scorer;
  private final @Nullable Retriever retriever;
  private final RowScratch[] scratch;

  /** {@code [layers]}: the stage of the frequencies that a layer's cached keys are rotated at. */
  private final int[] layerStages;

  private int firstPosition;
  private int count;

  /**
   * A driver with an empty cache.
   *
   * @param ownEncoding the model's own, which the policy may rescale
   * @param maxChunk the most queries per call
   */
  public AttentionDriver(
      Kernels kernels,
      ThreadTeam team,
      PositionEncoding ownEncoding,
      ContextPolicy policy,
      AttentionShape shape,
      int maxChunk,
      AttentionObserver observer) {
    this.kernels = kernels;
    this.team = team;
    this.shape = shape;
    this.observer = observer;
    this.spans = policy.spans();
    PositionEncoding encoding = policy.encoding(ownEncoding);
    this.copies = KeyCopies.of(policy, encoding);
    this.spanCopies = spans.stream().mapToInt(copies::of).toArray();
    this.layerStages = new int[shape.layers()];
    this.cache =
        new KeyValueCache(
            shape.layers(),
            shape.keyValueHeads(),
            shape.headDim(),
            layout(policy, maxChunk),
            copies.extents(),
            policy.cacheType());
    this.positions = EncodedPositions.of(encoding, policy.readSpans(), copies, maxChunk, kernels);
    this.scorer = new KeyScorer(kernels, cache, positions, shape);
    this.retriever =
        Retriever.of(
            new Retriever.Reads(
                kernels, team, shape, cache, positions, scorer, policy, copies, maxChunk));
    this.scratch = new RowScratch[team.size()];
    for (int w = 0; w < scratch.length; w++) {
      scratch[w] = new RowScratch(shape.headDim());
    }
  }

  /** Bytes that the cache of such a driver takes after {@code tokens} positions. */
  public static long cacheBytes(
      PositionEncoding encoding,
      ContextPolicy policy,
      AttentionShape shape,
      int maxChunk,
      long tokens) {
    return KeyValueCache.predictedBytes(
            shape.layers(),
            shape.keyValueHeads(),
            shape.headDim(),
            layout(policy, maxChunk),
            KeyCopies.of(policy, policy.encoding(encoding)).extents(),
            policy.cacheType(),
            tokens)
        + Retriever.predictedBytes(policy.retrieval(), shape, maxChunk, tokens);
  }

  private static CacheLayout layout(ContextPolicy policy, int maxChunk) {
    return switch (policy.retention()) {
      case Retention.All all -> new CacheLayout.Contiguous();
      case Retention.SinksAndRecent kept ->
          CacheLayout.keeping(kept.sinks(), kept.recent(), maxChunk);
    };
  }

  /** Bytes that the cache holds now. */
  public long cacheBytes() {
    return cache.bytes() + (retriever == null ? 0 : retriever.bytes());
  }

  /** Makes room for the next positions and encodes them, once for all layers. */
  public void prepare(int firstPosition, int count) {
    this.firstPosition = firstPosition;
    this.count = count;
    cache.reserve(firstPosition, count);
    positions.prepare(firstPosition, count);
    if (retriever != null) {
      retriever.prepare(firstPosition, count);
    }
  }

  /**
   * Attention of one layer over the prepared positions.
   *
   * @param query {@code [count, heads, headDim]}, un-rotated
   * @param key {@code [count, keyValueHeads, headDim]}, un-rotated
   * @param value {@code [count, keyValueHeads, headDim]}
   * @param out {@code [count, heads, headDim]}; overwritten
   */
  public void attend(int layer, float[] query, float[] key, float[] value, float[] out) {
    for (int from = 0; from < count; ) {
      int to = from + 1;
      while (to < count && positions.stage(to) == positions.stage(from)) {
        to++;
      }
      turnKeys(layer, from);
      attend(layer, from, to, query, key, value, out);
      from = to;
    }
  }

  /** Attention of queries {@code from ≤ t < to}, which read keys at one stage. */
  private void attend(
      int layer, int from, int to, float[] query, float[] key, float[] value, float[] out) {
    int heads = shape.heads();
    int keyValueHeads = shape.keyValueHeads();
    team.forEach(keyValueHeads, (head, worker) -> store(layer, head, from, to, key, value, worker));
    if (retriever != null) {
      retriever.learn(layer, from, to, query);
    }
    if (observer.wantsAttention(layer)) {
      // A whole head to a worker, so that observers see its queries in order and need no locks.
      team.forEach(
          heads,
          (head, worker) -> {
            for (int t = from; t < to; t++) {
              boolean observed = observer.wantsQuery(firstPosition + t);
              row(layer, head, t, query, out, worker, observed);
            }
            observer.attentionEnded(layer, head);
          });
      return;
    }
    int group = shape.groupSize();
    int tiles = Math.ceilDiv(to - from, TILE);
    team.forEach(
        keyValueHeads * tiles,
        (part, worker) -> {
          int first = from + part / keyValueHeads * TILE;
          int firstHead = part % keyValueHeads * group;
          for (int t = first; t < Math.min(to, first + TILE); t++) {
            for (int head = firstHead; head < firstHead + group; head++) {
              row(layer, head, t, query, out, worker, false);
            }
          }
        });
  }

  /** Brings the keys before the {@code t}-th position to its stage. */
  private void turnKeys(int layer, int t) {
    int stage = positions.stage(t);
    if (stage == layerStages[layer]) {
      return;
    }
    layerStages[layer] = stage;
    int next = firstPosition + t;
    int sinks = Math.min(cache.layout().sinks(), next);
    int oldest = Math.max(sinks, cache.layout().oldest(next));
    int kept = sinks + next - oldest;
    team.forEach(
        Math.ceilDiv(kept, TILE),
        (tile, worker) -> {
          for (int k = tile * TILE; k < Math.min(kept, (tile + 1) * TILE); k++) {
            turnKey(layer, k < sinks ? k : oldest + k - sinks, t, scratch[worker]);
          }
        });
  }

  private void turnKey(int layer, int position, int t, RowScratch row) {
    int unrotated = copies.unrotated();
    for (int copy = 0; copy < copies.count(); copy++) {
      if (copy != unrotated) {
        positions.angles(copy, position, t, row.cos, row.sin);
        for (int head = 0; head < shape.keyValueHeads(); head++) {
          cache.readKey(layer, head, position, unrotated, row.rotated);
          positions.turnKey(row.rotated, row.cos, row.sin);
          cache.writeKey(layer, head, position, copy, row.rotated, 0);
        }
      }
    }
  }

  private void store(
      int layer, int head, int from, int to, float[] key, float[] value, int worker) {
    float[] rotated = scratch[worker].rotated;
    int headDim = shape.headDim();
    int width = shape.keyValueHeads() * headDim;
    int unrotated = copies.unrotated();
    for (int t = from; t < to; t++) {
      int offset = t * width + head * headDim;
      cache.writeValue(layer, head, firstPosition + t, value, offset);
      for (int copy = 0; copy < copies.count(); copy++) {
        System.arraycopy(key, offset, rotated, 0, headDim);
        if (copy != unrotated) {
          positions.encodeKey(rotated, copy, t);
        }
        cache.writeKey(layer, head, firstPosition + t, copy, rotated, 0);
      }
    }
  }

  private void row(
      int layer, int head, int t, float[] query, float[] out, int worker, boolean observed) {
    RowScratch row = scratch[worker];
    int i = firstPosition + t;
    int keyValueHead = head / shape.groupSize();
    int headDim = shape.headDim();
    int offset = (t * shape.heads() + head) * headDim;
    row.start(i);
    for (int s = 0; s < spans.size(); s++) {
      Span span = spans.get(s);
      int from = span.from().at(i);
      int to = span.to().at(i);
      if (from < to) {
        System.arraycopy(query, offset, row.rotated, 0, headDim);
        positions.encodeQuery(row.rotated, s, t);
        scorer.addTo(row, layer, head, span, spanCopies[s], from, to);
      }
    }
    if (retriever != null) {
      retriever.addTo(row, worker, layer, head, t, query, offset);
    }
    row.softmax(kernels, observed);
    if (observed) {
      observer.attention(layer, head, row);
    }
    row.weigh(kernels, cache, layer, keyValueHead, out, offset);
  }
}
