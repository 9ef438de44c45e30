package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in bfloat16. */
final class Bf16Rows extends WeightRows {

  private static final int BYTES = 2;

  Bf16Rows(Tensor weight) {
    super(weight);
  }

  /**
   * The 16 bits become the upper half of a float: sign extension puts bits there that the shift
   * drops.
   */
  static FloatVector widen(ShortVector stored) {
    return stored
        .castShape(Lanes.I, 0)
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, 16)
        .reinterpretAsFloats();
  }

  private static FloatVector load(MemorySegment data, long at) {
    return widen(ShortVector.fromMemorySegment(Lanes.S, data, at, LE));
  }

  private static float one(MemorySegment data, long at) {
    return Float.intBitsToFloat(data.get(SHORT, at) << 16);
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
  void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    int row = from;
    for (; row + 4 <= to; row += 4) {
      dot4(row, x, xOffset, y, yOffset + row);
    }
    for (; row < to; row++) {
      y[yOffset + row] = dot(row, x, xOffset);
    }
  }

  /**
   * Four rows at once: each vector of x is loaded once for four, and four chains of sums hide the
   * latency of the fused multiply-add.
   */
  private void dot4(int row, float[] x, int xOffset, float[] y, int yOffset) {
    MemorySegment w = data;
    long w0 = row * rowBytes;
    long w1 = w0 + rowBytes;
    long w2 = w1 + rowBytes;
    long w3 = w2 + rowBytes;
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    int k = 0;
    for (int bound = Lanes.F.loopBound(columns); k < bound; k += Lanes.N) {
      FloatVector v = FloatVector.fromArray(Lanes.F, x, xOffset + k);
      long at = (long) BYTES * k;
      a0 = load(w, w0 + at).fma(v, a0);
      a1 = load(w, w1 + at).fma(v, a1);
      a2 = load(w, w2 + at).fma(v, a2);
      a3 = load(w, w3 + at).fma(v, a3);
    }
    float s0 = Lanes.sum(a0);
    float s1 = Lanes.sum(a1);
    float s2 = Lanes.sum(a2);
    float s3 = Lanes.sum(a3);
    for (; k < columns; k++) {
      float v = x[xOffset + k];
      long at = (long) BYTES * k;
      s0 = Math.fma(one(w, w0 + at), v, s0);
      s1 = Math.fma(one(w, w1 + at), v, s1);
      s2 = Math.fma(one(w, w2 + at), v, s2);
      s3 = Math.fma(one(w, w3 + at), v, s3);
    }
    y[yOffset] = s0;
    y[yOffset + 1] = s1;
    y[yOffset + 2] = s2;
    y[yOffset + 3] = s3;
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
