package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in blocks of 256: 8 scales and minima of 6 bits, then nibbles; in Q5_K a fifth bit. */
final class Q4KRows extends WeightRows {

  private static final int BLOCK = 256;
  private static final int PART = 32;

  private final boolean fifth;
  private final int bytes;

  Q4KRows(Tensor weight) {
    super(weight);
    fifth = weight.dtype() == DType.Q5_K;
    bytes = weight.dtype().blockBytes();
  }

  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    long block = row * rowBytes + (long) bytes * (column / BLOCK);
    for (int k = 0; k < n; k += BLOCK, block += bytes) {
      readBlock(block, out, outOffset + k);
    }
  }

  private void readBlock(long block, float[] out, int at) {
    MemorySegment w = data;
    float scales = Unpack.half(w, block);
    float mins = Unpack.half(w, block + 2);
    for (int part = 0; part < BLOCK / PART; part++) {
      long quants = block + (fifth ? 48 : 16) + (long) PART * (part / 2);
      int shift = 4 * (part % 2);
      float scale = scales * scale(block + 4, part);
      float min = mins * min(block + 4, part);
      if (fifth) {
        Unpack.runWithUpper(
            w,
            quants,
            shift,
            15,
            block + 16,
            part,
            1,
            4,
            0,
            scale,
            min,
            out,
            at + PART * part,
            PART);
      } else {
        Unpack.run(w, quants, shift, 15, scale, min, out, at + PART * part, PART);
      }
    }
  }

  /** Six bits: in 4 bytes those of the first parts; of the others, the upper two are above them. */
  private int scale(long scales, int part) {
    return part < 4
        ? unsigned(scales + part) & 63
        : (unsigned(scales + 4 + part) & 15) | (unsigned(scales + part - 4) >> 6) << 4;
  }

  private int min(long scales, int part) {
    return part < 4
        ? unsigned(scales + 4 + part) & 63
        : unsigned(scales + 4 + part) >> 4 | (unsigned(scales + part) >> 6) << 4;
  }

  private int unsigned(long at) {
    return data.get(ValueLayout.JAVA_BYTE, at) & 255;
  }
}
