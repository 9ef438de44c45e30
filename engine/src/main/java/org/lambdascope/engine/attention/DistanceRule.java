package org.lambdascope.engine.attention;

/**
 * Which effective distance the positional encoding is given for a query and a key of one span: the
 * difference of a position of the query and one of the key, neither of which need be its own.
 */
public sealed interface DistanceRule {

  /** Effective distance = raw distance: {@code d = i − j}. */
  DistanceRule RAW = new FromQueryPosition(Edge.following(0));

  /** The position that query {@code i} is given. */
  double queryPosition(int i);

  /** The positions that keys are given. */
  KeyPositions keys();

  /** The effective distance of query {@code i} and key {@code j ≤ i}. */
  double effectiveDistance(int i, int j);

  /**
   * Keys stand at their own positions and the query at {@code position(i)}: {@code d = position(i)
   * − j}.
   */
  record FromQueryPosition(Edge position) implements DistanceRule {
    @Override
    public double queryPosition(int i) {
      return position.at(i);
    }

    @Override
    public KeyPositions keys() {
      return KeyPositions.OWN;
    }

    @Override
    public double effectiveDistance(int i, int j) {
      return position.at(i) - j;
    }
  }

  /** Every key of the span appears at one distance, so keys stay un-rotated. */
  record Constant(int distance) implements DistanceRule {
    @Override
    public double queryPosition(int i) {
      return distance;
    }

    @Override
    public KeyPositions keys() {
      return KeyPositions.ZERO;
    }

    @Override
    public double effectiveDistance(int i, int j) {
      return distance;
    }
  }

  /**
   * Positions in groups: {@code d = ⌊i/group⌋ + shift − ⌊j/group⌋}.
   *
   * @param keys the groups
   * @param shift added to every distance
   */
  record Grouped(KeyPositions.Grouped keys, int shift) implements DistanceRule {
    @Override
    public double queryPosition(int i) {
      return keys.at(i) + shift;
    }

    @Override
    public double effectiveDistance(int i, int j) {
      return queryPosition(i) - keys.at(j);
    }
  }

  /**
   * Distances past {@code from} grow more slowly: {@code d = from + (i − j − from) / factor}.
   *
   * @param keys how much more slowly
   * @param from the distance that stays
   */
  record Stretched(KeyPositions.Stretched keys, int from) implements DistanceRule {
    @Override
    public double queryPosition(int i) {
      return ((double) i - from) / keys.factor() + from;
    }

    /** Exact where it is whole; the difference of two rounded fractions is not. */
    @Override
    public double effectiveDistance(int i, int j) {
      return ((double) i - j - from) / keys.factor() + from;
    }
  }

  /**
   * Positions that restart in every chunk: {@code d = min(i mod chunk + offset, last) − j mod
   * chunk}.
   *
   * @param keys the chunks
   * @param offset where the query's chunk begins, seen from the keys' chunk
   * @param last the greatest position of a query
   */
  record InChunks(KeyPositions.InChunk keys, int offset, int last) implements DistanceRule {
    @Override
    public double queryPosition(int i) {
      return Math.min(keys.at(i) + offset, last);
    }

    @Override
    public double effectiveDistance(int i, int j) {
      return queryPosition(i) - keys.at(j);
    }
  }
}
