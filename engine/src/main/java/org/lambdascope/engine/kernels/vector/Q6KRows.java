package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in blocks of 256: nibbles, the upper 2 bits elsewhere, 16 scales of a signed byte. */
final class Q6KRows extends WeightRows {

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
}
