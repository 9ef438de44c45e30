package org.lambdascope.engine.kernels.vector;

import org.lambdascope.engine.tensor.Tensor;

/**
 * Weights that are multiplied straight from where they lie. All others are dequantised to an array
 * and multiplied from there: widening one vector of them takes so many operations that the compiler
 * would not inline it four times, and vectors would go through the heap.
 */
abstract sealed class DirectRows extends WeightRows permits F32Rows, Bf16Rows, Q8Rows {

  DirectRows(Tensor weight) {
    super(weight);
  }

  /** {@code y[yOffset + row] = W[row] · x} for {@code from ≤ row < to}. */
  abstract void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset);
}
