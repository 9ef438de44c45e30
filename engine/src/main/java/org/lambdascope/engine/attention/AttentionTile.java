package org.lambdascope.engine.attention;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.cache.CacheLayout;
import org.lambdascope.engine.cache.KeyValueCache;
import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Attention of several rows that read the same key/value head, so that a page of keys or values is
 * read once for all of them: queries of one head at consecutive positions, or of one position in
 * several heads. The softmax is online (arXiv 1805.02867) over groups of pages, so that logits of a
 * whole text are never held. Groups begin at fixed rows of the cache and what a row does not see
 * adds exact zeros to it: whichever rows share a tile, each gets the same bits.
 *
 * <p>It belongs to one worker and is reused, so a row costs no allocation.
 */
final class AttentionTile {

  /** Rows that share the reading of keys and values. */
  static final int ROWS = 16;

  /** Pages whose logits, keys and values stay in the L2 cache together. */
  private static final int GROUP = 8;

  /** Features whose partial sums, of all rows, stay in the L1 cache. */
  private static final int SLICE = 16;

  private static final int BLOCK = KeyValueCache.BLOCK;

  /**
   * Of logits: a block more than a group has, so that rows do not fall upon the same cache sets.
   */
  private static final int STRIDE = (GROUP + 1) * BLOCK;

  /** Floats after which addresses fall upon the same sets of an L1 cache: 4 KiB. */
  private static final int SETS = 1024;

  private final Kernels kernels;
  private final KeyValueCache cache;
  private final EncodedPositions positions;
  private final AttentionShape shape;
  private final int headDim;
  private final PageReader pages;

  /** {@code [ROWS, headDim]}: encoded for the span under way. */
  final float[] queries;

  private final float[] logits = new float[ROWS * STRIDE]; // weights, after the softmax

  /**
   * {@code [ROWS, width]}, of each row {@code [headDim, PARTIALS]}. Rows are padded so that slices
   * of four rows lie side by side in the cache: at a multiple of 4 KiB they would drive each other
   * out.
   */
  private final float[] partials;

  private final int width;
  private final float[] max = new float[ROWS];
  private final double[] sum = new double[ROWS]; // double, for there may be many

  private final int[] tokens = new int[ROWS];
  private final int[] heads = new int[ROWS];
  private final int[] from = new int[ROWS];
  private final int[] to = new int[ROWS];
  private final KeptRow[] keeping = new KeptRow[ROWS];
  private final @Nullable KeptRow[] kept = new KeptRow[ROWS];

  // The pass under way.
  private int layer;
  private int keyValueHead;
  private int firstPosition;
  private float[] source = {};
  private int rows;
  private boolean visibleOnly;

  AttentionTile(
      Kernels kernels, KeyValueCache cache, EncodedPositions positions, AttentionShape shape) {
    this.kernels = kernels;
    this.cache = cache;
    this.positions = positions;
    this.shape = shape;
    this.headDim = shape.headDim();
    this.pages = new PageReader(kernels, headDim);
    this.queries = new float[ROWS * headDim];
    int used = headDim * Kernels.PARTIALS;
    this.width = used + Math.floorMod(SLICE * Kernels.PARTIALS - used, SETS);
    this.partials = new float[ROWS * width];
    Arrays.setAll(keeping, r -> new KeptRow(kernels));
  }

  /**
   * Begins with no rows.
   *
   * @param query {@code [count, heads, headDim]}, un-rotated
   * @param firstPosition of the first of them
   */
  void start(int layer, int keyValueHead, float[] query, int firstPosition) {
    this.layer = layer;
    this.keyValueHead = keyValueHead;
    this.source = query;
    this.firstPosition = firstPosition;
    rows = 0;
  }

  /**
   * Adds a row.
   *
   * @param t index of its query in the pass
   * @param head a query head of this key/value head
   * @param keep whether its logits are wanted
   */
  void addRow(int t, int head, boolean keep) {
    int r = rows++;
    tokens[r] = t;
    heads[r] = head;
    max[r] = Float.NEGATIVE_INFINITY;
    sum[r] = 0;
    Arrays.fill(partials, r * width, (r + 1) * width, 0);
    kept[r] = keep ? keeping[r] : null;
    if (keep) {
      keeping[r].start(position(r));
    }
  }

  int rows() {
    return rows;
  }

  /** Position of a row's query. */
  int position(int row) {
    return firstPosition + tokens[row];
  }

  /** A row that was asked to be kept, when {@link #finish} has ended it. */
  @Nullable KeptRow kept(int row) {
    return kept[row];
  }

  /** Encodes all queries for a span. */
  void encode(int span) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(source, offset(r), queries, r * headDim, headDim);
      positions.encodeQuery(queries, r * headDim, span, tokens[r]);
    }
  }

  private int offset(int row) {
    return (tokens[row] * shape.heads() + heads[row]) * headDim;
  }

  /**
   * Adds what every row sees through a span.
   *
   * @param index at which positions know the span
   * @param copy of the keys
   */
  void attend(Span span, int index, int copy) {
    int first = Integer.MAX_VALUE;
    int end = 0;
    for (int r = 0; r < rows; r++) {
      from[r] = span.from().at(position(r));
      to[r] = span.to().at(position(r));
      if (from[r] < to[r]) {
        first = Math.min(first, from[r]);
        end = Math.max(end, to[r]);
      }
    }
    if (first < end) {
      encode(index);
      walk(span, copy, first, end);
    }
  }

  /** Adds keys {@code first ≤ j < end} to every row, whose {@link #queries} are encoded. */
  void attend(Span span, int copy, int first, int end) {
    Arrays.fill(from, 0, rows, first);
    Arrays.fill(to, 0, rows, end);
    walk(span, copy, first, end);
  }

  /** Walks keys {@code first ≤ j < end}, of which each row sees its own. */
  private void walk(Span span, int copy, int first, int end) {
    CacheLayout layout = cache.layout();
    for (int j = first; j < end; ) {
      int row = layout.row(j);
      int length = layout.consecutive(j);
      while (length < end - j && layout.row(j + length) == row + length) {
        length += layout.consecutive(j + length); // sinks and the ring's first lap are one run
      }
      length = Math.min(length, end - j);
      int lastPage = (row + length - 1) / BLOCK;
      for (int page = row / BLOCK; page <= lastPage; ) {
        int next = Math.min(lastPage + 1, (page / GROUP + 1) * GROUP);
        group(span, copy, page, next - page, j - row, j, j + length);
        page = next;
      }
      j += length;
    }
  }

  /**
   * Adds a group of pages.
   *
   * @param shift from a cache row to its key
   * @param runFrom first key of the run
   * @param runTo one past its last key
   */
  private void group(
      Span span, int copy, int firstPage, int pageCount, int shift, int runFrom, int runTo) {
    for (int p = 0; p < pageCount; p++) {
      pages.open(cache.keyPage(layer, (firstPage + p) * BLOCK, copy), keyValueHead, 0, headDim);
      kernels.scoreBlocks(
          queries,
          0,
          headDim,
          rows,
          pages.data(),
          pages.offset(),
          headDim,
          shape.scale(),
          logits,
          p * BLOCK,
          STRIDE);
    }
    int firstKey = firstPage * BLOCK + shift;
    for (int r = 0; r < rows; r++) {
      int n = pageCount * BLOCK;
      int low = Math.clamp((long) Math.max(from[r], runFrom) - firstKey, 0, n);
      int high = Math.clamp((long) Math.min(to[r], runTo) - firstKey, 0, n);
      soften(r, span, firstKey, low, high, n);
      if (visibleOnly) {
        weighVisible(r, firstPage, low, high);
      }
    }
    if (!visibleOnly) {
      weigh(firstPage, pageCount);
    }
  }

  /**
   * Logits of a row become weights about its largest logit so far, and earlier sums are brought in
   * line.
   *
   * @param low first lane that the row sees
   * @param high one past the last
   * @param n lanes of the group
   */
  private void soften(int r, Span span, int firstKey, int low, int high, int n) {
    int at = r * STRIDE;
    if (low >= high) {
      Arrays.fill(logits, at, at + n, 0);
      return;
    }
    positions.encodeLogits(
        logits, at + low, high - low, heads[r], span.distance(), position(r), firstKey + low);
    Arrays.fill(logits, at, at + low, Float.NEGATIVE_INFINITY);
    Arrays.fill(logits, at + high, at + n, Float.NEGATIVE_INFINITY);
    KeptRow row = kept[r];
    if (row != null) {
      row.add(firstKey + low, logits, at + low, high - low, span.branch());
    }
    float largest = kernels.max(logits, at, n);
    if (!(largest <= max[r])) { // so that NaN spreads
      float shrink = (float) Math.exp((double) max[r] - largest);
      if (sum[r] != 0) {
        if (row != null) {
          row.raise(sum[r], largest - max[r], shrink);
        }
        sum[r] *= shrink;
        for (int i = r * width; i < (r + 1) * width; i++) {
          partials[i] *= shrink;
        }
      }
      max[r] = largest;
    }
    sum[r] += kernels.expAndSum(logits, at, n, max[r]);
    if (row != null) {
      row.weigh(logits, at + low, high - low, max[r]);
    }
  }

  private void weigh(int firstPage, int pageCount) {
    for (int d = 0; d < headDim; d += SLICE) {
      int features = Math.min(SLICE, headDim - d);
      for (int p = 0; p < pageCount; p++) {
        pages.open(cache.valuePage(layer, (firstPage + p) * BLOCK), keyValueHead, d, features);
        kernels.accumulateBlocks(
            logits,
            p * BLOCK,
            STRIDE,
            rows,
            pages.data(),
            pages.offset(),
            features,
            partials,
            d * Kernels.PARTIALS,
            width);
      }
    }
  }

  /** Adds weighted values of the lanes that the row sees, and of no others. */
  private void weighVisible(int r, int firstPage, int low, int high) {
    for (int lane = low; lane < high; lane++) {
      CachePage page = cache.valuePage(layer, firstPage * BLOCK + lane);
      float weight = logits[r * STRIDE + lane];
      for (int d = 0; d < headDim; d++) {
        int at = r * width + d * Kernels.PARTIALS + lane % Kernels.PARTIALS;
        partials[at] = Math.fma(weight, page.get(keyValueHead, d, lane % BLOCK), partials[at]);
      }
    }
  }

  /**
   * Ends all rows.
   *
   * <p>Pages are weighed whole, hidden lanes with weight 0. But 0 · ∞ is NaN: when a model
   * overflows at a later position, that must not reach back to an earlier one. So where a result is
   * not finite, everything is to be done once more, and visible lanes alone are weighed then.
   *
   * @param out {@code [count, heads, headDim]}; the rows' places are overwritten
   * @return false when the rows are to be started and attended to once more
   */
  boolean finish(float[] out) {
    boolean finite = true;
    for (int r = 0; r < rows; r++) {
      kernels.foldPartials(partials, r * width, headDim, (float) (1 / sum[r]), out, offset(r));
      finite &= isFinite(out, offset(r));
    }
    visibleOnly = !finite && !visibleOnly;
    if (visibleOnly) {
      return false;
    }
    for (int r = 0; r < rows; r++) {
      KeptRow row = kept[r];
      if (row != null) {
        row.finish(max[r], sum[r]);
      }
    }
    return true;
  }

  private boolean isFinite(float[] x, int offset) {
    float probe = 0;
    for (int d = 0; d < headDim; d++) {
      probe += x[offset + d] * 0; // NaN and infinities turn into NaN, all else into 0
    }
    return !Float.isNaN(probe);
  }
}
