package org.lambdascope.engine.tensor;

/**
 * Element types of stored weights. Quantised types are stored in blocks along the last dimension,
 * laid out as GGUF defines them.
 */
public enum DType {
  /** IEEE 754 binary32. */
  F32(1, 4),
  /** IEEE 754 binary16. */
  F16(1, 2),
  /** bfloat16: the upper half of a binary32. */
  BF16(1, 2),
  /** Blocks of 32: an F16 scale, then 32 signed bytes. */
  Q8_0(32, 34),
  /**
   * Blocks of 32: an F16 scale, then 16 bytes; byte {@code i} holds element {@code i} in its low
   * nibble and element {@code i + 16} in its high nibble, each offset by 8.
   */
  Q4_0(32, 18),
  /** Blocks of 32: an F16 scale, an F16 minimum, then nibbles as in {@link #Q4_0}. */
  Q4_1(32, 20),
  /**
   * Blocks of 32: an F16 scale, 32 bits that are the fifth of each element, then nibbles as in
   * {@link #Q4_0}; offset by 16.
   */
  Q5_0(32, 22),
  /** Blocks of 32: an F16 scale, an F16 minimum, 32 fifth bits, then nibbles. */
  Q5_1(32, 24),
  /** Blocks of 32: an F16 scale, then nibbles that number 16 unevenly spaced levels. */
  IQ4_NL(32, 18),
  /**
   * Blocks of 256 in parts of 16: a byte per part with 4 bits of scale and 4 of minimum, then 2
   * bits per element, then an F16 scale of the scales and one of the minima.
   */
  Q2_K(256, 84),
  /**
   * Blocks of 256 in parts of 16: the third bits of all elements, then their lower 2 bits, then a
   * 6-bit scale per part, then an F16 scale of the scales; offset by 4.
   */
  Q3_K(256, 110),
  /**
   * Blocks of 256 in parts of 32: an F16 scale of the scales and one of the minima, then 6 bits of
   * scale and 6 of minimum per part, then nibbles.
   */
  Q4_K(256, 144),
  /** As {@link #Q4_K}, with a fifth bit per element in front of the nibbles. */
  Q5_K(256, 176),
  /**
   * Blocks of 256 in parts of 16: nibbles, then the upper 2 bits of all elements, then a signed
   * byte of scale per part, then an F16 scale of the scales; offset by 32.
   */
  Q6_K(256, 210);

  private final int blockSize;
  private final int blockBytes;

  DType(int blockSize, int blockBytes) {
    this.blockSize = blockSize;
    this.blockBytes = blockBytes;
  }

  /** Elements per block; 1 for the unquantised types. */
  public int blockSize() {
    return blockSize;
  }

  /** Bytes per block. */
  public int blockBytes() {
    return blockBytes;
  }

  /**
   * Bytes that {@code elements} take.
   *
   * @throws ArithmeticException if the size exceeds a {@code long}
   * @throws IllegalArgumentException if {@code elements} is not a whole number of blocks
   */
  public long bytes(long elements) {
    if (elements < 0 || elements % blockSize != 0) {
      throw new IllegalArgumentException(
          "expected a multiple of %d elements for %s, found %d"
              .formatted(blockSize, this, elements));
    }
    return Math.multiplyExact(elements / blockSize, (long) blockBytes);
  }
}
