package org.lambdascope.engine.attention;

/**
 * Watches attention as it is computed. What belongs to one (layer, head) is offered by one thread
 * at a time, in order of query position; different heads of a layer may come from different threads
 * at once.
 */
public interface AttentionObserver {

  /** Whether attention rows of this layer are wanted. */
  default boolean wantsAttention(int layer) {
    return false;
  }

  /**
   * Whether {@link #logits} and {@link #softmax} of this layer are wanted: all that statistics
   * need, and cheaper than rows, for nothing is kept.
   */
  default boolean wantsStatistics(int layer) {
    return false;
  }

  /** Whether this query is wanted; asked only in wanted layers. */
  default boolean wantsQuery(int query) {
    return true;
  }

  /**
   * Offers one attention row. The row is reused: copy what is kept.
   *
   * @param layer decoder layer, from 0
   * @param head query head, from 0
   * @param row visible keys with their logits and weights
   */
  default void attention(int layer, int head, AttentionRow row) {}

  /**
   * Offers logits as they are formed. Rows of a query that is not wanted see nothing. All of a
   * query's visible keys are offered once, in as many tiles as they come in.
   *
   * @param layer decoder layer, from 0
   * @param head query head, from 0
   */
  default void logits(int layer, int head, LogitTile tile) {}

  /**
   * Offers the sums of one query's softmax, after its logits. They are reused: copy what is kept.
   *
   * @param layer decoder layer, from 0
   * @param head query head, from 0
   */
  default void softmax(int layer, int head, SoftmaxRow row) {}

  /**
   * The rows of a head that were offered in one go have ended; the pass may offer more of them
   * later. Called by the thread that offered them, before it offers another head's.
   *
   * @param layer decoder layer, from 0
   * @param head query head, from 0
   */
  default void attentionEnded(int layer, int head) {}

  /** Whether the keys and values of this layer are wanted. */
  default boolean wantsKeys(int layer) {
    return false;
  }

  /**
   * Offers the keys and values of a pass before they enter the cache, from the calling thread. The
   * arrays are reused: copy what is kept.
   *
   * @param layer decoder layer, from 0
   * @param firstPosition of the pass
   * @param count positions of the pass
   * @param key {@code [count, keyValueHeads, headDim]}, un-rotated
   * @param value {@code [count, keyValueHeads, headDim]}
   */
  default void keys(int layer, int firstPosition, int count, float[] key, float[] value) {}
}
