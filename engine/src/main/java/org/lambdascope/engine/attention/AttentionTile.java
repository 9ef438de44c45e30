package org.lambdascope.engine.attention;

import java.util.Arrays;
import org.lambdascope.engine.cache.CacheLayout;
import org.lambdascope.engine.cache.KeyValueCache;
import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Attention of several rows. Those that read the same key/value head, queries of one head at
 * consecutive positions or of one position in several, share the reading of a page; heads that lie
 * side by side in pages are read in one go, for memory serves a long stream faster than pieces of
 * it. The softmax is online (arXiv 1805.02867) over groups of pages, so that logits of a whole text
 * are never held. Groups begin at fixed rows of the cache and what a row does not see adds exact
 * zeros to it: whichever rows share a tile, each gets the same bits.
 *
 * <p>It belongs to one worker and is reused, so a row costs no allocation.
 */
final class AttentionTile {

  /** Rows that share the reading of keys and values. */
  static final int ROWS = 48;

  /** Pages whose logits, keys and values stay in the L2 cache together. */
  private static final int GROUP = 8;

  private static final int BLOCK = KeyValueCache.BLOCK;

  /**
   * Of logits: a block more than a group has, so that rows do not fall upon the same cache sets.
   */
  private static final int STRIDE = (GROUP + 1) * BLOCK;

  private final Kernels kernels;
  private final KeyValueCache cache;
  private final EncodedPositions positions;
  private final AttentionShape shape;
  private final int headDim;
  private final PageReader pages;
  private final OnlineSoftmax softmax;
  private final WatchedRows watched;

  /** {@code [ROWS, headDim]}: encoded for the span under way. */
  final float[] queries;

  private final float[] logits = new float[ROWS * STRIDE]; // weights, after the softmax

  /** Features of a row, padded. */
  private final int width;

  /** {@code [ROWS, width]}: weighted values of the group under way. */
  private final float[] groupValues;

  /** {@code [ROWS, width]}: of all groups before. */
  private final float[] values;

  private final float[] shrink = new float[ROWS]; // of what came before the group

  private final int[] tokens = new int[ROWS];
  private final int[] heads = new int[ROWS];

  /** {@code [runs + 1]}: first rows of those that read the same key/value head, and the end. */
  private final int[] runStarts = new int[ROWS + 1];

  private final int[] from = new int[ROWS];
  private final int[] to = new int[ROWS];
  private final int[] low = new int[ROWS]; // lanes of the group that a row sees: from, to
  private final int[] high = new int[ROWS];

  // The pass under way.
  private int layer;
  private int firstPosition;
  private float[] source = {};
  private int rows;
  private int runs;
  private int firstRow; // rows that keys are added to: from, to
  private int endRow;
  private boolean visibleOnly;

  AttentionTile(
      Kernels kernels,
      KeyValueCache cache,
      EncodedPositions positions,
      AttentionShape shape,
      AttentionObserver observer) {
    this.kernels = kernels;
    this.cache = cache;
    this.positions = positions;
    this.shape = shape;
    this.headDim = shape.headDim();
    this.pages = new PageReader(kernels, headDim);
    this.queries = new float[ROWS * headDim];
    this.width = Kernels.padded(headDim);
    this.groupValues = new float[ROWS * width];
    this.values = new float[ROWS * width];
    this.softmax = new OnlineSoftmax(kernels, ROWS);
    this.watched = new WatchedRows(kernels, observer, ROWS);
  }

  /**
   * Begins with no rows. Those of a watched tile belong to one head, at consecutive positions.
   *
   * @param query {@code [count, heads, headDim]}, un-rotated
   * @param firstPosition of the first of them
   * @param watch whether the observer is asked what it wants
   */
  void start(int layer, float[] query, int firstPosition, boolean watch) {
    this.layer = layer;
    this.source = query;
    this.firstPosition = firstPosition;
    rows = 0;
    runs = 0;
    watched.start(layer, watch);
  }

  /**
   * Adds a row. Rows that read the same key/value head follow one another.
   *
   * @param t index of its query in the pass
   * @param head query head
   */
  void addRow(int t, int head) {
    int r = rows++;
    tokens[r] = t;
    heads[r] = head;
    if (r == 0 || keyValueHead(r) != keyValueHead(r - 1)) {
      runStarts[runs++] = r;
    }
    runStarts[runs] = rows;
    Arrays.fill(values, r * width, (r + 1) * width, 0);
    softmax.start(r, watched.startRow(r, position(r)));
  }

  int rows() {
    return rows;
  }

  /** Position of a row's query. */
  int position(int row) {
    return firstPosition + tokens[row];
  }

  /** Encodes all queries for a span. */
  void encode(int span) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(source, offset(r), queries, r * headDim, headDim);
      positions.encodeQuery(queries, r * headDim, span, tokens[r]);
    }
  }

  private int keyValueHead(int row) {
    return heads[row] / shape.groupSize();
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
    firstRow = 0;
    endRow = rows;
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

  /** Adds keys {@code first ≤ j < end} to one row, whose {@link #queries} are encoded. */
  void attendRow(int row, Span span, int copy, int first, int end) {
    firstRow = row;
    endRow = row + 1;
    from[row] = first;
    to[row] = end;
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
    int firstKey = firstPage * BLOCK + shift;
    int n = pageCount * BLOCK;
    int first = n;
    int end = 0;
    for (int r = firstRow; r < endRow; r++) {
      low[r] = Math.clamp((long) Math.max(from[r], runFrom) - firstKey, 0, n);
      high[r] = Math.clamp((long) Math.min(to[r], runTo) - firstKey, 0, n);
      if (low[r] < high[r]) {
        first = Math.min(first, low[r]);
        end = Math.max(end, high[r]);
      }
    }
    if (first >= end) {
      return;
    }
    first = Kernels.lanesDown(first);
    end = Kernels.lanesUp(end);
    score(copy, firstPage, first, end);
    for (int r = firstRow; r < endRow; r++) {
      if (low[r] < high[r]) {
        int key = firstKey + low[r];
        int at = r * STRIDE + low[r];
        positions.encodeLogits(
            logits, at, high[r] - low[r], heads[r], span.distance(), position(r), key);
        watched.see(r, key, logits, at, high[r] - low[r], span.branch());
      }
    }
    if (watched.wantLogits() && !visibleOnly) { // rows that are done over were offered before
      watched.offer(heads[0], tile(firstKey, span.branch()), firstRow, endRow);
    }
    for (int r = firstRow; r < endRow; r++) {
      shrink[r] = softmax.weigh(r, logits, r * STRIDE, first, end, low[r], high[r]);
    }
    Arrays.fill(groupValues, firstRow * width, endRow * width, 0);
    if (visibleOnly) {
      weighVisible(firstPage);
    } else {
      weigh(firstPage, first, end);
    }
    for (int r = firstRow; r < endRow; r++) {
      kernels.scaleAndAdd(values, r * width, shrink[r], groupValues, r * width, width);
    }
  }

  private LogitTile tile(int firstKey, Branch branch) {
    return new LogitTile(position(0), rows, firstKey, branch, logits, STRIDE, low, high);
  }

  /** Logits of lanes {@code first ≤ lane < end} of a group. */
  private void score(int copy, int firstPage, int first, int end) {
    for (int lane = first; lane < end; ) {
      int next = Math.min(end, (lane / BLOCK + 1) * BLOCK);
      CachePage page = cache.keyPage(layer, firstPage * BLOCK + lane, copy);
      for (int run = 0; run < runs; run++) {
        int r = Math.max(firstRow, runStarts[run]);
        int count = Math.min(endRow, runStarts[run + 1]) - r;
        if (count <= 0) {
          continue;
        }
        pages.open(page, keyValueHead(r));
        kernels.scoreBlocks(
            queries,
            r * headDim,
            headDim,
            count,
            pages.data(),
            pages.offset() + lane % BLOCK,
            next - lane,
            headDim,
            shape.scale(),
            logits,
            r * STRIDE + lane,
            STRIDE);
      }
      lane = next;
    }
  }

  private void weigh(int firstPage, int first, int end) {
    for (int lane = first; lane < end; ) {
      int next = Math.min(end, (lane / BLOCK + 1) * BLOCK);
      CachePage page = cache.valuePage(layer, firstPage * BLOCK + lane);
      for (int run = 0; run < runs; run++) {
        int r = Math.max(firstRow, runStarts[run]);
        int count = Math.min(endRow, runStarts[run + 1]) - r;
        if (count <= 0) {
          continue;
        }
        pages.open(page, keyValueHead(r));
        kernels.addWeightedRows(
            logits,
            r * STRIDE + lane,
            STRIDE,
            count,
            pages.data(),
            pages.offset() + lane % BLOCK * width,
            next - lane,
            width,
            groupValues,
            r * width);
      }
      lane = next;
    }
  }

  /** Adds weighted values of the lanes that each row sees, and of no others. */
  private void weighVisible(int firstPage) {
    for (int r = firstRow; r < endRow; r++) {
      for (int lane = low[r]; lane < high[r]; lane++) {
        CachePage page = cache.valuePage(layer, firstPage * BLOCK + lane);
        float weight = logits[r * STRIDE + lane];
        for (int d = 0; d < headDim; d++) {
          int at = r * width + d;
          groupValues[at] =
              Math.fma(weight, page.get(keyValueHead(r), d, lane % BLOCK), groupValues[at]);
        }
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
      float factor = (float) (1 / softmax.sum(r));
      for (int d = 0; d < headDim; d++) {
        out[offset(r) + d] = factor * values[r * width + d];
      }
      finite &= isFinite(out, offset(r));
    }
    visibleOnly = !finite && !visibleOnly;
    if (visibleOnly) {
      return false;
    }
    for (int r = 0; r < rows; r++) {
      watched.finish(r, heads[r], softmax);
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
