package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in IEEE 754 binary16. */
final class F16Rows extends WeightRows {

  private static final int BYTES = 2;

  F16Rows(Tensor weight) {
    super(weight);
  }

  /** What the exponent gains between the biases 15 and 127. */
  private static final int REBIAS = (127 - 15) << 23;

  /**
   * Widens by integer arithmetic. A subnormal gets the exponent of the smallest normal number, and
   * the leading one that this implies is subtracted again, so no float operation meets a subnormal
   * (many processors are slow at that).
   */
  static FloatVector widen(ShortVector stored) {
    IntVector half = stored.castShape(Lanes.I, 0).reinterpretAsInts();
    IntVector magnitude = half.and(0x7fff).lanewise(VectorOperators.LSHL, 13);
    IntVector sign = half.and(0x80000000); // sign extension has put it there
    IntVector normal = magnitude.add(REBIAS);
    IntVector subnormal =
        normal.add(1 << 23).reinterpretAsFloats().sub(0x1p-14f).reinterpretAsInts();
    IntVector special = normal.add(REBIAS);
    return normal
        .blend(subnormal, magnitude.compare(VectorOperators.LT, 1 << 23))
        .blend(special, magnitude.compare(VectorOperators.GE, 31 << 23))
        .or(sign)
        .reinterpretAsFloats();
  }

  private static FloatVector load(MemorySegment data, long at) {
    return widen(ShortVector.fromMemorySegment(Lanes.S, data, at, LE));
  }

  private static float one(MemorySegment data, long at) {
    return Float.float16ToFloat(data.get(SHORT, at));
  }

  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    MemorySegment w = data;
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
  boolean unpacksFirst() {
    return true;
  }

  @Override
  void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    for (int row = from; row < to; row++) {
      y[yOffset + row] = dot(row, x, xOffset);
    }
  }

  private float dot(int row, float[] x, int xOffset) {
    MemorySegment w = data;
    long start = row * rowBytes;
    FloatVector a = FloatVector.zero(Lanes.F);
    int k = 0;
    for (int bound = Lanes.F.loopBound(columns); k < bound; k += Lanes.N) {
      a = load(w, start + (long) BYTES * k).fma(FloatVector.fromArray(Lanes.F, x, xOffset + k), a);
    }
    float sum = Lanes.sum(a);
    for (; k < columns; k++) {
      sum = Math.fma(one(w, start + (long) BYTES * k), x[xOffset + k], sum);
    }
    return sum;
  }
}
