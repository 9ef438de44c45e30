package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in IEEE 754 binary32. */
final class F32Rows extends DirectRows {

  private static final int BYTES = 4;

  F32Rows(Tensor weight) {
    super(weight);
  }

  private static FloatVector load(MemorySegment data, long at) {
    return FloatVector.fromMemorySegment(Lanes.F, data, at, LE);
  }

  private static float one(MemorySegment data, long at) {
    return data.get(FLOAT, at);
  }

  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), (row + 1L) * rowBytes);
    long start = row * rowBytes + (long) BYTES * column;
    int k = 0;
    for (int bound = Lanes.F.loopBound(n); k < bound; k += Lanes.N) {
      load(w, start + (long) BYTES * k).intoArray(out, outOffset + k);
    }
    for (; k < n; k++) {
      out[outOffset + k] = one(w, start + (long) BYTES * k);
    }
  }

  @Override
  void lanes(
      int from, int to, float[] x, int xOffset, float[] out, int outOffset, Scratch scratch) {
    for (int row = from; row < to; row++) {
      lanes(row * rowBytes, x, xOffset, out, outOffset + (row - from) * Lanes.N);
    }
  }

  private void lanes(long start, float[] x, int xOffset, float[] out, int outOffset) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), start + rowBytes);
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector a1 = a0;
    int k = 0;
    for (int bound = columns - 2 * Lanes.N; k <= bound; k += 2 * Lanes.N) {
      long at = start + (long) BYTES * k;
      a0 = load(w, at).fma(FloatVector.fromArray(Lanes.F, x, xOffset + k), a0);
      a1 =
          load(w, at + (long) BYTES * Lanes.N)
              .fma(FloatVector.fromArray(Lanes.F, x, xOffset + k + Lanes.N), a1);
    }
    if (k + Lanes.N <= columns) {
      a0 =
          load(w, start + (long) BYTES * k).fma(FloatVector.fromArray(Lanes.F, x, xOffset + k), a0);
      k += Lanes.N;
    }
    a0.add(a1).intoArray(out, outOffset);
    for (int lane = outOffset; k < columns; k++, lane++) {
      out[lane] = Math.fma(one(w, start + (long) BYTES * k), x[xOffset + k], out[lane]);
    }
  }
}
