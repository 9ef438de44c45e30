package org.lambdascope.engine.kernels;

import java.util.Locale;

/** How the key/value cache stores its numbers. Sums are formed in float32, whatever is stored. */
public enum CacheType {
  /** IEEE 754 binary32: as computed. */
  F32,
  /** IEEE 754 binary16, rounded to nearest even; infinite beyond ±65,504. */
  F16,
  /** bfloat16, rounded to nearest even: the range of F32 with 8 bits of precision. */
  BF16,
  /**
   * Signed bytes in blocks of {@link CachePage.Q8#GROUP} features of one head at one position, each
   * with a float32 scale of {@code max|x| / 127}: Q8_0's blocks, but for the width of the scale.
   */
  Q8;

  /** The name on the command line, such as {@code bf16}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A page of zeros for {@link Kernels#BLOCK} positions. */
  public CachePage newPage(CachePage.Order order, int heads, int headDim) {
    int size = heads * headDim * Kernels.BLOCK;
    return switch (this) {
      case F32 -> new CachePage.F32(headDim, order, new float[size]);
      case F16 -> new CachePage.F16(headDim, order, new short[size]);
      case BF16 -> new CachePage.BF16(headDim, order, new short[size]);
      case Q8 -> {
        int scales = heads * CachePage.Q8.groups(headDim) * Kernels.BLOCK;
        yield new CachePage.Q8(headDim, order, new byte[size], new float[scales]);
      }
    };
  }

  /** Bytes of a page. */
  public long pageBytes(int heads, int headDim) {
    long numbers = (long) heads * headDim * Kernels.BLOCK;
    return switch (this) {
      case F32 -> numbers * Float.BYTES;
      case F16, BF16 -> numbers * Short.BYTES;
      case Q8 ->
          numbers + (long) heads * CachePage.Q8.groups(headDim) * Kernels.BLOCK * Float.BYTES;
    };
  }
}
