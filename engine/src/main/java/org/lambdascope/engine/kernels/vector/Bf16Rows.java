package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in bfloat16. */
final class Bf16Rows extends DirectRows {

  private static final int BYTES = 2;

  /** Weights in a vector of ints. */
  private static final int PAIRS = 2 * Lanes.N;

  private static final VectorShuffle<Float> EVEN_THEN_ODD =
      VectorShuffle.fromOp(Lanes.F, lane -> (2 * lane) % Lanes.N + 2 * lane / Lanes.N);
  private static final VectorShuffle<Float> ODD_THEN_EVEN =
      VectorShuffle.fromOp(Lanes.F, lane -> (2 * lane) % Lanes.N + 1 - 2 * lane / Lanes.N);
  private static final VectorShuffle<Float> SWAP =
      VectorShuffle.fromOp(Lanes.F, lane -> lane ^ (Lanes.N / 2));
  private static final VectorMask<Float> UPPER =
      VectorMask.fromLong(Lanes.F, (1L << Lanes.N) - (1L << (Lanes.N / 2)));

  Bf16Rows(Tensor weight) {
    super(weight);
  }

  /**
   * The 16 bits become the upper half of a float: sign extension puts bits there that the shift
   * drops.
   */
  static FloatVector widen(ShortVector stored) {
    return stored
        .castShape(Lanes.I, 0)
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, 16)
        .reinterpretAsFloats();
  }

  private static FloatVector load(MemorySegment data, long at) {
    return widen(ShortVector.fromMemorySegment(Lanes.S, data, at, LE));
  }

  private static float one(MemorySegment data, long at) {
    return Float.intBitsToFloat(data.get(SHORT, at) << 16);
  }

  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), (row + 1L) * rowBytes);
    long start = row * rowBytes + (long) BYTES * column;
    int k = 0;
    for (int bound = Lanes.F.loopBound(n); k < bound; k += Lanes.N) {
      load(w, start + (long) BYTES * k).intoArray(out, outOffset + k);
    }
    for (; k < n; k++) {
      out[outOffset + k] = one(w, start + (long) BYTES * k);
    }
  }

  @Override
  void lanes(
      int from, int to, float[] x, int xOffset, float[] out, int outOffset, Scratch scratch) {
    int whole = columns / PAIRS * PAIRS;
    float[] split = scratch.arranged(whole);
    for (int k = 0; k < whole; k += PAIRS) {
      split(x, xOffset + k, split, k);
    }
    for (int row = from; row < to; row++) {
      int at = outOffset + (row - from) * Lanes.N;
      lanes(row * rowBytes, whole, split, out, at);
      rest(row * rowBytes, whole, x, xOffset, out, at);
    }
  }

  /** Those at even places first, then those at odd ones. */
  private static void split(float[] x, int at, float[] out, int outAt) {
    FloatVector first = FloatVector.fromArray(Lanes.F, x, at).rearrange(EVEN_THEN_ODD);
    FloatVector second = FloatVector.fromArray(Lanes.F, x, at + Lanes.N).rearrange(ODD_THEN_EVEN);
    first.blend(second, UPPER).intoArray(out, outAt);
    second.blend(first, UPPER).rearrange(SWAP).intoArray(out, outAt + Lanes.N);
  }

  /**
   * Two weights to an int: the shift leaves the one at an even place as a float, the mask the one
   * after it. So a vector of weights is one load, where widening shorts takes two.
   */
  private void lanes(long start, int whole, float[] split, float[] out, int outOffset) {
    MemorySegment w = data;
    requireBytes(w.byteSize(), start + rowBytes);
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    int k = 0;
    for (int bound = whole - 2 * PAIRS; k <= bound; k += 2 * PAIRS) {
      long at = start + (long) BYTES * k;
      IntVector p = IntVector.fromMemorySegment(Lanes.I, w, at, LE);
      IntVector q = IntVector.fromMemorySegment(Lanes.I, w, at + (long) BYTES * PAIRS, LE);
      a0 = even(p).fma(FloatVector.fromArray(Lanes.F, split, k), a0);
      a1 = odd(p).fma(FloatVector.fromArray(Lanes.F, split, k + Lanes.N), a1);
      a2 = even(q).fma(FloatVector.fromArray(Lanes.F, split, k + PAIRS), a2);
      a3 = odd(q).fma(FloatVector.fromArray(Lanes.F, split, k + PAIRS + Lanes.N), a3);
    }
    if (k < whole) {
      IntVector p = IntVector.fromMemorySegment(Lanes.I, w, start + (long) BYTES * k, LE);
      a0 = even(p).fma(FloatVector.fromArray(Lanes.F, split, k), a0);
      a1 = odd(p).fma(FloatVector.fromArray(Lanes.F, split, k + Lanes.N), a1);
    }
    a0.add(a1).add(a2.add(a3)).intoArray(out, outOffset);
  }

  private static FloatVector even(IntVector pairs) {
    return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  private static FloatVector odd(IntVector pairs) {
    return pairs.and(0xFFFF0000).reinterpretAsFloats();
  }

  /** What is left of a row whose columns are not whole vectors of pairs. */
  private void rest(long start, int whole, float[] x, int xOffset, float[] out, int outOffset) {
    for (int k = whole; k < columns; k++) {
      int lane = outOffset + (k - whole) % Lanes.N;
      out[lane] = Math.fma(one(data, start + (long) BYTES * k), x[xOffset + k], out[lane]);
    }
  }
}
