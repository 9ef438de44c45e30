package org.lambdascope.engine.kernels.vector;

import org.lambdascope.engine.tensor.Tensor;

/**
 * Weights that are multiplied straight from where they lie. All others are dequantised to an array
 * and multiplied from there.
 *
 * <p>One row after another, so that memory is read in one stream: four rows at once share the loads
 * of x and are quicker from the cache, but from memory the processor follows four short streams
 * more slowly than one long one.
 */
abstract sealed class DirectRows extends WeightRows
    permits F32Rows, Bf16Rows, Q8Rows, Q4Rows, Q4KRows, Q6KRows {

  DirectRows(Tensor weight) {
    super(weight);
  }

  /** {@code y[yOffset + row] = W[row] · x} for {@code from ≤ row < to}. */
  abstract void multiply(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset, Scratch scratch);
}
