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

  /**
   * {@code y[yOffset + r · rows + row] = W[row] · x[r]} for {@code from ≤ row < to}, {@code 0 ≤ r <
   * count}.
   *
   * @param x {@code [count, columns]}, from {@code xOffset}
   */
  final void multiply(
      int from,
      int to,
      float[] x,
      int xOffset,
      int count,
      float[] y,
      int yOffset,
      Scratch scratch) {
    int n = to - from;
    float[] lanes = scratch.lanes(2 * n * Lanes.N);
    int r = 0;
    for (; r + 2 <= count; r += 2) {
      lanesOfTwo(from, to, x, xOffset + r * columns, lanes, scratch);
      fold(lanes, 0, n, y, yOffset + r * rows + from);
      fold(lanes, n, n, y, yOffset + (r + 1) * rows + from);
    }
    if (r < count) {
      lanes(from, to, x, xOffset + r * columns, lanes, 0, scratch);
      fold(lanes, 0, n, y, yOffset + r * rows + from);
    }
  }

  private static void fold(float[] lanes, int first, int n, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Lanes.sum(FloatVector.fromArray(Lanes.F, lanes, (first + i) * Lanes.N));
    }
  }

  /**
   * Multiplies but for the last sums, which {@link #multiply} forms: with these in it too, the
   * method of a row is more than the compiler inlines, and its vectors go through the heap.
   *
   * @param out {@code [to − from, Lanes.N]}, from {@code outOffset}: lanes whose sum is {@code
   *     W[row] · x}; overwritten
   */
  abstract void lanes(
      int from, int to, float[] x, int xOffset, float[] out, int outOffset, Scratch scratch);

  /**
   * {@link #lanes} of two rows of x, to the same bits. Types whose weights take time to widen do so
   * once for both.
   *
   * @param x {@code [2, columns]}
   * @param out {@code [2, to − from, Lanes.N]}; overwritten
   */
  void lanesOfTwo(int from, int to, float[] x, int xOffset, float[] out, Scratch scratch) {
    lanes(from, to, x, xOffset, out, 0, scratch);
    lanes(from, to, x, xOffset + columns, out, (to - from) * Lanes.N, scratch);
  }
}
