package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in blocks of 256: 16 bytes of scales and minima, then 2 bits per element. */
final class Q2KRows extends WeightRows {

  private static final int BLOCK = 256;
  private static final int BYTES = 84;
  private static final int PART = 16;

  Q2KRows(Tensor weight) {
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
    float scales = Unpack.half(w, block + 80);
    float mins = Unpack.half(w, block + 82);
    for (int part = 0; part < BLOCK / PART; part++) {
      int both = w.get(ValueLayout.JAVA_BYTE, block + part) & 255;
      // Eight parts share 32 bytes, two side by side and four on top of each other.
      long quants = block + 16 + 32L * (part / 8) + (long) PART * (part % 2);
      Unpack.run(
          w,
          quants,
          2 * (part % 8 / 2),
          3,
          scales * (both & 15),
          mins * (both >> 4),
          out,
          at + PART * part,
          PART);
    }
  }
}
