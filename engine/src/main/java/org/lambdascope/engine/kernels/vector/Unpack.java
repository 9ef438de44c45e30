package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Turns runs of packed bits into floats; what the quantised types have in common. */
final class Unpack {

  /** Right shifts that bring byte {@code i} of an int to the bottom, at four lanes. */
  private static final IntVector TO_BOTTOM = Lanes.ramp(0, 8);

  private Unpack() {}

  static float half(MemorySegment data, long at) {
    return Float.float16ToFloat(data.get(WeightRows.SHORT, at));
  }

  /** One byte per lane; bits above the eighth are undefined. */
  static IntVector bytes(MemorySegment data, long at) {
    if (Lanes.N >= 8) {
      return (IntVector)
          ByteVector.fromMemorySegment(Lanes.B, data, at, WeightRows.LE).castShape(Lanes.I, 0);
    }
    // Four bytes are less than the smallest vector: spread one int over the lanes instead.
    return IntVector.broadcast(Lanes.I, data.get(WeightRows.INT, at))
        .lanewise(VectorOperators.LSHR, TO_BOTTOM);
  }

  /** Whole numbers as floats. */
  static FloatVector whole(IntVector numbers) {
    return (FloatVector) numbers.convertShape(VectorOperators.I2F, Lanes.F, 0);
  }

  /** Whole numbers as floats: {@code scale · quants − min}, rounded after each operation. */
  static FloatVector scaled(IntVector quants, float scale, float min) {
    return whole(quants).mul(scale).sub(min);
  }

  /**
   * {@code out[i] = scale · ((data[at + i] >> shift) & mask) − min}.
   *
   * @param n a multiple of 16
   */
  static void run(
      MemorySegment data,
      long at,
      int shift,
      int mask,
      float scale,
      float min,
      float[] out,
      int outOffset,
      int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      IntVector quants = bytes(data, at + i).lanewise(VectorOperators.LSHR, shift).and(mask);
      scaled(quants, scale, min).intoArray(out, outOffset + i);
    }
  }

  /**
   * The same where the upper bits of an element lie elsewhere: {@code out[i] = scale · (low + high
   * − offset) − min}, with {@code low = (data[at + i] >> shift) & mask} and {@code high =
   * ((data[upper + i] >> upperShift) & upperMask) << upperTo}.
   *
   * @param n a multiple of 16
   */
  static void runWithUpper(
      MemorySegment data,
      long at,
      int shift,
      int mask,
      long upper,
      int upperShift,
      int upperMask,
      int upperTo,
      int offset,
      float scale,
      float min,
      float[] out,
      int outOffset,
      int n) {
    for (int i = 0; i < n; i += Lanes.N) {
      IntVector high =
          bytes(data, upper + i)
              .lanewise(VectorOperators.LSHR, upperShift)
              .and(upperMask)
              .lanewise(VectorOperators.LSHL, upperTo);
      IntVector low = bytes(data, at + i).lanewise(VectorOperators.LSHR, shift).and(mask);
      scaled(low.or(high).sub(offset), scale, min).intoArray(out, outOffset + i);
    }
  }
}
