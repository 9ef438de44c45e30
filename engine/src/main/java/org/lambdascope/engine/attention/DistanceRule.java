package org.lambdascope.engine.attention;

/** Which effective distance the positional encoding is given for a query and a key of one span. */
public sealed interface DistanceRule {

  /** Effective distance = raw distance: {@code d = i − j}. */
  DistanceRule RAW = new FromQueryPosition(Edge.following(0));

  /** The effective distance of query {@code i} and key {@code j ≤ i}. */
  double effectiveDistance(int i, int j);

  /**
   * The position that the query is given, with keys at {@code j}, or at 0 if {@link
   * #keysUnrotated()}. The effective distance is the difference of the two.
   */
  int queryPosition(int i);

  /** Whether the span reads keys without rotation. */
  boolean keysUnrotated();

  /**
   * Keys stand at their own positions and the query at {@code queryPosition(i)}: {@code d =
   * queryPosition(i) − j}.
   */
  record FromQueryPosition(Edge position) implements DistanceRule {
    @Override
    public double effectiveDistance(int i, int j) {
      return position.at(i) - j;
    }

    @Override
    public int queryPosition(int i) {
      return position.at(i);
    }

    @Override
    public boolean keysUnrotated() {
      return false;
    }
  }

  /** Every key of the span appears at one distance, so keys stay un-rotated. */
  record Constant(int distance) implements DistanceRule {
    @Override
    public double effectiveDistance(int i, int j) {
      return distance;
    }

    @Override
    public int queryPosition(int i) {
      return distance;
    }

    @Override
    public boolean keysUnrotated() {
      return true;
    }
  }
}
