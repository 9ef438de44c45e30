package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes {@link Lanes#N} rows, by exchanging halves, quarters and so on of squares. Two steps
 * at a time on four rows: all rows at once are more than the compiler inlines.
 */
final class Transposition {

  private static final ByteOrder ORDER = OuterProduct.ORDER;

  // Lanes l and l ^ n change places. Static constants each: only of those the compiler knows what
  // they do. What is wider than a vector is never used.
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);

  // Lanes of the upper of two parts of n.
  private static final VectorMask<Float> UPPER_8 = upper(0xff00);
  private static final VectorMask<Float> UPPER_4 = upper(0xf0f0);
  private static final VectorMask<Float> UPPER_2 = upper(0xcccc);
  private static final VectorMask<Float> UPPER_1 = upper(0xaaaa);

  private Transposition() {}

  private static VectorShuffle<Float> swap(int n) {
    return VectorShuffle.fromOp(Lanes.F, lane -> lane ^ (n % Lanes.N));
  }

  private static VectorMask<Float> upper(long lanes) {
    return VectorMask.fromLong(Lanes.F, lanes);
  }

  /**
   * {@code out[outOffset + k · outStride + r] = rows[r · stride + k]} for {@code 0 ≤ r < Lanes.N},
   * {@code out} taken as floats.
   *
   * @param rows overwritten
   * @param n columns, a multiple of {@link Lanes#N}
   */
  static void run(
      float[] rows, int stride, int n, MemorySegment out, int outOffset, int outStride) {
    for (int k = 0; k < n; k += Lanes.N) {
      if (Lanes.N == 16) {
        for (int r = 0; r < 4; r++) {
          exchangeQuarters(rows, k + r * stride, 4 * stride);
        }
      } else if (Lanes.N == 8) {
        for (int r = 0; r < 4; r++) {
          exchangeHalves(rows, k + r * stride, 4 * stride);
        }
      }
      for (int r = 0; r < Lanes.N; r += 4) {
        finish(
            rows,
            k + r * stride,
            stride,
            out,
            outOffset + k * outStride + r * outStride,
            outStride);
      }
    }
  }

  private static void exchangeQuarters(float[] x, int at, int stride) {
    FloatVector a = FloatVector.fromArray(Lanes.F, x, at);
    FloatVector b = FloatVector.fromArray(Lanes.F, x, at + stride);
    FloatVector c = FloatVector.fromArray(Lanes.F, x, at + 2 * stride);
    FloatVector d = FloatVector.fromArray(Lanes.F, x, at + 3 * stride);
    FloatVector ac = a.blend(c.rearrange(SWAP_8), UPPER_8);
    FloatVector bd = b.blend(d.rearrange(SWAP_8), UPPER_8);
    FloatVector ca = a.rearrange(SWAP_8).blend(c, UPPER_8);
    FloatVector db = b.rearrange(SWAP_8).blend(d, UPPER_8);
    ac.blend(bd.rearrange(SWAP_4), UPPER_4).intoArray(x, at);
    ac.rearrange(SWAP_4).blend(bd, UPPER_4).intoArray(x, at + stride);
    ca.blend(db.rearrange(SWAP_4), UPPER_4).intoArray(x, at + 2 * stride);
    ca.rearrange(SWAP_4).blend(db, UPPER_4).intoArray(x, at + 3 * stride);
  }

  private static void exchangeHalves(float[] x, int at, int stride) {
    FloatVector a = FloatVector.fromArray(Lanes.F, x, at);
    FloatVector b = FloatVector.fromArray(Lanes.F, x, at + stride);
    a.blend(b.rearrange(SWAP_4), UPPER_4).intoArray(x, at);
    a.rearrange(SWAP_4).blend(b, UPPER_4).intoArray(x, at + stride);
  }

  private static void finish(
      float[] x, int at, int stride, MemorySegment out, int outOffset, int outStride) {
    long start = (long) Float.BYTES * outOffset;
    long step = (long) Float.BYTES * outStride;
    FloatVector a = FloatVector.fromArray(Lanes.F, x, at);
    FloatVector b = FloatVector.fromArray(Lanes.F, x, at + stride);
    FloatVector c = FloatVector.fromArray(Lanes.F, x, at + 2 * stride);
    FloatVector d = FloatVector.fromArray(Lanes.F, x, at + 3 * stride);
    FloatVector ac = a.blend(c.rearrange(SWAP_2), UPPER_2);
    FloatVector bd = b.blend(d.rearrange(SWAP_2), UPPER_2);
    FloatVector ca = a.rearrange(SWAP_2).blend(c, UPPER_2);
    FloatVector db = b.rearrange(SWAP_2).blend(d, UPPER_2);
    ac.blend(bd.rearrange(SWAP_1), UPPER_1).intoMemorySegment(out, start, ORDER);
    ac.rearrange(SWAP_1).blend(bd, UPPER_1).intoMemorySegment(out, start + step, ORDER);
    ca.blend(db.rearrange(SWAP_1), UPPER_1).intoMemorySegment(out, start + 2 * step, ORDER);
    ca.rearrange(SWAP_1).blend(db, UPPER_1).intoMemorySegment(out, start + 3 * step, ORDER);
  }
}
