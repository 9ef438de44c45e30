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
  Q4_0(32, 18);

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
