package org.lambdascope.engine.attention;

import java.util.List;
import java.util.Random;
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

  /** Rows per parallel part whose logits are all held. */
  private static final int KEPT_ROWS = 12;

  /** Rows per parallel part whose logits are looked at as they are formed. */
  private static final int WATCHED_ROWS = 24;

  /** Numbers from which keys and values are made up; a power of two. */
  private static final int MADE_UP = 1 << 16;

  /** Keys per parallel part that are turned. */
  private static final int TURNED_KEYS = 16;

  private final ThreadTeam team;
  private final AttentionShape shape;
  private final AttentionObserver observer;
  private final KeyValueCache cache;
  private final List<Span> spans;
  private final KeyCopies copies;
  private final int[] spanCopies;
  private final EncodedPositions positions;
  private final @Nullable Retriever retriever;
  private final AttentionTile[] tiles;
  private final KeyScratch[] scratch;

  /** {@code [layers]}: the stage of the frequencies that a layer's cached keys are rotated at. */
  private final int[] layerStages;

  // Loops over heads and tiles, made once: one that is made where it is run would be garbage for
  // every layer of every token. What they read of a call is below.
  private final ThreadTeam.Body storeHeads = this::store;
  private final ThreadTeam.Body watchHeads = this::watch;
  private final ThreadTeam.Body attendTiles = this::attendPart;

  private int firstPosition;
  private int count;

  // The call under way: queries from ≤ t < to of a layer, cut into tiles.
  private int layer;
  private int from;
  private int to;
  private float[] query = {};
  private float[] key = {};
  private float[] value = {};
  private float[] out = {};
  private int tileQueries;
  private int tileHeads;

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
    this.retriever =
        Retriever.of(
            new Retriever.Reads(kernels, team, shape, cache, positions, policy, copies, maxChunk));
    this.tiles = new AttentionTile[team.size()];
    this.scratch = new KeyScratch[team.size()];
    for (int w = 0; w < team.size(); w++) {
      tiles[w] = new AttentionTile(kernels, cache, positions, shape, observer);
      scratch[w] = new KeyScratch(shape.headDim());
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

  static CacheLayout layout(ContextPolicy policy, int maxChunk) {
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

  /**
   * Makes up keys and values of positions, as if they had been read.
   *
   * @throws IllegalStateException if the policy retrieves by what was read
   */
  public void assume(int firstPosition, int positions) {
    if (retriever != null) {
      throw new IllegalStateException("expected a policy that retrieves nothing");
    }
    cache.reserve(firstPosition, positions);
    int headDim = shape.headDim();
    float[] made = new float[MADE_UP + headDim];
    Random random = new Random(1);
    for (int i = 0; i < made.length; i++) {
      made[i] = (float) random.nextGaussian();
    }
    team.forEach(
        shape.layers(),
        (layer, worker) -> {
          for (int p = firstPosition; p < firstPosition + positions; p++) {
            for (int head = 0; head < shape.keyValueHeads(); head++) {
              int at = (p * 31 + head * 17 + layer) & (MADE_UP - 1);
              cache.writeValue(layer, head, p, made, at);
              for (int copy = 0; copy < copies.count(); copy++) {
                cache.writeKey(layer, head, p, copy, made, at);
              }
            }
          }
        });
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
    if (observer.wantsKeys(layer)) {
      observer.keys(layer, firstPosition, count, key, value);
    }
    this.layer = layer;
    this.query = query;
    this.key = key;
    this.value = value;
    this.out = out;
    for (from = 0; from < count; from = to) {
      enterStage();
      attendAtOneStage();
    }
  }

  /**
   * Ends the stretch of queries from {@code from} on where the stage does, and turns keys to it.
   */
  private void enterStage() {
    to = from + 1;
    while (to < count && positions.stage(to) == positions.stage(from)) {
      to++;
    }
    turnKeys(layer, from);
    team.forEach(shape.keyValueHeads(), storeHeads);
  }

  /**
   * Fills the cache with positions that were recorded when they were read, under a policy that
   * reads them alike ({@link ContextPolicy#readAlikeUntil}): it then holds the same bits as if they
   * had been read here.
   *
   * @param first first position, which is read next
   * @param end one past the last
   * @param pass positions per pass, at most {@code maxChunk}
   * @throws IllegalStateException if the policy retrieves by queries, which are not recorded
   */
  public void restore(KeyValueRecord recorded, int first, int end, int pass) {
    if (retriever != null && retriever.learns()) {
      throw new IllegalStateException("expected a policy that retrieves nothing by queries");
    }
    int width = shape.keyValueHeads() * shape.headDim();
    key = new float[pass * width];
    value = new float[pass * width];
    for (int position = first; position < end; position += pass) {
      prepare(position, Math.min(pass, end - position));
      for (layer = 0; layer < shape.layers(); layer++) {
        recorded.read(layer, position, count, key, value);
        for (from = 0; from < count; from = to) {
          enterStage();
        }
      }
    }
  }

  private void attendAtOneStage() {
    if (retriever != null) {
      retriever.learn(layer, from, to, query);
    }
    boolean kept = observer.wantsAttention(layer);
    if (kept || observer.wantsStatistics(layer)) {
      // A whole head to a worker, so that observers see its queries in order and need no locks.
      tileQueries = kept ? KEPT_ROWS : WATCHED_ROWS;
      team.forEach(shape.heads(), watchHeads);
      return;
    }
    // Rows of a tile share keys and values: those of several positions, or of heads where these
    // are few. Retrievers choose for one head at a time.
    tileQueries = Math.min(AttentionTile.ROWS, to - from);
    tileHeads = retriever == null ? tileHeads(AttentionTile.ROWS / tileQueries) : 1;
    team.forEach(headParts() * Math.ceilDiv(to - from, tileQueries), attendTiles);
  }

  /** Query heads of a tile that has room for so many: of one key/value head, or of several. */
  private int tileHeads(int room) {
    if (room < 2 * shape.groupSize()) {
      return Math.min(shape.groupSize(), room);
    }
    int share = Math.ceilDiv(shape.keyValueHeads(), team.size());
    return Math.min(share, room / shape.groupSize()) * shape.groupSize();
  }

  private int headParts() {
    return tileHeads < shape.groupSize()
        ? shape.keyValueHeads() * Math.ceilDiv(shape.groupSize(), tileHeads)
        : Math.ceilDiv(shape.heads(), tileHeads);
  }

  private void watch(int head, int worker) {
    for (int t = from; t < to; t += tileQueries) {
      tile(head, 1, t, Math.min(tileQueries, to - t), worker, true);
    }
    observer.attentionEnded(layer, head);
  }

  private void attendPart(int part, int worker) {
    int parts = Math.ceilDiv(to - from, tileQueries);
    int t = from + part % parts * tileQueries;
    int head = part / parts * tileHeads;
    int end = shape.heads();
    if (tileHeads < shape.groupSize()) { // parts of a group, the last of which may be smaller
      int ofGroup = Math.ceilDiv(shape.groupSize(), tileHeads);
      int group = part / parts / ofGroup * shape.groupSize();
      head = group + part / parts % ofGroup * tileHeads;
      end = group + shape.groupSize();
    }
    int heads = Math.min(tileHeads, end - head);
    tile(head, heads, t, Math.min(tileQueries, to - t), worker, false);
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
        Math.ceilDiv(kept, TURNED_KEYS),
        (tile, worker) -> {
          for (int k = tile * TURNED_KEYS; k < Math.min(kept, (tile + 1) * TURNED_KEYS); k++) {
            turnKey(layer, k < sinks ? k : oldest + k - sinks, t, scratch[worker]);
          }
        });
  }

  private void turnKey(int layer, int position, int t, KeyScratch row) {
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

  private void store(int head, int worker) {
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

  /** Queries {@code first ≤ t < first + queries} of heads {@code firstHead …}. */
  private void tile(int firstHead, int heads, int first, int queries, int worker, boolean watched) {
    AttentionTile tile = tiles[worker];
    do {
      tile.start(layer, query, firstPosition, watched);
      for (int head = firstHead; head < firstHead + heads; head++) {
        for (int t = first; t < first + queries; t++) {
          tile.addRow(t, head);
        }
      }
      for (int s = 0; s < spans.size(); s++) {
        tile.attend(spans.get(s), s, spanCopies[s]);
      }
      if (retriever != null) {
        retriever.addTo(tile, worker, layer, firstHead, first);
      }
    } while (!tile.finish(out));
  }

  /** One worker's space for a key that is being turned. */
  private static final class KeyScratch {
    final float[] rotated;
    final float[] cos;
    final float[] sin;

    KeyScratch(int headDim) {
      rotated = new float[headDim];
      cos = new float[headDim];
      sin = new float[headDim];
    }
  }
}
