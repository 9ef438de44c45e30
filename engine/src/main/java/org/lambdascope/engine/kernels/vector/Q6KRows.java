package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in blocks of 256: nibbles, the upper 2 bits elsewhere, 16 scales of a signed byte. */
final class Q6KRows extends DirectRows {

  private static final int BLOCK = 256;
  private static final int BYTES = 210;
  private static final int PART = 16;

  Q6KRows(Tensor weight) {
    super(weight);
  }

  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    long block = row * rowBytes + (long) BYTES * (column / BLOCK);
    for (int k = 0; k < n; k += BLOCK, block += BYTES) {
      readBlock(block, out, outOffset + k);
    }
  }

  private void readBlock(long block, float[] out, int at) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), block + BYTES);
    float scales = Unpack.half(w, block + 208);
    for (int part = 0; part < BLOCK / PART; part++) {
      int half = part / 8;
      int within = part % 8;
      Unpack.runWithUpper(
          w,
          block + 64L * half + (long) PART * (within % 4),
          4 * (within / 4),
          15,
          block + 128 + 32L * half + (long) PART * (within % 2),
          2 * (within / 2),
          3,
          4,
          32,
          scales * w.get(ValueLayout.JAVA_BYTE, block + 192 + part),
          0,
          out,
          at + PART * part,
          PART);
    }
  }

  @Override
  void lanes(
      int from, int to, float[] x, int xOffset, float[] out, int outOffset, Scratch scratch) {
    for (int row = from; row < to; row++) {
      lanes(row * rowBytes, x, xOffset, out, outOffset + (row - from) * Lanes.N);
    }
  }

  /**
   * Sixteen bytes of nibbles at a time, which hold 16 elements of two parts. Not more of them at
   * once: the compiler would leave calls in the loop, and vectors would go through the heap.
   */
  private void lanes(long start, float[] x, int xOffset, float[] out, int outOffset) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), start + rowBytes);
    FloatVector sum = FloatVector.zero(Lanes.F);
    for (int run = 0; run < columns / 32; run++) {
      long block = start + (long) BYTES * (run / 8);
      int half = run / 4 % 2;
      int second = run / 2 % 2;
      int part = run % 2;
      long nibbles = block + 64L * half + 32L * second + (long) PART * part;
      long upper = block + 128 + 32L * half + (long) PART * part;
      int k = xOffset + BLOCK / 2 * (run / 4) + 32 * second + PART * part;
      FloatVector lows = FloatVector.zero(Lanes.F);
      FloatVector highs = lows;
      for (int j = 0; j < PART; j += Lanes.N) {
        IntVector pairs = Unpack.bytes(w, nibbles + j);
        IntVector bits = Unpack.bytes(w, upper + j).lanewise(VectorOperators.LSHR, 2 * second);
        IntVector low = pairs.and(15).or(bits.and(3).lanewise(VectorOperators.LSHL, 4)).sub(32);
        IntVector high = pairs.lanewise(VectorOperators.LSHR, 4).and(15).or(bits.and(0x30)).sub(32);
        lows = Unpack.whole(low).fma(FloatVector.fromArray(Lanes.F, x, k + j), lows);
        highs = Unpack.whole(high).fma(FloatVector.fromArray(Lanes.F, x, k + 64 + j), highs);
      }
      float scale = Unpack.half(w, block + 208);
      long scales = block + 192 + 8L * half + 2L * second + part;
      sum = lows.fma(scale(w, scales, scale), sum);
      sum = highs.fma(scale(w, scales + 4, scale), sum);
    }
    sum.intoArray(out, outOffset);
  }

  private static FloatVector scale(MemorySegment w, long at, float scale) {
    return FloatVector.broadcast(Lanes.F, scale * w.get(ValueLayout.JAVA_BYTE, at));
  }
}
