package org.lambdascope.engine.attention;

import java.util.List;
import org.lambdascope.engine.cache.CacheLayout;
import org.lambdascope.engine.cache.KeyValueCache;
import org.lambdascope.engine.cache.KeyValueCache.Unrotated;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.position.Alibi;
import org.lambdascope.engine.position.PositionEncoding;

/**
 * Walks a policy's spans: for every query and head, logits over the visible keys, one joint
 * softmax, and the weighted sum of values. Nothing is called per key, and no mask is ever built.
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
  private final EncodedPositions positions;
  private final RowScratch[] scratch;

  private int firstPosition;
  private int count;

  /**
   * A driver with an empty cache.
   *
   * @param maxChunk the most queries per call
   */
  public AttentionDriver(
      Kernels kernels,
      ThreadTeam team,
      PositionEncoding encoding,
      ContextPolicy policy,
      AttentionShape shape,
      int maxChunk,
      AttentionObserver observer) {
    this.kernels = kernels;
    this.team = team;
    this.shape = shape;
    this.observer = observer;
    this.spans = policy.spans();
    this.cache =
        new KeyValueCache(
            shape.layers(),
            shape.keyValueHeads(),
            shape.headDim(),
            layout(policy, maxChunk),
            unrotated(policy, encoding),
            policy.cacheType());
    this.positions = EncodedPositions.of(encoding, spans, maxChunk, kernels);
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
        unrotated(policy, encoding),
        policy.cacheType(),
        tokens);
  }

  private static CacheLayout layout(ContextPolicy policy, int maxChunk) {
    return switch (policy.retention()) {
      case Retention.All all -> new CacheLayout.Contiguous();
      case Retention.SinksAndRecent kept ->
          CacheLayout.keeping(kept.sinks(), kept.recent(), maxChunk);
    };
  }

  private static Unrotated unrotated(ContextPolicy policy, PositionEncoding encoding) {
    if (encoding instanceof Alibi) {
      return Unrotated.NONE; // nothing rotates, so there is but one copy
    }
    Unrotated need = Unrotated.NONE;
    for (Span span : policy.spans()) {
      if (span.distance().keysUnrotated()) {
        if (span.branch() == Branch.LOCAL) {
          return Unrotated.ALL;
        }
        need = Unrotated.SINKS;
      }
    }
    return need;
  }

  /** Bytes that the cache holds now. */
  public long cacheBytes() {
    return cache.bytes();
  }

  /** Makes room for the next positions and encodes them, once for all layers. */
  public void prepare(int firstPosition, int count) {
    this.firstPosition = firstPosition;
    this.count = count;
    cache.reserve(firstPosition, count);
    positions.prepare(firstPosition, count);
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
    int heads = shape.heads();
    int keyValueHeads = shape.keyValueHeads();
    team.forEach(keyValueHeads, (head, worker) -> store(layer, head, key, value, worker));
    if (observer.wantsAttention(layer)) {
      // A whole head to a worker, so that observers see its queries in order and need no locks.
      team.forEach(
          heads,
          (head, worker) -> {
            for (int t = 0; t < count; t++) {
              boolean observed = observer.wantsQuery(firstPosition + t);
              row(layer, head, t, query, out, scratch[worker], observed);
            }
            observer.attentionEnded(layer, head);
          });
      return;
    }
    int group = shape.groupSize();
    int tiles = Math.ceilDiv(count, TILE);
    team.forEach(
        keyValueHeads * tiles,
        (part, worker) -> {
          int tile = part / keyValueHeads;
          int firstHead = part % keyValueHeads * group;
          for (int t = tile * TILE; t < Math.min(count, (tile + 1) * TILE); t++) {
            for (int head = firstHead; head < firstHead + group; head++) {
              row(layer, head, t, query, out, scratch[worker], false);
            }
          }
        });
  }

  private void store(int layer, int head, float[] key, float[] value, int worker) {
    float[] rotated = scratch[worker].rotated;
    int headDim = shape.headDim();
    int width = shape.keyValueHeads() * headDim;
    for (int t = 0; t < count; t++) {
      int offset = t * width + head * headDim;
      System.arraycopy(key, offset, rotated, 0, headDim);
      positions.encodeKey(rotated, t);
      cache.write(layer, head, firstPosition + t, key, offset, rotated, 0, value, offset);
    }
  }

  private void row(
      int layer, int head, int t, float[] query, float[] out, RowScratch row, boolean observed) {
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
        score(layer, head, span, from, to, row);
      }
    }
    row.softmax(kernels, observed);
    if (observed) {
      observer.attention(layer, head, row);
    }
    row.weigh(kernels, cache, layer, keyValueHead, out, offset);
  }

  private void score(int layer, int head, Span span, int from, int to, RowScratch row) {
    CacheLayout layout = cache.layout();
    boolean plain = span.distance().keysUnrotated() && positions.rotates();
    int keyValueHead = head / shape.groupSize();
    int j = from;
    while (j < to) {
      int first = layout.row(j);
      int length = layout.consecutive(j);
      while (length < to - j && layout.row(j + length) == first + length) {
        length += layout.consecutive(j + length); // sinks and the ring's first lap are one run
      }
      length = Math.min(length, to - j);
      int slot = row.addRun(j, first, length, span.branch());
      int firstPage = first / KeyValueCache.BLOCK;
      int lastPage = (first + length - 1) / KeyValueCache.BLOCK;
      for (int page = firstPage; page <= lastPage; page++) {
        kernels.scoreBlock(
            row.rotated,
            0,
            cache.keyPage(layer, page * KeyValueCache.BLOCK, plain),
            keyValueHead,
            shape.scale(),
            row.logits,
            slot + (page - firstPage) * KeyValueCache.BLOCK);
      }
      positions.encodeLogits(
          row.logits,
          slot + first % KeyValueCache.BLOCK,
          length,
          head,
          span.distance(),
          row.query(),
          j);
      row.hideLanesOutside(slot, first, length);
      j += length;
    }
  }
}
