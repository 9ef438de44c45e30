package org.lambdascope.engine.attention;

/** The positions that a span gives its keys: those that their cached copy is rotated to. */
public sealed interface KeyPositions {

  /** Every key at its own position. */
  KeyPositions OWN = new Own();

  /** Every key at position 0: un-rotated. */
  KeyPositions ZERO = new Zero();

  /** The position of key {@code j ≥ 0}. */
  double at(int j);

  /**
   * The key from which on positions no longer continue the line through keys {@code j} and {@code j
   * + 1}; above {@code j}.
   */
  int lineEnd(int j);

  /** {@code j}. */
  record Own() implements KeyPositions {
    @Override
    public double at(int j) {
      return j;
    }

    @Override
    public int lineEnd(int j) {
      return Edge.UNBOUNDED;
    }
  }

  /** 0. */
  record Zero() implements KeyPositions {
    @Override
    public double at(int j) {
      return 0;
    }

    @Override
    public int lineEnd(int j) {
      return Edge.UNBOUNDED;
    }
  }

  /**
   * {@code ⌊j / group⌋}: keys of a group share a position.
   *
   * @param group at least 1
   */
  record Grouped(int group) implements KeyPositions {
    @Override
    public double at(int j) {
      return Math.floorDiv(j, group);
    }

    @Override
    public int lineEnd(int j) {
      return j - j % group + group;
    }
  }

  /**
   * {@code j / factor}, a fraction.
   *
   * @param factor at least 1
   */
  record Stretched(int factor) implements KeyPositions {
    @Override
    public double at(int j) {
      return (double) j / factor;
    }

    @Override
    public int lineEnd(int j) {
      return Edge.UNBOUNDED;
    }
  }

  /**
   * {@code j mod chunk}.
   *
   * @param chunk at least 1
   */
  record InChunk(int chunk) implements KeyPositions {
    @Override
    public double at(int j) {
      return j % chunk;
    }

    @Override
    public int lineEnd(int j) {
      return j - j % chunk + chunk;
    }
  }
}
