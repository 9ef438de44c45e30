package org.lambdascope.engine.attention;

import java.util.Arrays;
import org.lambdascope.engine.kernels.Kernels;

/** Rows of a tile that an observer watches, and what it is offered of them. Reused. */
final class WatchedRows {

  private final AttentionObserver observer;
  private final KeptRow[] kept;
  private final boolean[] watching;
  private final int[] visible; // keys so far
  private final int[] seenTo; // as the tile's, but for rows that nobody watches

  // The pass under way.
  private int layer;
  private boolean keepsRows;
  private boolean offersLogits;

  WatchedRows(Kernels kernels, AttentionObserver observer, int rows) {
    this.observer = observer;
    this.kept = new KeptRow[rows];
    this.watching = new boolean[rows];
    this.visible = new int[rows];
    this.seenTo = new int[rows];
    Arrays.setAll(kept, r -> new KeptRow(kernels));
  }

  /**
   * Begins with no rows.
   *
   * @param watch whether the observer is asked what it wants
   */
  void start(int layer, boolean watch) {
    this.layer = layer;
    keepsRows = watch && observer.wantsAttention(layer);
    offersLogits = watch && observer.wantsStatistics(layer);
  }

  /**
   * Begins a row.
   *
   * @return whether it is watched
   */
  boolean startRow(int row, int query) {
    watching[row] = (keepsRows || offersLogits) && observer.wantsQuery(query);
    if (watching[row]) {
      kept[row].start(query);
      visible[row] = 0;
    }
    return watching[row];
  }

  /**
   * Notes what a row sees.
   *
   * @param key the first of {@code n} consecutive keys
   * @param at index of its logit
   */
  void see(int row, int key, float[] logits, int at, int n, Branch branch) {
    if (watching[row]) {
      visible[row] += n;
      if (keepsRows) {
        kept[row].add(key, logits, at, n, branch);
      }
    }
  }

  /** Whether {@link #offer} is wanted. */
  boolean wantLogits() {
    return offersLogits;
  }

  /**
   * Offers a tile's logits.
   *
   * @param tile all of its rows
   * @param firstRow the first that these logits are of
   * @param endRow one past the last
   */
  void offer(int head, LogitTile tile, int firstRow, int endRow) {
    for (int r = 0; r < tile.rows(); r++) {
      boolean seen = watching[r] && r >= firstRow && r < endRow;
      seenTo[r] = seen ? tile.to()[r] : tile.from()[r];
    }
    observer.logits(layer, head, tile.seenTo(seenTo));
  }

  /** Offers a row that has ended. */
  void finish(int row, int head, OnlineSoftmax softmax) {
    if (watching[row]) {
      kept[row].finish(visible[row], softmax.max(row), softmax.sum(row), softmax.weighted(row));
      if (offersLogits) {
        observer.softmax(layer, head, kept[row]);
      }
      if (keepsRows) {
        observer.attention(layer, head, kept[row]);
      }
    }
  }
}
