package org.lambdascope.app.mask;

/**
 * The part of a mask that is shown: queries {@code queryFrom ≤ i < queryTo} down, keys {@code
 * keyFrom ≤ j < keyTo} across.
 */
public record MaskSpan(int queryFrom, int queryTo, int keyFrom, int keyTo) {

  /** The fewest queries and keys that are shown. */
  public static final int LEAST = 4;

  /** All of a text. */
  public static MaskSpan whole(int size) {
    return new MaskSpan(0, size, 0, size);
  }

  /** Number of queries. */
  public int queries() {
    return queryTo - queryFrom;
  }

  /** Number of keys. */
  public int keys() {
    return keyTo - keyFrom;
  }

  /** Whether a cell is shown. */
  public boolean contains(int query, int key) {
    return queryFrom <= query && query < queryTo && keyFrom <= key && key < keyTo;
  }

  /** This span moved and, if need be, cut so that it lies in a text. */
  MaskSpan within(int size) {
    int queries = Math.clamp(queries(), Math.min(LEAST, size), size);
    int keys = Math.clamp(keys(), Math.min(LEAST, size), size);
    int query = Math.clamp(queryFrom, 0, size - queries);
    int key = Math.clamp(keyFrom, 0, size - keys);
    return new MaskSpan(query, query + queries, key, key + keys);
  }

  /**
   * This span with more or fewer cells, the given cell staying where it is.
   *
   * @param factor number of cells per side, relative to now
   */
  MaskSpan zoomed(double factor, double query, double key) {
    int queries = scaled(queries(), factor);
    int keys = scaled(keys(), factor);
    int q = (int) Math.round(query - (query - queryFrom) / queries() * queries);
    int k = (int) Math.round(key - (key - keyFrom) / keys() * keys);
    return new MaskSpan(q, q + queries, k, k + keys);
  }

  private static int scaled(int count, double factor) {
    long scaled = Math.round(count * factor);
    // Small numbers must move too.
    long moved = factor < 1 ? Math.min(scaled, count - 1L) : Math.max(scaled, count + 1L);
    return Math.clamp(moved, LEAST, Integer.MAX_VALUE / 4);
  }

  MaskSpan moved(int queries, int keys) {
    return new MaskSpan(queryFrom + queries, queryTo + queries, keyFrom + keys, keyTo + keys);
  }
}
