package org.lambdascope.engine.attention;

/**
 * A position that follows the query: {@code clamp(i − i mod chunk + offset, min, max)} for query
 * {@code i}, but never more than {@code reach} before it; a constant when {@code min = max}. Every
 * edge is non-decreasing in {@code i}, so the keys that a whole block of queries can see follow
 * from the block's two ends.
 *
 * @param offset added to the query position, or to where its chunk begins
 * @param min the least value
 * @param max the greatest value
 * @param chunk tokens per chunk; 1 for the query's own position
 * @param reach the greatest distance before the query; {@link #UNBOUNDED} for any
 */
public record Edge(int offset, int min, int max, int chunk, int reach) {

  /** Stands for "no upper bound". */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public Edge {
    if (min > max) {
      throw new IllegalArgumentException("expected min ≤ max, found %d > %d".formatted(min, max));
    }
  }

  /** {@code clamp(i + offset, min, max)}. */
  public Edge(int offset, int min, int max) {
    this(offset, min, max, 1, UNBOUNDED);
  }

  /** {@code max(0, i + offset)}. */
  public static Edge following(int offset) {
    return new Edge(offset, 0, UNBOUNDED);
  }

  /**
   * Where the query's chunk begins.
   *
   * @param chunk tokens per chunk
   * @param back chunks before it, 0 or 1
   * @param reach the greatest distance before the query
   */
  public static Edge chunkStart(int chunk, int back, int reach) {
    return new Edge(-back * chunk, 0, UNBOUNDED, chunk, reach);
  }

  /** {@code value}, whatever the query. */
  public static Edge constant(int value) {
    return new Edge(0, value, value);
  }

  /** The edge for query {@code i ≥ 0}. */
  public int at(int i) {
    // long: i + offset may leave the int range when a window is larger than any text
    return Math.max(Math.clamp((long) i - i % chunk + offset, min, max), i - reach);
  }
}
