package org.lambdascope.engine.model.cepe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys and values of a context for every layer, in one of the two forms. */
interface CrossKeys {

  /** Takes the share of its attention that a query head gives to a chunk. */
  @FunctionalInterface
  interface Watcher {
    /**
     * Takes a share.
     *
     * @param row of the pass
     * @param head query head
     * @param chunk index in the context
     * @param share 0 to 1; a long chunk comes in several
     */
    void add(int row, int head, int chunk, double share);
  }

  /** Sets the context. */
  void attendTo(List<PhiChunk> chunks);

  /** Whether there is nothing to attend to. */
  boolean isEmpty();

  /** Bytes of Φ and of what is kept beside it. */
  long bytes();

  /**
   * Attends to the whole context; there is one.
   *
   * @param layer index among the layers with cross-attention
   * @param query {@code [rows, heads, headDim]}
   * @param rows how many
   * @param out {@code [rows, heads, headDim]}; overwritten
   * @param watcher takes the shares of attention; null when nobody asks
   */
  void attend(int layer, float[] query, int rows, float[] out, @Nullable Watcher watcher);
}
