package org.lambdascope.engine.attention;

import java.util.Arrays;
import org.lambdascope.engine.cache.KeyValueCache;
import org.lambdascope.engine.kernels.Kernels;

/** {@link Retrieval.TopKeys}: reads the keys of all candidates for every tile of queries. */
final class KeyRetriever extends Retriever {

  private static final int BLOCK = KeyValueCache.BLOCK;

  private final Retrieval.TopKeys rule;
  private final Reads reads;
  private final int copy;
  private final Scratch[] scratch;

  KeyRetriever(Retrieval.TopKeys rule, Reads reads) {
    this.rule = rule;
    this.reads = reads;
    this.copy = reads.copies().of(rule.candidates());
    this.scratch = new Scratch[reads.team().size()];
    Arrays.setAll(scratch, w -> new Scratch(reads.kernels(), reads.shape().headDim()));
  }

  @Override
  void addTo(AttentionTile tile, int worker, int layer, int head, int t) {
    if (!rule.in(layer)) {
      return;
    }
    Scratch space = scratch[worker];
    Span candidates = rule.candidates();
    int first = Integer.MAX_VALUE;
    int end = 0;
    for (int row = 0; row < tile.rows(); row++) {
      space.from[row] = candidates.from().at(tile.position(row));
      space.to[row] = Math.max(space.from[row], candidates.to().at(tile.position(row)));
      space.largest[row].start(rule.count());
      if (space.choosesIn(row, rule.count())) {
        first = Math.min(first, space.from[row]);
        end = Math.max(end, space.to[row]);
      }
    }
    tile.encode(reads.candidateSpan());
    choose(tile, layer, head, first, end, space);
    for (int row = 0; row < tile.rows(); row++) {
      add(tile, row, space);
    }
  }

  private void add(AttentionTile tile, int row, Scratch space) {
    Span candidates = rule.candidates();
    if (!space.choosesIn(row, rule.count())) {
      if (space.from[row] < space.to[row]) {
        tile.attendRow(row, candidates, copy, space.from[row], space.to[row]);
      }
      return;
    }
    Largest chosen = space.largest[row];
    int[] keys = chosen.sortedKeys();
    for (int n = 0; n < chosen.size(); ) {
      int first = n++;
      while (n < chosen.size() && keys[n] == keys[n - 1] + 1) {
        n++;
      }
      tile.attendRow(row, candidates, copy, keys[first], keys[n - 1] + 1);
    }
  }

  /** Offers every row its own among the keys {@code first ≤ j < end}, a page at a time to all. */
  private void choose(AttentionTile tile, int layer, int head, int first, int end, Scratch space) {
    int headDim = reads.shape().headDim();
    for (int j = first; j < end; ) {
      int page = j - j % BLOCK; // row = position: nothing is ever dropped
      int next = Math.min(end, page + BLOCK);
      space.reader.open(reads.cache().keyPage(layer, j, copy), head / reads.shape().groupSize());
      reads
          .kernels()
          .scoreBlocks(
              tile.queries,
              0,
              headDim,
              tile.rows(),
              space.reader.data(),
              space.reader.offset(),
              BLOCK,
              headDim,
              reads.shape().scale(),
              space.logits,
              0,
              BLOCK);
      for (int row = 0; row < tile.rows(); row++) {
        int from = Math.max(j, space.from[row]);
        int to = Math.min(next, space.to[row]);
        if (from < to && space.choosesIn(row, rule.count())) {
          // One bias for all candidates would not change the choice.
          space.largest[row].offer(space.logits, row * BLOCK + from - page, to - from, from);
        }
      }
      j = next;
    }
  }

  /** One worker's space, by row of a tile. */
  private static final class Scratch {
    final int[] from = new int[AttentionTile.ROWS];
    final int[] to = new int[AttentionTile.ROWS];
    final Largest[] largest = new Largest[AttentionTile.ROWS];
    final float[] logits = new float[AttentionTile.ROWS * BLOCK];
    final PageReader reader;

    Scratch(Kernels kernels, int headDim) {
      Arrays.setAll(largest, row -> new Largest(kernels));
      reader = new PageReader(kernels, headDim);
    }

    /** Whether a row has more candidates than it takes. */
    boolean choosesIn(int row, int count) {
      return to[row] - from[row] > count;
    }
  }
}
