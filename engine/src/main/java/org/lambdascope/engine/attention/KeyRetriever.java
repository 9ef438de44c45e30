package org.lambdascope.engine.attention;

import org.lambdascope.engine.cache.KeyValueCache;

/** {@link Retrieval.TopKeys}: reads the keys of all candidates for every query. */
final class KeyRetriever extends Retriever {

  private static final int BLOCK = KeyValueCache.BLOCK;

  private final Retrieval.TopKeys rule;
  private final Reads reads;
  private final int copy;
  private final Largest[] largest;
  private final float[][] logits;

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
  }

  @Override
  void addTo(RowScratch row, int worker, int layer, int head, int t, float[] query, int offset) {
    Span candidates = rule.candidates();
    int from = candidates.from().at(row.query());
    int to = candidates.to().at(row.query());
    if (from >= to || !rule.in(layer)) {
      return;
    }
    System.arraycopy(query, offset, row.rotated, 0, reads.shape().headDim());
    reads.positions().encodeQuery(row.rotated, reads.candidateSpan(), t);
    if (to - from <= rule.count()) {
      reads.scorer().addTo(row, layer, head, candidates, copy, from, to);
      return;
    }
    Largest chosen = largest[worker];
    choose(row, layer, head, from, to, chosen, logits[worker]);
    int[] keys = chosen.sortedKeys();
    for (int n = 0; n < chosen.size(); ) {
      int first = n++;
      while (n < chosen.size() && keys[n] == keys[n - 1] + 1) {
        n++;
      }
      reads.scorer().addTo(row, layer, head, candidates, copy, keys[first], keys[n - 1] + 1);
    }
  }

  private void choose(
      RowScratch row, int layer, int head, int from, int to, Largest chosen, float[] page) {
    chosen.start(rule.count());
    for (int j = from; j < to; ) {
      int next = Math.min(to, j - j % BLOCK + BLOCK); // row = position: nothing is ever dropped
      reads
          .kernels()
          .scoreBlock(
              row.rotated,
              0,
              reads.cache().keyPage(layer, j, copy),
              head / reads.shape().groupSize(),
              reads.shape().scale(),
              page,
              0);
      // One bias for all candidates would not change the choice.
      chosen.offer(page, j % BLOCK, next - j, j);
      j = next;
    }
  }
}
