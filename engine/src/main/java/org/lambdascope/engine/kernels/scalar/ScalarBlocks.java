package org.lambdascope.engine.kernels.scalar;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.lambdascope.engine.tensor.DType;

/**
 * What one element of a quantised block stands for, by the definition of its type. Source: the
 * layouts and {@code dequantize_row_*} functions of ggml, to whose bits the results are equal: each
 * product and each difference is rounded to float.
 */
final class ScalarBlocks {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The levels of {@link DType#IQ4_NL}, denser about zero, where most weights are. */
  private static final int[] LEVELS = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private ScalarBlocks() {}

  /**
   * One element.
   *
   * @param dtype a type of more than one element per block
   * @param w the bytes
   * @param block where the block begins
   * @param k the element, {@code 0 ≤ k < blockSize}
   */
  static float element(DType dtype, MemorySegment w, long block, int k) {
    return switch (dtype) {
      case Q8_0 -> half(w, block) * signed(w, block + 2 + k);
      case Q4_0 -> half(w, block) * (nibble(w, block + 2, k) - 8);
      case Q4_1 -> half(w, block) * nibble(w, block + 4, k) + half(w, block + 2);
      case Q5_0 -> half(w, block) * ((nibble(w, block + 6, k) | fifth(w, block + 2, k)) - 16);
      case Q5_1 ->
          half(w, block) * (nibble(w, block + 8, k) | fifth(w, block + 4, k)) + half(w, block + 2);
      case IQ4_NL -> half(w, block) * LEVELS[nibble(w, block + 2, k)];
      case Q2_K -> q2(w, block, k);
      case Q3_K -> q3(w, block, k);
      case Q4_K, Q5_K -> q45(dtype, w, block, k);
      case Q6_K -> q6(w, block, k);
      case F32, F16, BF16 -> throw new IllegalArgumentException("expected blocks, found " + dtype);
    };
  }

  private static float q2(MemorySegment w, long block, int k) {
    int part = unsigned(w, block + k / 16);
    int quant = twoBits(w, block + 16, k);
    float scale = half(w, block + 80) * (part & 15);
    float min = half(w, block + 82) * (part >> 4);
    return scale * quant - min;
  }

  private static float q3(MemorySegment w, long block, int k) {
    int third = (unsigned(w, block + k % 32) >> (k / 32)) & 1;
    int quant = (twoBits(w, block + 32, k) | third << 2) - 4;
    return half(w, block + 108) * (q3Scale(w, block + 96, k / 16) - 32) * quant;
  }

  /** Six bits: the lower four of 16 parts in 8 bytes, the upper two in the 4 bytes after them. */
  private static int q3Scale(MemorySegment w, long scales, int part) {
    int low = unsigned(w, scales + part % 8) >> (4 * (part / 8));
    int high = unsigned(w, scales + 8 + part % 4) >> (2 * (part / 4));
    return (low & 15) | (high & 3) << 4;
  }

  private static float q45(DType dtype, MemorySegment w, long block, int k) {
    boolean fifth = dtype == DType.Q5_K;
    int part = k / 32;
    long nibbles = block + (fifth ? 48 : 16) + 32L * (k / 64);
    int quant = (unsigned(w, nibbles + k % 32) >> (4 * (part % 2))) & 15;
    if (fifth) {
      quant |= ((unsigned(w, block + 16 + k % 32) >> part) & 1) << 4;
    }
    float scale = half(w, block) * q45Scale(w, block + 4, part);
    float min = half(w, block + 2) * q45Min(w, block + 4, part);
    return scale * quant - min;
  }

  /** Six bits: in 4 bytes those of the first parts; of the others, the upper two are above them. */
  private static int q45Scale(MemorySegment w, long scales, int part) {
    return part < 4
        ? unsigned(w, scales + part) & 63
        : (unsigned(w, scales + 4 + part) & 15) | (unsigned(w, scales + part - 4) >> 6) << 4;
  }

  private static int q45Min(MemorySegment w, long scales, int part) {
    return part < 4
        ? unsigned(w, scales + 4 + part) & 63
        : unsigned(w, scales + 4 + part) >> 4 | (unsigned(w, scales + part) >> 6) << 4;
  }

  private static float q6(MemorySegment w, long block, int k) {
    int half = k / 128;
    int within = k % 128;
    int low = unsigned(w, block + 64L * half + within % 64) >> (4 * (within / 64));
    int high = unsigned(w, block + 128 + 32L * half + within % 32) >> (2 * (within / 32));
    int quant = ((low & 15) | (high & 3) << 4) - 32;
    return half(w, block + 208) * signed(w, block + 192 + k / 16) * quant;
  }

  /** 2 bits per element: 32 bytes hold 128 elements, the first 32 of them at the bottom. */
  private static int twoBits(MemorySegment w, long at, int k) {
    return (unsigned(w, at + 32L * (k / 128) + k % 32) >> (2 * (k % 128 / 32))) & 3;
  }

  /** 16 bytes hold 32 elements, the first 16 of them at the bottom. */
  private static int nibble(MemorySegment w, long at, int k) {
    return (unsigned(w, at + k % 16) >> (4 * (k / 16))) & 15;
  }

  private static int fifth(MemorySegment w, long at, int k) {
    return ((w.get(INT, at) >>> k) & 1) << 4;
  }

  private static float half(MemorySegment w, long at) {
    return Float.float16ToFloat(w.get(SHORT, at));
  }

  private static int signed(MemorySegment w, long at) {
    return w.get(ValueLayout.JAVA_BYTE, at);
  }

  private static int unsigned(MemorySegment w, long at) {
    return w.get(ValueLayout.JAVA_BYTE, at) & 255;
  }
}
