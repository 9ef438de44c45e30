package org.lambdascope.engine.attention;

import java.util.Arrays;
import org.lambdascope.engine.cache.KeyValueCache;

/** {@link Retrieval.TopKeys}: reads the keys of all candidates for every query. */
final class KeyRetriever extends Retriever {

  private static final int BLOCK = KeyValueCache.BLOCK;

  private final Retrieval.TopKeys rule;
  private final Reads reads;
  private final int copy;
  private final Largest[] largest;
  private final float[][] logits;
  private final PageReader[] readers;

  KeyRetriever(Retrieval.TopKeys rule, Reads reads) {
    this.rule = rule;
    this.reads = reads;
    this.copy = reads.copies().of(rule.candidates());
    int workers = reads.team().size();
    this.largest = new Largest[workers];
    for (int w = 0; w < workers; w++) {
      largest[w] = new Largest(reads.kernels());
    }
    this.logits = new float[workers][BLOCK];
    this.readers = new PageReader[workers];
    Arrays.setAll(readers, w -> new PageReader(reads.kernels(), reads.shape().headDim()));
  }

  @Override
  void addTo(AttentionTile tile, int worker, int layer, int head, int t) {
    Span candidates = rule.candidates();
    int from = candidates.from().at(tile.position(0));
    int to = candidates.to().at(tile.position(0));
    if (from >= to || !rule.in(layer)) {
      return;
    }
    tile.encode(reads.candidateSpan());
    if (to - from <= rule.count()) {
      tile.attend(candidates, copy, from, to);
      return;
    }
    Largest chosen = largest[worker];
    choose(tile.queries, layer, head, from, to, chosen, worker);
    int[] keys = chosen.sortedKeys();
    for (int n = 0; n < chosen.size(); ) {
      int first = n++;
      while (n < chosen.size() && keys[n] == keys[n - 1] + 1) {
        n++;
      }
      tile.attend(candidates, copy, keys[first], keys[n - 1] + 1);
    }
  }

  private void choose(
      float[] query, int layer, int head, int from, int to, Largest chosen, int worker) {
    float[] page = logits[worker];
    PageReader reader = readers[worker];
    int headDim = reads.shape().headDim();
    chosen.start(rule.count());
    for (int j = from; j < to; ) {
      int next = Math.min(to, j - j % BLOCK + BLOCK); // row = position: nothing is ever dropped
      reader.open(reads.cache().keyPage(layer, j, copy), head / reads.shape().groupSize());
      reads
          .kernels()
          .scoreBlock(
              query,
              0,
              reader.data(),
              reader.offset(),
              BLOCK,
              headDim,
              reads.shape().scale(),
              page,
              0);
      // One bias for all candidates would not change the choice.
      chosen.offer(page, j % BLOCK, next - j, j);
      j = next;
    }
  }
}
