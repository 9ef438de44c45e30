package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in IEEE 754 binary16. */
final class F16Rows extends DirectRows {

  private static final int BYTES = 2;

  /** What the exponents of the two formats differ by: 2^(127 − 15). */
  private static final float REBIAS = 0x1p112f;

  /** Where infinities and NaNs begin, once they were taken for numbers. */
  private static final float BEYOND = 0x1p16f;

  private static final int SPECIAL_EXPONENT = 0x7f80_0000;

  F16Rows(Tensor weight) {
    super(weight);
  }

  /**
   * By bits, since the Vector API has no such conversion: sign, exponent and fraction move to their
   * places in a float, which makes a number 2^112 times too small, subnormal ones too.
   */
  private static FloatVector load(MemorySegment data, long at) {
    IntVector moved =
        ShortVector.fromMemorySegment(Lanes.S, data, at, LE)
            .castShape(Lanes.I, 0)
            .reinterpretAsInts()
            .lanewise(VectorOperators.LSHL, 13)
            .and(0x8fff_e000);
    FloatVector number = moved.reinterpretAsFloats().mul(REBIAS);
    return number
        .reinterpretAsInts()
        .lanewise(
            VectorOperators.OR,
            SPECIAL_EXPONENT,
            number.abs().compare(VectorOperators.GE, BEYOND).cast(Lanes.I))
        .reinterpretAsFloats();
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

  @Override
  void lanes(int from, int to, float[] x, int xOffset, float[] out, Scratch scratch) {
    for (int row = from; row < to; row++) {
      lanes(row * rowBytes, x, xOffset, out, (row - from) * Lanes.N);
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
