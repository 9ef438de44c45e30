package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in IEEE 754 binary16. */
final class F16Rows extends DirectRows {

  private static final int BYTES = 2;

  /** Weights that are widened at a time; they and their part of x stay in the L1 cache. */
  private static final int STEP = 2048;

  F16Rows(Tensor weight) {
    super(weight);
  }

  private static float one(MemorySegment data, long at) {
    return Float.float16ToFloat(data.get(SHORT, at));
  }

  /** A plain loop, which the compiler turns into the processor's own conversion. */
  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), (row + 1L) * rowBytes);
    long start = row * rowBytes + (long) BYTES * column;
    for (int k = 0; k < n; k++) {
      out[outOffset + k] = one(w, start + (long) BYTES * k);
    }
  }

  /**
   * By way of an array, since the Vector API has no such conversion. Made of moved bits, a number
   * needs a product that mends its exponent; where a weight is subnormal, that takes Intel's
   * processors a hundred cycles.
   */
  @Override
  void lanes(
      int from, int to, float[] x, int xOffset, float[] out, int outOffset, Scratch scratch) {
    float[] widened = scratch.arranged(Math.min(STEP, columns));
    for (int row = from; row < to; row++) {
      int at = outOffset + (row - from) * Lanes.N;
      for (int k = 0; k < columns; k += STEP) {
        int n = Math.min(STEP, columns - k);
        read(row, k, n, widened, 0);
        lanes(widened, n, x, xOffset + k, out, at, k > 0);
      }
    }
  }

  @Override
  void lanesOfTwo(int from, int to, float[] x, int xOffset, float[] out, Scratch scratch) {
    float[] widened = scratch.arranged(Math.min(STEP, columns));
    for (int row = from; row < to; row++) {
      int at = (row - from) * Lanes.N;
      for (int k = 0; k < columns; k += STEP) {
        int n = Math.min(STEP, columns - k);
        read(row, k, n, widened, 0);
        lanes(widened, n, x, xOffset + k, out, at, k > 0);
        lanes(widened, n, x, xOffset + columns + k, out, at + (to - from) * Lanes.N, k > 0);
      }
    }
  }

  private static void lanes(
      float[] w, int n, float[] x, int xOffset, float[] out, int outOffset, boolean more) {
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector a1 = a0;
    if (more) {
      a0 = FloatVector.fromArray(Lanes.F, out, outOffset);
    }
    int k = 0;
    for (int bound = n - 2 * Lanes.N; k <= bound; k += 2 * Lanes.N) {
      a0 = product(w, k, x, xOffset + k, a0);
      a1 = product(w, k + Lanes.N, x, xOffset + k + Lanes.N, a1);
    }
    if (k + Lanes.N <= n) {
      a0 = product(w, k, x, xOffset + k, a0);
      k += Lanes.N;
    }
    a0.add(a1).intoArray(out, outOffset);
    for (int lane = outOffset; k < n; k++, lane++) {
      out[lane] = Math.fma(w[k], x[xOffset + k], out[lane]);
    }
  }

  private static FloatVector product(float[] w, int k, float[] x, int xOffset, FloatVector sum) {
    return FloatVector.fromArray(Lanes.F, w, k)
        .fma(FloatVector.fromArray(Lanes.F, x, xOffset), sum);
  }
}
