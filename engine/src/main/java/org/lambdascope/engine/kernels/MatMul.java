package org.lambdascope.engine.kernels;

/**
 * One weight matrix bound to the kernel for its data type: {@code y = x · Wᵀ}, with {@code W} of
 * shape {@code [outFeatures, inFeatures]}. Thread-safe.
 */
public interface MatMul {

  /** Columns of {@code W}. */
  int inFeatures();

  /** Rows of {@code W}. */
  int outFeatures();

  /**
   * Multiplies.
   *
   * @param x activations {@code [rows, inFeatures]}, from {@code xOffset}
   * @param rows number of rows, at least 1
   * @param y results {@code [rows, outFeatures]}, from {@code yOffset}; overwritten
   * @param team threads to use
   */
  void apply(float[] x, int xOffset, int rows, float[] y, int yOffset, ThreadTeam team);

  /**
   * Reads one row of {@code W} as floats, such as an embedding.
   *
   * @param out {@code [inFeatures]}, from {@code outOffset}; overwritten
   * @throws IndexOutOfBoundsException if there is no such row
   */
  void readRow(int row, float[] out, int outOffset);
}
