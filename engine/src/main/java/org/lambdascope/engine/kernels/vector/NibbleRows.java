package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Weights in blocks of 32 that end with 16 bytes of nibbles, low ones first, after what differs:
 * Q4_1 has scale and minimum, Q5_0 scale and fifth bits, Q5_1 all three, IQ4_NL a scale of levels.
 */
final class NibbleRows extends WeightRows {

  private static final int BLOCK = 32;
  private static final int HALF = 16;

  private static final IntVector LANE = Lanes.ramp(0, 1);

  private static final float[] LEVELS = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private final int bytes;
  private final boolean levels;
  private final int minAt;
  private final int fifthAt;
  private final int offset;

  NibbleRows(Tensor weight) {
    super(weight);
    bytes = weight.dtype().blockBytes();
    levels = weight.dtype() == DType.IQ4_NL;
    switch (weight.dtype()) {
      case Q4_1 -> {
        minAt = 2;
        fifthAt = 0;
        offset = 0;
      }
      case Q5_0 -> {
        minAt = 0;
        fifthAt = 2;
        offset = 16;
      }
      case Q5_1 -> {
        minAt = 2;
        fifthAt = 4;
        offset = 0;
      }
      default -> {
        minAt = 0;
        fifthAt = 0;
        offset = 0;
      }
    }
  }

  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    long block = row * rowBytes + (long) bytes * (column / BLOCK);
    for (int k = 0; k < n; k += BLOCK, block += bytes) {
      if (levels) {
        readLevels(block, out, outOffset + k);
      } else {
        readBlock(block, out, outOffset + k);
      }
    }
  }

  private void readBlock(long block, float[] out, int at) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), block + bytes);
    float scale = Unpack.half(w, block);
    // Subtracting the negative is adding, to the last bit; so one kernel serves types with and
    // without a minimum.
    float min = minAt == 0 ? 0 : -Unpack.half(w, block + minAt);
    int fifths = fifthAt == 0 ? 0 : w.get(INT, block + fifthAt);
    long nibbles = block + bytes - HALF;
    for (int j = 0; j < HALF; j += Lanes.N) {
      IntVector pairs = Unpack.bytes(w, nibbles + j);
      IntVector low = pairs.and(15).or(fifth(fifths, j)).sub(offset);
      IntVector high =
          pairs.lanewise(VectorOperators.LSHR, 4).and(15).or(fifth(fifths, j + HALF)).sub(offset);
      Unpack.scaled(low, scale, min).intoArray(out, at + j);
      Unpack.scaled(high, scale, min).intoArray(out, at + j + HALF);
    }
  }

  /** Bit {@code first + lane} of every lane, as the fifth. */
  private static IntVector fifth(int bits, int first) {
    return IntVector.broadcast(Lanes.I, bits)
        .lanewise(VectorOperators.LSHR, LANE.add(first))
        .and(1)
        .lanewise(VectorOperators.LSHL, 4);
  }

  private void readLevels(long block, float[] out, int at) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), block + bytes);
    float scale = Unpack.half(w, block);
    for (int j = 0; j < HALF; j++) {
      int pair = w.get(ValueLayout.JAVA_BYTE, block + 2 + j) & 255;
      out[at + j] = scale * LEVELS[pair & 15];
      out[at + j + HALF] = scale * LEVELS[pair >> 4];
    }
  }
}
