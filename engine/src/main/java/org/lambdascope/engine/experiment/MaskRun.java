package org.lambdascope.engine.experiment;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.DistanceRule;

/**
 * Keys {@code from ≤ j < to} of a text that one query reaches in one way.
 *
 * @param from first key, a position in the text
 * @param to one past the last key
 * @param reach how
 * @param origin position in the text that the arm counts positions from
 * @param rule the distances at which they appear, counted from {@code origin}; null for keys
 *     without a place in the decoder: those of the encoder, and of passages
 */
public record MaskRun(int from, int to, Reach reach, int origin, @Nullable DistanceRule rule) {

  /** Whether it holds a key. */
  public boolean contains(int key) {
    return from <= key && key < to;
  }

  /** The distance at which a key appears to the query; NaN for keys without a place. */
  public double effectiveDistance(int query, int key) {
    return rule == null ? Double.NaN : rule.effectiveDistance(query - origin, key - origin);
  }
}
