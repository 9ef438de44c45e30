package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in blocks of 256: 8 scales and minima of 6 bits, then nibbles. */
final class Q4KRows extends DirectRows {

  private static final int BLOCK = 256;
  private static final int BYTES = 144;
  private static final int PART = 32;
  private static final int PARTS = BLOCK / PART;

  /** Floats per block of x in the order of {@link #arrange}. */
  private static final int ARRANGED = BLOCK + PARTS;

  Q4KRows(Tensor weight) {
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
    float scale = Unpack.half(w, block);
    float min = Unpack.half(w, block + 2);
    long scales = SixBitScales.scales(w, block + 4);
    long minima = SixBitScales.minima(w, block + 4);
    for (int part = 0; part < PARTS; part++) {
      Unpack.run(
          w,
          block + 16 + (long) PART * (part / 2),
          4 * (part % 2),
          15,
          scale * SixBitScales.part(scales, part),
          min * SixBitScales.part(minima, part),
          out,
          at + PART * part,
          PART);
    }
  }

  @Override
  void lanes(
      int from, int to, float[] x, int xOffset, float[] out, int outOffset, Scratch scratch) {
    float[] arranged = scratch.arranged(columns / BLOCK * ARRANGED);
    for (int b = 0; b < columns / BLOCK; b++) {
      arrange(x, xOffset + BLOCK * b, arranged, ARRANGED * b);
    }
    for (int row = from; row < to; row++) {
      lanes(row * rowBytes, arranged, out, outOffset + (row - from) * Lanes.N);
    }
  }

  /**
   * Writes a block of x so that its product takes few operations: for high nibbles, which are left
   * where they are, 16 times smaller, and behind all the sum of each part, which minima are
   * multiplied with.
   */
  private static void arrange(float[] x, int from, float[] out, int at) {
    for (int part = 0; part < PARTS; part++) {
      float factor = part % 2 == 0 ? 1 : 1f / 16;
      FloatVector sum = FloatVector.zero(Lanes.F);
      for (int j = PART * part; j < PART * (part + 1); j += Lanes.N) {
        FloatVector v = FloatVector.fromArray(Lanes.F, x, from + j);
        sum = sum.add(v);
        v.mul(factor).intoArray(out, at + j);
      }
      out[at + BLOCK + part] = Lanes.sum(sum);
    }
  }

  private void lanes(long start, float[] x, float[] out, int outOffset) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), start + rowBytes);
    FloatVector even = FloatVector.zero(Lanes.F);
    FloatVector odd = even;
    float least = 0;
    for (int b = 0; b < columns / BLOCK; b++) {
      long block = start + (long) BYTES * b;
      int k = ARRANGED * b;
      float scale = Unpack.half(w, block);
      long scales = SixBitScales.scales(w, block + 4);
      for (int pair = 0; pair < PARTS / 2; pair++) {
        long quants = block + 16 + (long) PART * pair;
        int low = k + 2 * PART * pair;
        FloatVector lows = FloatVector.zero(Lanes.F);
        FloatVector highs = lows;
        for (int j = 0; j < PART; j += Lanes.N) {
          IntVector pairs = Unpack.bytes(w, quants + j);
          lows =
              Unpack.whole(pairs.and(0x0f)).fma(FloatVector.fromArray(Lanes.F, x, low + j), lows);
          highs =
              Unpack.whole(pairs.and(0xf0))
                  .fma(FloatVector.fromArray(Lanes.F, x, low + PART + j), highs);
        }
        float evenScale = scale * SixBitScales.part(scales, 2 * pair);
        float oddScale = scale * SixBitScales.part(scales, 2 * pair + 1);
        even = lows.fma(FloatVector.broadcast(Lanes.F, evenScale), even);
        odd = highs.fma(FloatVector.broadcast(Lanes.F, oddScale), odd);
      }
      least = Math.fma(Unpack.half(w, block + 2), minima(w, block, x, k + BLOCK), least);
    }
    even.add(odd).intoArray(out, outOffset);
    out[outOffset] -= least;
  }

  private static float minima(MemorySegment w, long block, float[] x, int sums) {
    long minima = SixBitScales.minima(w, block + 4);
    float least = 0;
    for (int part = 0; part < PARTS; part++) {
      least = Math.fma(SixBitScales.part(minima, part), x[sums + part], least);
    }
    return least;
  }
}
