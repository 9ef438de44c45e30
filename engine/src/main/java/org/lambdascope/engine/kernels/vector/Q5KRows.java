package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in blocks of 256: 8 scales and minima of 6 bits, fifth bits, then nibbles. */
final class Q5KRows extends WeightRows {

  private static final int BLOCK = 256;
  private static final int BYTES = 176;
  private static final int PART = 32;

  Q5KRows(Tensor weight) {
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
    for (int part = 0; part < BLOCK / PART; part++) {
      Unpack.runWithUpper(
          w,
          block + 48 + (long) PART * (part / 2),
          4 * (part % 2),
          15,
          block + 16,
          part,
          1,
          4,
          0,
          scale * SixBitScales.part(scales, part),
          min * SixBitScales.part(minima, part),
          out,
          at + PART * part,
          PART);
    }
  }
}
