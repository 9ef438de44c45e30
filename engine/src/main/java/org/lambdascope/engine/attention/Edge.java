package org.lambdascope.engine.attention;

/**
 * A position that follows the query: {@code clamp(i + offset, min, max)} for query {@code i}, or a
 * constant when {@code min = max}. Every edge is non-decreasing in {@code i}, so the keys that a
 * whole block of queries can see follow from the block's two ends.
 *
 * @param offset added to the query position
 * @param min the least value
 * @param max the greatest value
 */
public record Edge(int offset, int min, int max) {

  /** Stands for "no upper bound". */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public Edge {
    if (min > max) {
      throw new IllegalArgumentException("expected min ≤ max, found %d > %d".formatted(min, max));
    }
  }

  /** {@code max(0, i + offset)}. */
  public static Edge following(int offset) {
    return new Edge(offset, 0, UNBOUNDED);
  }

  /** {@code value}, whatever the query. */
  public static Edge constant(int value) {
    return new Edge(0, value, value);
  }

  /** The edge for query {@code i ≥ 0}. */
  public int at(int i) {
    // long: i + offset may leave the int range when a window is larger than any text
    return Math.clamp((long) i + offset, min, max);
  }
}
