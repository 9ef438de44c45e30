package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Weights that are multiplied straight from where they lie, or in F16 by the processor's own
 * conversion. All others are dequantised to an array and multiplied from there.
 *
 * <p>One row after another, so that memory is read in one stream: four rows at once share the loads
 * of x and are quicker from the cache, but from memory the processor follows four short streams
 * more slowly than one long one.
 */
abstract sealed class DirectRows extends WeightRows
    permits F32Rows, F16Rows, Bf16Rows, Q8Rows, Q4Rows, Q4KRows, Q6KRows {

  DirectRows(Tensor weight) {
    super(weight);
  }

  /** {@code y[yOffset + row] = W[row] · x} for {@code from ≤ row < to}. */
  final void multiply(
      int from, int to, float[] x, int xOffset, float[] y, int yOffset, Scratch scratch) {
    float[] lanes = scratch.lanes((to - from) * Lanes.N);
    lanes(from, to, x, xOffset, lanes, scratch);
    for (int row = from; row < to; row++) {
      y[yOffset + row] = Lanes.sum(FloatVector.fromArray(Lanes.F, lanes, (row - from) * Lanes.N));
    }
  }

  /**
   * Multiplies but for the last sums, which {@link #multiply} forms: with these in it too, the
   * method of a row is more than the compiler inlines, and its vectors go through the heap.
   *
   * @param out {@code [to − from, Lanes.N]}: lanes whose sum is {@code W[row] · x}; overwritten
   */
  abstract void lanes(int from, int to, float[] x, int xOffset, float[] out, Scratch scratch);
}
