package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Weights in blocks of 32: a binary16 scale, then 16 bytes; low nibbles are elements 0 to 15, high
 * nibbles 16 to 31, each offset by 8.
 */
final class Q4Rows extends DirectRows {

  private static final int BLOCK = 32;
  private static final int HALF = 16;
  private static final int BYTES = 18;

  /** Floats per block of x in the order of {@link #arrange}. */
  private static final int ARRANGED = 3 * HALF;

  Q4Rows(Tensor weight) {
    super(weight);
  }

  private static float scale(MemorySegment data, long block) {
    return Float.float16ToFloat(data.get(SHORT, block));
  }

  private static FloatVector low(IntVector pairs) {
    return Unpack.whole(pairs.and(15).sub(8));
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
        IntVector pairs = Unpack.bytes(w, block + 2 + j);
        low(pairs).mul(scale).intoArray(out, outOffset + k + j);
        high(pairs).mul(scale).intoArray(out, outOffset + k + j + HALF);
      }
    }
  }

  @Override
  void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset, Scratch scratch) {
    float[] arranged = scratch.arranged(columns / BLOCK * ARRANGED);
    arrange(x, xOffset, arranged);
    for (int row = from; row < to; row++) {
      y[yOffset + row] = dot(row, arranged);
    }
  }

  /**
   * Writes x so that a block takes few operations. Its offset of 8 is {@code −8 · Σ x}, the same
   * for all rows: half a block of it, lane by lane, comes first. Then x for the low nibbles, then
   * for the high ones, which are left where they are, 16 times too large.
   */
  private void arrange(float[] x, int xOffset, float[] out) {
    for (int b = 0; b < columns / BLOCK; b++) {
      for (int j = 0; j < HALF; j += Lanes.N) {
        int k = xOffset + BLOCK * b + j;
        FloatVector low = FloatVector.fromArray(Lanes.F, x, k);
        FloatVector high = FloatVector.fromArray(Lanes.F, x, k + HALF);
        int at = ARRANGED * b + j;
        low.add(high).mul(-8).intoArray(out, at);
        low.intoArray(out, at + HALF);
        high.mul(1f / 16).intoArray(out, at + 2 * HALF);
      }
    }
  }

  /** Two blocks at a time, as two chains of sums. */
  private float dot(int row, float[] x) {
    MemorySegment w = data;
    long start = row * rowBytes;
    int blocks = columns / BLOCK;
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector a1 = a0;
    int b = 0;
    for (; b + 2 <= blocks; b += 2) {
      long at = start + (long) BYTES * b;
      int k = ARRANGED * b;
      a0 = block(w, at, x, k).fma(FloatVector.broadcast(Lanes.F, scale(w, at)), a0);
      a1 =
          block(w, at + BYTES, x, k + ARRANGED)
              .fma(FloatVector.broadcast(Lanes.F, scale(w, at + BYTES)), a1);
    }
    if (b < blocks) {
      long at = start + (long) BYTES * b;
      a0 = block(w, at, x, ARRANGED * b).fma(FloatVector.broadcast(Lanes.F, scale(w, at)), a0);
    }
    return Lanes.sum(a0.add(a1));
  }

  /** A block times its part of x, but for the scale, which is applied once to the sum. */
  private static FloatVector block(MemorySegment w, long at, float[] x, int k) {
    FloatVector sum = FloatVector.zero(Lanes.F);
    for (int j = 0; j < HALF; j += Lanes.N) {
      IntVector pairs = Unpack.bytes(w, at + 2 + j);
      FloatVector part =
          Unpack.whole(pairs.and(0x0f))
              .fma(
                  FloatVector.fromArray(Lanes.F, x, k + HALF + j),
                  FloatVector.fromArray(Lanes.F, x, k + j));
      part =
          Unpack.whole(pairs.and(0xf0))
              .fma(FloatVector.fromArray(Lanes.F, x, k + 2 * HALF + j), part);
      sum = j == 0 ? part : sum.add(part);
    }
    return sum;
  }
}
