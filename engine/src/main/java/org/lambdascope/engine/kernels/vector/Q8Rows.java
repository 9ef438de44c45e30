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
    requireBytes(w.byteSize(), (row + 1L) * rowBytes);
    long block = row * rowBytes + (long) BYTES * (column / BLOCK);
    for (int k = 0; k < n; k += BLOCK, block += BYTES) {
      float scale = scale(w, block);
      for (int j = 0; j < BLOCK; j += Lanes.N) {
        load(w, block + 2 + j).mul(scale).intoArray(out, outOffset + k + j);
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
    FloatVector sum = load(w, at + 2).mul(FloatVector.fromArray(Lanes.F, x, k));
    for (int j = Lanes.N; j < BLOCK; j += Lanes.N) {
      sum = load(w, at + 2 + j).fma(FloatVector.fromArray(Lanes.F, x, k + j), sum);
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
      FloatVector weights = load(w, at + 2);
      FloatVector block = weights.mul(FloatVector.fromArray(Lanes.F, x, k));
      FloatVector secondBlock = weights.mul(FloatVector.fromArray(Lanes.F, x, k + columns));
      for (int j = Lanes.N; j < BLOCK; j += Lanes.N) {
        weights = load(w, at + 2 + j);
        block = weights.fma(FloatVector.fromArray(Lanes.F, x, k + j), block);
        secondBlock = weights.fma(FloatVector.fromArray(Lanes.F, x, k + columns + j), secondBlock);
      }
      FloatVector scale = FloatVector.broadcast(Lanes.F, scale(w, at));
      sum = block.fma(scale, sum);
      second = secondBlock.fma(scale, second);
    }
    sum.intoArray(out, outOffset);
    second.intoArray(out, secondOffset);
  }
}
