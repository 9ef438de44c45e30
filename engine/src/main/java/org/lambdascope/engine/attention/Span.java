package org.lambdascope.engine.attention;

/**
 * A range of keys that share a distance rule: query {@code i} sees keys {@code from.at(i) ≤ j <
 * to.at(i)}; empty when {@code from ≥ to}.
 *
 * @param from first key
 * @param to one past the last key
 * @param distance the distance at which they appear
 * @param branch the branch they belong to
 */
public record Span(Edge from, Edge to, DistanceRule distance, Branch branch) {

  /** Number of keys that query {@code i} sees through this span. */
  public int size(int i) {
    return Math.max(0, to.at(i) - from.at(i));
  }

  /** Whether query {@code i} reads the same keys through another span, encoded alike. */
  boolean readsAlike(Span other, int i) {
    return branch == other.branch
        && from.at(i) == other.from.at(i)
        && to.at(i) == other.to.at(i)
        && distance.keys().equals(other.distance.keys())
        && distance.queryPosition(i) == other.distance.queryPosition(i);
  }
}
