package org.lambdascope.engine.probe;

import org.lambdascope.engine.attention.AttentionObserver;

/**
 * Reads intermediates while a decoder runs. A probe says first what it wants; what nobody wants is
 * neither computed nor offered. Hidden states are offered by the calling thread.
 */
public interface Probe extends AttentionObserver {

  /** Wants nothing. */
  Probe NONE = new Probe() {};

  /** Whether activations at this tap are wanted. */
  default boolean wantsHidden(Tap tap, int layer) {
    return false;
  }

  /**
   * Offers activations. The array is reused: copy what is kept.
   *
   * @param tap where
   * @param layer decoder layer, from 0
   * @param firstPosition position of the first row
   * @param rows how many rows
   * @param values {@code [rows, width]}, from {@code offset}
   * @param offset index of the first value
   * @param width features per row
   */
  default void hidden(
      Tap tap, int layer, int firstPosition, int rows, float[] values, int offset, int width) {}

  /** Whether the attention that this layer gives to chunks of an encoded context is wanted. */
  default boolean wantsCrossAttention(int layer) {
    return false;
  }

  /**
   * Offers a share of one query's cross-attention, after the softmax. The shares of a (layer, head,
   * query) sum to 1; a long chunk may come in several. Offered by the calling thread.
   *
   * @param layer decoder layer, from 0
   * @param head query head, from 0
   * @param query position of the query
   * @param chunk index of the chunk in the context
   * @param share 0 to 1
   */
  default void crossAttention(int layer, int head, int query, int chunk, double share) {}
}
