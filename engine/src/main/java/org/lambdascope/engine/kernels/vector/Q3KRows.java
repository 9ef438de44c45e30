package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in blocks of 256: 2 bits per element and a third elsewhere, 16 scales of 6 bits. */
final class Q3KRows extends WeightRows {

  private static final int BLOCK = 256;
  private static final int BYTES = 110;
  private static final int PART = 16;

  Q3KRows(Tensor weight) {
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
    float scales = Unpack.half(w, block + 108);
    for (int part = 0; part < BLOCK / PART; part++) {
      long beside = (long) PART * (part % 2);
      Unpack.runWithUpper(
          w,
          block + 32 + 32L * (part / 8) + beside,
          2 * (part % 8 / 2),
          3,
          block + beside,
          part / 2,
          1,
          2,
          4,
          scales * (scale(block + 96, part) - 32),
          0,
          out,
          at + PART * part,
          PART);
    }
  }

  /** Six bits: the lower four of 16 parts in 8 bytes, the upper two in the 4 bytes after them. */
  private int scale(long scales, int part) {
    int low = data.get(ValueLayout.JAVA_BYTE, scales + part % 8) >> (4 * (part / 8));
    int high = data.get(ValueLayout.JAVA_BYTE, scales + 8 + part % 4) >> (2 * (part / 4));
    return (low & 15) | (high & 3) << 4;
  }
}
