package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Weights in blocks of 32: a binary16 scale, then 16 bytes; low nibbles are elements 0 to 15, high
 * nibbles 16 to 31, each offset by 8.
 */
final class Q4Rows extends WeightRows {

  private static final int BLOCK = 32;
  private static final int HALF = 16;
  private static final int BYTES = 18;

  /** Right shifts that bring byte {@code i} of an int to the bottom, at four lanes. */
  private static final IntVector TO_BOTTOM = Lanes.ramp(0, 8);

  Q4Rows(Tensor weight) {
    super(weight);
  }

  private static float scale(MemorySegment data, long block) {
    return Float.float16ToFloat(data.get(SHORT, block));
  }

  /** One byte per lane; bits above the eighth are undefined. */
  private static IntVector pairs(MemorySegment data, long at) {
    if (Lanes.N >= 8) {
      return (IntVector) ByteVector.fromMemorySegment(Lanes.B, data, at, LE).castShape(Lanes.I, 0);
    }
    // Four bytes are less than the smallest vector: spread one int over the lanes instead.
    return IntVector.broadcast(Lanes.I, data.get(INT, at))
        .lanewise(VectorOperators.LSHR, TO_BOTTOM);
  }

  private static FloatVector low(IntVector pairs) {
    return (FloatVector) pairs.and(15).sub(8).convertShape(VectorOperators.I2F, Lanes.F, 0);
  }

  private static FloatVector high(IntVector pairs) {
    return low(pairs.lanewise(VectorOperators.LSHR, 4));
  }

  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    MemorySegment w = data;
    long block = row * rowBytes + (long) BYTES * (column / BLOCK);
    for (int k = 0; k < n; k += BLOCK, block += BYTES) {
      float scale = scale(w, block);
      for (int j = 0; j < HALF; j += Lanes.N) {
        IntVector pairs = pairs(w, block + 2 + j);
        low(pairs).mul(scale).intoArray(out, outOffset + k + j);
        high(pairs).mul(scale).intoArray(out, outOffset + k + j + HALF);
      }
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
    long block = row * rowBytes;
    FloatVector a = FloatVector.zero(Lanes.F);
    for (int k = 0; k < columns; k += BLOCK, block += BYTES) {
      FloatVector t = FloatVector.zero(Lanes.F);
      for (int j = 0; j < HALF; j += Lanes.N) {
        IntVector pairs = pairs(w, block + 2 + j);
        t = low(pairs).fma(FloatVector.fromArray(Lanes.F, x, xOffset + k + j), t);
        t = high(pairs).fma(FloatVector.fromArray(Lanes.F, x, xOffset + k + j + HALF), t);
      }
      a = t.fma(FloatVector.broadcast(Lanes.F, scale(w, block)), a);
    }
    return Lanes.sum(a);
  }
}
