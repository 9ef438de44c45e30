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

  /** The nibbles' values, as the bits of floats. */
  private static final IntVector LEVELS = Unpack.whole(Lanes.ramp(-8, 1)).reinterpretAsInts();

  Q4Rows(Tensor weight) {
    super(weight);
  }

  private static float scale(MemorySegment data, long block) {
    return Float.float16ToFloat(data.get(SHORT, block));
  }

  /** Where a vector holds all sixteen values, looking them up takes the fewest operations. */
  private static FloatVector low(IntVector pairs) {
    return Lanes.N == 16
        ? pairs.selectFrom(LEVELS).reinterpretAsFloats()
        : Unpack.whole(pairs.and(15).sub(8));
  }

  private static FloatVector high(IntVector pairs) {
    return low(pairs.lanewise(VectorOperators.LSHR, 4));
  }

  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), (row + 1L) * rowBytes);
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
  void lanes(
      int from, int to, float[] x, int xOffset, float[] out, int outOffset, Scratch scratch) {
    for (int row = from; row < to; row++) {
      lanes(row * rowBytes, x, xOffset, out, outOffset + (row - from) * Lanes.N);
    }
  }

  /** One block at a time: its operations take longer than the one addition to the sum. */
  private void lanes(long start, float[] x, int xOffset, float[] out, int outOffset) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), start + rowBytes);
    FloatVector sum = FloatVector.zero(Lanes.F);
    for (int b = 0; b < columns / BLOCK; b++) {
      long at = start + (long) BYTES * b;
      sum =
          block(w, at, x, xOffset + BLOCK * b)
              .fma(FloatVector.broadcast(Lanes.F, scale(w, at)), sum);
    }
    sum.intoArray(out, outOffset);
  }

  /** A block times its part of x, but for the scale, which is applied once to the sum. */
  private static FloatVector block(MemorySegment w, long at, float[] x, int k) {
    FloatVector sum = FloatVector.zero(Lanes.F);
    for (int j = 0; j < HALF; j += Lanes.N) {
      IntVector pairs = Unpack.bytes(w, at + 2 + j);
      FloatVector part = low(pairs).mul(FloatVector.fromArray(Lanes.F, x, k + j));
      part = high(pairs).fma(FloatVector.fromArray(Lanes.F, x, k + j + HALF), part);
      sum = j == 0 ? part : sum.add(part);
    }
    return sum;
  }

  @Override
  void lanesOfTwo(int from, int to, float[] x, int xOffset, float[] out, Scratch scratch) {
    for (int row = from; row < to; row++) {
      int at = (row - from) * Lanes.N;
      lanesOfTwo(row * rowBytes, x, xOffset, out, at, at + (to - from) * Lanes.N);
    }
  }

  private void lanesOfTwo(
      long start, float[] x, int xOffset, float[] out, int outOffset, int secondOffset) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), start + rowBytes);
    FloatVector sum = FloatVector.zero(Lanes.F);
    FloatVector second = sum;
    for (int b = 0; b < columns / BLOCK; b++) {
      long at = start + (long) BYTES * b;
      int k = xOffset + BLOCK * b;
      FloatVector block = FloatVector.zero(Lanes.F);
      FloatVector secondBlock = block;
      for (int j = 0; j < HALF; j += Lanes.N) {
        IntVector pairs = Unpack.bytes(w, at + 2 + j);
        FloatVector low = low(pairs);
        FloatVector high = high(pairs);
        FloatVector part = low.mul(FloatVector.fromArray(Lanes.F, x, k + j));
        part = high.fma(FloatVector.fromArray(Lanes.F, x, k + j + HALF), part);
        FloatVector other = low.mul(FloatVector.fromArray(Lanes.F, x, k + columns + j));
        other = high.fma(FloatVector.fromArray(Lanes.F, x, k + columns + j + HALF), other);
        block = j == 0 ? part : block.add(part);
        secondBlock = j == 0 ? other : secondBlock.add(other);
      }
      FloatVector scale = FloatVector.broadcast(Lanes.F, scale(w, at));
      sum = block.fma(scale, sum);
      second = secondBlock.fma(scale, second);
    }
    sum.intoArray(out, outOffset);
    second.intoArray(out, secondOffset);
  }
}
