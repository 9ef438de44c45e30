package org.lambdascope.engine.attention;

import java.util.Arrays;
import org.lambdascope.engine.cache.KeyValueCache;
import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.Kernels;

/** One worker's space for one attention row; reused, so a row costs no allocation. */
final class RowScratch implements AttentionRow {

  private static final int BLOCK = KeyValueCache.BLOCK;

  final float[] rotated;
  final float[] cos;
  final float[] sin;
  private final float[] partials;
  float[] logits = new float[8 * BLOCK];
  private float[] weights = logits;
  private float[] apart = {}; // weights of observed rows, whose logits must survive

  private int[] keys = new int[8];
  private int[] rows = new int[8];
  private int[] lengths = new int[8];
  private int[] slots = new int[8];
  private Branch[] branches = new Branch[8];

  private final int headDim;
  private int query;
  private int runs;
  private int used;
  private float max;
  private float sum;

  RowScratch(int headDim) {
    this.headDim = headDim;
    this.rotated = new float[headDim];
    this.cos = new float[headDim];
    this.sin = new float[headDim];
    this.partials = new float[headDim * Kernels.PARTIALS];
  }

  void start(int query) {
    this.query = query;
    runs = 0;
    used = 0;
  }

  /** Adds a run of cache rows and returns the slot of its first page's first lane. */
  int addRun(int key, int row, int length, Branch branch) {
    if (runs == keys.length) {
      keys = Arrays.copyOf(keys, 2 * runs);
      rows = Arrays.copyOf(rows, 2 * runs);
      lengths = Arrays.copyOf(lengths, 2 * runs);
      slots = Arrays.copyOf(slots, 2 * runs);
      branches = Arrays.copyOf(branches, 2 * runs);
    }
    int slot = used;
    keys[runs] = key;
    rows[runs] = row;
    lengths[runs] = length;
    slots[runs] = slot;
    branches[runs] = branch;
    runs++;
    used += pages(row, length) * BLOCK;
    if (used > logits.length) {
      logits = Arrays.copyOf(logits, Math.max(used, logits.length * 2));
    }
    return slot;
  }

  private static int pages(int row, int length) {
    return (row + length - 1) / BLOCK - row / BLOCK + 1;
  }

  /** A page is scored whole; lanes that are not in the run get no weight. */
  void hideLanesOutside(int slot, int row, int length) {
    int lead = row % BLOCK;
    int end = slot + pages(row, length) * BLOCK;
    Arrays.fill(logits, slot, slot + lead, Float.NEGATIVE_INFINITY);
    Arrays.fill(logits, slot + lead + length, end, Float.NEGATIVE_INFINITY);
  }

  void softmax(Kernels kernels, boolean keepLogits) {
    if (keepLogits) {
      if (apart.length < used) {
        apart = new float[logits.length];
      }
      weights = apart;
      System.arraycopy(logits, 0, weights, 0, used);
    } else {
      weights = logits;
    }
    max = kernels.max(logits, 0, used);
    sum = kernels.expAndSum(weights, 0, used, max);
  }

  void weigh(
      Kernels kernels, KeyValueCache cache, int layer, int keyValueHead, float[] out, int offset) {
    Arrays.fill(partials, 0);
    for (int r = 0; r < runs; r++) {
      int firstPage = rows[r] / BLOCK;
      int pages = pages(rows[r], lengths[r]);
      for (int p = 0; p < pages; p++) {
        kernels.accumulateValues(
            weights,
            slots[r] + p * BLOCK,
            cache.valuePage(layer, (firstPage + p) * BLOCK),
            keyValueHead,
            partials,
            0);
      }
    }
    kernels.foldPartials(partials, 0, headDim, 1 / sum, out, offset);
    if (anyNaN(out, offset)) {
      weighVisibleOnly(cache, layer, keyValueHead, out, offset);
    }
  }

  private boolean anyNaN(float[] out, int offset) {
    float probe = 0;
    for (int d = 0; d < headDim; d++) {
      probe += out[offset + d] * 0; // NaN and infinities turn into NaN, all else into 0
    }
    return Float.isNaN(probe);
  }

  /**
   * Pages are weighed whole, hidden lanes with weight 0. But 0 · ∞ is NaN: when a model overflows
   * at a later position, that must not reach back to this one.
   */
  private void weighVisibleOnly(
      KeyValueCache cache, int layer, int keyValueHead, float[] out, int offset) {
    Arrays.fill(out, offset, offset + headDim, 0);
    for (int r = 0; r < runs; r++) {
      for (int n = 0; n < lengths[r]; n++) {
        CachePage page = cache.valuePage(layer, rows[r] + n);
        float weight = weights[index(r) + n] / sum;
        for (int d = 0; d < headDim; d++) {
          out[offset + d] += weight * page.get(keyValueHead, d, (rows[r] + n) % BLOCK);
        }
      }
    }
  }

  @Override
  public int query() {
    return query;
  }

  @Override
  public int runs() {
    return runs;
  }

  @Override
  public int keyFrom(int run) {
    return keys[run];
  }

  @Override
  public int length(int run) {
    return lengths[run];
  }

  @Override
  public Branch branch(int run) {
    return branches[run];
  }

  @Override
  public int index(int run) {
    return slots[run] + rows[run] % BLOCK;
  }

  @Override
  public float[] logits() {
    return logits;
  }

  @Override
  public float[] weights() {
    return weights;
  }

  @Override
  public float weightSum() {
    return sum;
  }

  @Override
  public float maxLogit() {
    return max;
  }
}
