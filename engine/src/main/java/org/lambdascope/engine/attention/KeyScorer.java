package org.lambdascope.engine.attention;

import org.lambdascope.engine.cache.CacheLayout;
import org.lambdascope.engine.cache.KeyValueCache;
import org.lambdascope.engine.kernels.Kernels;

/** Forms the logits of a query over ranges of cached keys. */
final class KeyScorer {

  private final Kernels kernels;
  private final KeyValueCache cache;
  private final EncodedPositions positions;
  private final AttentionShape shape;

  KeyScorer(
      Kernels kernels, KeyValueCache cache, EncodedPositions positions, AttentionShape shape) {
    this.kernels = kernels;
    this.cache = cache;
    this.positions = positions;
    this.shape = shape;
  }

  /**
   * Adds keys {@code from ≤ j < to} to a row whose {@link RowScratch#rotated} holds the query.
   *
   * @param span which says at what distance they appear
   * @param copy of the keys
   */
  void addTo(RowScratch row, int layer, int head, Span span, int copy, int from, int to) {
    CacheLayout layout = cache.layout();
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
            cache.keyPage(layer, page * KeyValueCache.BLOCK, copy),
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
