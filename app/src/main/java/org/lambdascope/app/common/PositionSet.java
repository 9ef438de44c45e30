package org.lambdascope.app.common;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Some positions of a text. Immutable. */
public final class PositionSet {

  /** No position. */
  public static final PositionSet NONE = new PositionSet(new int[0]);

  private final int[] sorted;

  private PositionSet(int[] sorted) {
    this.sorted = sorted;
  }

  /** A set of these positions. */
  public static PositionSet of(IntStream positions) {
    return new PositionSet(positions.distinct().sorted().toArray());
  }

  /** Whether a position is among them. */
  public boolean contains(int position) {
    return Arrays.binarySearch(sorted, position) >= 0;
  }

  /** How many there are. */
  public int size() {
    return sorted.length;
  }

  /** The positions, ascending. */
  public IntStream stream() {
    return IntStream.of(sorted);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PositionSet set && Arrays.equals(sorted, set.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return Arrays.toString(sorted);
  }
}
