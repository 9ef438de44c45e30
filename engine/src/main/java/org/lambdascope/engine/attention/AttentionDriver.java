package org.lambdascope.engine.attention;

import java.util.List;
import org.lambdascope.engine.cache.CacheLayout;
import org.lambdascope.engine.cache.KeyValueCache;
import org.lambdascope.engine.cache.KeyValueCache.Unrotated;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;

/**
 * Walks a policy's spans: for every query and head, logits over the visible keys, one joint
 * softmax, and the weighted sum of values. Nothing is called per key, and no mask is ever built.
 */
public final class AttentionDriver {

  /** Queries per parallel part: few enough to balance, enough to keep a page in the cache. */
  private static final int TILE = 16;

  private final Kernels kernels;
  private final ThreadTeam team;
  private final Rope rope;
  private final boolean interleaved;
  private final int heads;
  private final int keyValueHeads;
  private final int headDim;
  private final float scale;
  private final AttentionObserver observer;
  private final KeyValueCache cache;
  private final List<Span> spans;
  private final RowScratch[] scratch;

  private final float[][] spanCos;
  private final float[][] spanSin;
  private final float[] keyCos;
  private final float[] keySin;
  private int firstPosition;
  private int count;

  /**
   * A driver with an empty cache.
   *
   * @param layers decoder layers
   * @param heads query heads per layer
   * @param keyValueHeads key/value heads per layer
   * @param headDim features per head
   * @param maxChunk the most queries per call
   */
  public AttentionDriver(
      Kernels kernels,
      ThreadTeam team,
      Rope rope,
      ContextPolicy policy,
      int layers,
      int heads,
      int keyValueHeads,
      int headDim,
      int maxChunk,
      AttentionObserver observer) {
    this.kernels = kernels;
    this.team = team;
    this.rope = rope;
    this.interleaved = rope.layout() == RopeLayout.INTERLEAVED;
    this.heads = heads;
    this.keyValueHeads = keyValueHeads;
    this.headDim = headDim;
    this.scale = (float) (1 / Math.sqrt(headDim));
    this.observer = observer;
    this.spans = policy.spans();
    this.cache =
        new KeyValueCache(
            layers, keyValueHeads, headDim, layout(policy, maxChunk), unrotated(policy));
    this.spanCos = new float[spans.size()][maxChunk * rope.half()];
    this.spanSin = new float[spans.size()][maxChunk * rope.half()];
    this.keyCos = new float[maxChunk * rope.half()];
    this.keySin = new float[maxChunk * rope.half()];
    this.scratch = new RowScratch[team.size()];
    for (int w = 0; w < scratch.length; w++) {
      scratch[w] = new RowScratch(headDim);
    }
  }

  /** Bytes that the cache of such a driver takes after {@code tokens} positions. */
  public static long cacheBytes(
      ContextPolicy policy, int layers, int keyValueHeads, int headDim, int maxChunk, long tokens) {
    return KeyValueCache.predictedBytes(
        layers, keyValueHeads, headDim, layout(policy, maxChunk), unrotated(policy), tokens);
  }

  private static CacheLayout layout(ContextPolicy policy, int maxChunk) {
    return switch (policy.retention()) {
      case Retention.All all -> new CacheLayout.Contiguous();
      case Retention.SinksAndRecent kept ->
          CacheLayout.keeping(kept.sinks(), kept.recent(), maxChunk);
    };
  }

  private static Unrotated unrotated(ContextPolicy policy) {
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

  /** Makes room for the next positions and computes their rotations, once for all layers. */
  public void prepare(int firstPosition, int count) {
    this.firstPosition = firstPosition;
    this.count = count;
    cache.reserve(firstPosition, count);
    int half = rope.half();
    for (int t = 0; t < count; t++) {
      rope.table(firstPosition + t, keyCos, keySin, t * half);
    }
    for (int s = 0; s < spans.size(); s++) {
      DistanceRule rule = spans.get(s).distance();
      for (int t = 0; t < count; t++) {
        int i = firstPosition + t;
        int position = rule.queryPosition(i);
        if (position == i) {
          System.arraycopy(keyCos, t * half, spanCos[s], t * half, half);
          System.arraycopy(keySin, t * half, spanSin[s], t * half, half);
        } else {
          rope.table(position, spanCos[s], spanSin[s], t * half);
        }
      }
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
    int group = heads / keyValueHeads;
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
    int width = keyValueHeads * headDim;
    for (int t = 0; t < count; t++) {
      int offset = t * width + head * headDim;
      System.arraycopy(key, offset, rotated, 0, headDim);
      kernels.rotate(rotated, 0, rope.half(), interleaved, keyCos, keySin, t * rope.half());
      cache.write(layer, head, firstPosition + t, key, offset, rotated, 0, value, offset);
    }
  }

  private void row(
      int layer, int head, int t, float[] query, float[] out, RowScratch row, boolean observed) {
    int i = firstPosition + t;
    int keyValueHead = head / (heads / keyValueHeads);
    int offset = (t * heads + head) * headDim;
    row.start(i);
    for (int s = 0; s < spans.size(); s++) {
      Span span = spans.get(s);
      int from = span.from().at(i);
      int to = span.to().at(i);
      if (from < to) {
        System.arraycopy(query, offset, row.rotated, 0, headDim);
        kernels.rotate(
            row.rotated, 0, rope.half(), interleaved, spanCos[s], spanSin[s], t * rope.half());
        score(layer, keyValueHead, span, from, to, row);
      }
    }
    row.softmax(kernels, observed);
    if (observed) {
      observer.attention(layer, head, row);
    }
    row.weigh(kernels, cache, layer, keyValueHead, out, offset);
  }

  private void score(int layer, int keyValueHead, Span span, int from, int to, RowScratch row) {
    CacheLayout layout = cache.layout();
    boolean plain = span.distance().keysUnrotated();
    int headOffset = cache.headOffset(keyValueHead);
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
            headOffset,
            headDim,
            scale,
            row.logits,
            slot + (page - firstPage) * KeyValueCache.BLOCK);
      }
      row.hideLanesOutside(slot, first, length);
      j += length;
    }
  }
}
