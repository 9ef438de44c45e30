package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;

/**
 * Eight scales and eight minima of 6 bits in 12 bytes, as Q4_K and Q5_K store them: bytes 0 to 3
 * hold the first scales, 4 to 7 the first minima, and their upper two bits those of the last ones,
 * whose lower four bits are in bytes 8 to 11.
 */
final class SixBitScales {

  private static final int SIX = 0x3f3f3f3f;
  private static final int LOW_FOUR = 0x0f0f0f0f;
  private static final int UPPER_TWO = 0x30303030;

  private SixBitScales() {}

  /** Scales, one per byte from the lowest on. */
  static long scales(MemorySegment data, long at) {
    int first = data.get(WeightRows.INT, at);
    int last = data.get(WeightRows.INT, at + 8);
    return join(first & SIX, (last & LOW_FOUR) | ((first >>> 2) & UPPER_TWO));
  }

  /** Minima, likewise. */
  static long minima(MemorySegment data, long at) {
    int first = data.get(WeightRows.INT, at + 4);
    int last = data.get(WeightRows.INT, at + 8);
    return join(first & SIX, ((last >>> 4) & LOW_FOUR) | ((first >>> 2) & UPPER_TWO));
  }

  private static long join(int first, int last) {
    return Integer.toUnsignedLong(first) | ((long) last << Integer.SIZE);
  }

  /** The {@code part}-th of either. */
  static int part(long all, int part) {
    return (int) (all >>> (8 * part)) & 63;
  }
}
