package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in blocks of 32: a binary16 scale, then 32 signed bytes. */
final class Q8Rows extends DirectRows {

  private static final int BLOCK = 32;
  private static final int BYTES = 34;

  /** Left shifts that bring byte {@code i} of an int to the top, at four lanes. */
  private static final IntVector TO_TOP = Lanes.ramp(24, -8);

  Q8Rows(Tensor weight) {
    super(weight);
  }

  private static float scale(MemorySegment data, long block) {
    return Float.float16ToFloat(data.get(SHORT, block));
  }

  private static FloatVector load(MemorySegment data, long at) {
    if (Lanes.N >= 8) {
      return (FloatVector)
          ByteVector.fromMemorySegment(Lanes.B, data, at, LE).castShape(Lanes.F, 0);
    }
    // Four bytes are less than the smallest vector: spread one int over the lanes instead.
    return (FloatVector)
        IntVector.broadcast(Lanes.I, data.get(INT, at))
            .lanewise(VectorOperators.LSHL, TO_TOP)
            .lanewise(VectorOperators.ASHR, 24)
            .convertShape(VectorOperators.I2F, Lanes.F, 0);
  }

  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    MemorySegment w = data;
    long block = row * rowBytes + (long) BYTES * (column / BLOCK);
    for (int k = 0; k < n; k += BLOCK, block += BYTES) {
      float scale = scale(w, block);
      for (int j = 0; j < BLOCK; j += Lanes.N) {
        load(w, block + 2 + j).mul(scale).intoArray(out, outOffset + k + j);
      }
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
   * Four rows at once share the loads of x. The scale is applied once per block, to the sum, not to
   * each weight.
   */
  private void dot4(int row, float[] x, int xOffset, float[] y, int yOffset) {
    MemorySegment w = data;
    long b0 = row * rowBytes;
    long b1 = b0 + rowBytes;
    long b2 = b1 + rowBytes;
    long b3 = b2 + rowBytes;
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    for (int k = 0; k < columns; k += BLOCK) {
      long at = (long) BYTES * (k / BLOCK);
      FloatVector t0 = FloatVector.zero(Lanes.F);
      FloatVector t1 = t0;
      FloatVector t2 = t0;
      FloatVector t3 = t0;
      for (int j = 0; j < BLOCK; j += Lanes.N) {
        FloatVector v = FloatVector.fromArray(Lanes.F, x, xOffset + k + j);
        long q = at + 2 + j;
        t0 = load(w, b0 + q).fma(v, t0);
        t1 = load(w, b1 + q).fma(v, t1);
        t2 = load(w, b2 + q).fma(v, t2);
        t3 = load(w, b3 + q).fma(v, t3);
      }
      a0 = t0.fma(FloatVector.broadcast(Lanes.F, scale(w, b0 + at)), a0);
      a1 = t1.fma(FloatVector.broadcast(Lanes.F, scale(w, b1 + at)), a1);
      a2 = t2.fma(FloatVector.broadcast(Lanes.F, scale(w, b2 + at)), a2);
      a3 = t3.fma(FloatVector.broadcast(Lanes.F, scale(w, b3 + at)), a3);
    }
    y[yOffset] = Lanes.sum(a0);
    y[yOffset + 1] = Lanes.sum(a1);
    y[yOffset + 2] = Lanes.sum(a2);
    y[yOffset + 3] = Lanes.sum(a3);
  }

  private float dot(int row, float[] x, int xOffset) {
    MemorySegment w = data;
    long block = row * rowBytes;
    FloatVector a = FloatVector.zero(Lanes.F);
    for (int k = 0; k < columns; k += BLOCK, block += BYTES) {
      FloatVector t = FloatVector.zero(Lanes.F);
      for (int j = 0; j < BLOCK; j += Lanes.N) {
        t = load(w, block + 2 + j).fma(FloatVector.fromArray(Lanes.F, x, xOffset + k + j), t);
      }
      a = t.fma(FloatVector.broadcast(Lanes.F, scale(w, block)), a);
    }
    return Lanes.sum(a);
  }
}
