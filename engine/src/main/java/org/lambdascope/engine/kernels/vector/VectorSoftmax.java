package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Maxima, exponentials and their sums. Vectors of floats have one width in all kernels: where an
 * operation meets several, the compiler now and then keeps its vectors on the heap.
 */
final class VectorSoftmax {

  /**
   * Values whose sum is formed in single precision: a block of the cache, so that a block of which
   * nothing is seen changes no bit of the sum, wherever it lies.
   */
  private static final int CHUNK = Kernels.BLOCK;

  private VectorSoftmax() {}

  /**
   * Four chains, of comparisons that NaN never wins: a maximum that minds NaN costs twice as much.
   */
  static float max(float[] x, int offset, int n) {
    FloatVector a = FloatVector.broadcast(Lanes.F, Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (int bound = n - 4 * Lanes.N; i <= bound; i += 4 * Lanes.N) {
      int at = offset + i;
      a = larger(FloatVector.fromArray(Lanes.F, x, at), a);
      b = larger(FloatVector.fromArray(Lanes.F, x, at + Lanes.N), b);
      c = larger(FloatVector.fromArray(Lanes.F, x, at + 2 * Lanes.N), c);
      d = larger(FloatVector.fromArray(Lanes.F, x, at + 3 * Lanes.N), d);
    }
    for (int bound = n - Lanes.N; i <= bound; i += Lanes.N) {
      a = larger(FloatVector.fromArray(Lanes.F, x, offset + i), a);
    }
    float max = larger(larger(a, b), larger(c, d)).reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      max = x[offset + i] > max ? x[offset + i] : max;
    }
    return max;
  }

  static long above(float[] x, int offset, int n, float limit) {
    long bits = 0;
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      bits |=
          FloatVector.fromArray(Lanes.F, x, offset + i).compare(VectorOperators.GT, limit).toLong()
              << i;
    }
    for (; i < n; i++) {
      bits |= x[offset + i] > limit ? 1L << i : 0;
    }
    return bits;
  }

  private static FloatVector larger(FloatVector x, FloatVector max) {
    return max.blend(x, x.compare(VectorOperators.GT, max));
  }

  static float expAndSum(float[] x, int offset, int n, float max) {
    double sum = 0;
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; ) {
      // Lanes add few values before they go into the double, so long rows lose no more than short.
      int end = Math.min(bound, i + CHUNK);
      FloatVector sums = FloatVector.zero(Lanes.F);
      for (; i < end; i += Lanes.N) {
        FloatVector e = Exponential.exp(FloatVector.fromArray(Lanes.F, x, offset + i).sub(max));
        e.intoArray(x, offset + i);
        sums = sums.add(e);
      }
      sum += Lanes.sum(sums);
    }
    for (; i < n; i++) {
      float e = Exponential.exp(x[offset + i] - max);
      x[offset + i] = e;
      sum += e;
    }
    return (float) sum;
  }

  /**
   * A logit so far below the largest that its weight is 0 is raised to where the product is 0, and
   * not NaN.
   */
  static float expAndSum(float[] x, int offset, int n, float max, double[] weighted, int at) {
    double sum = 0;
    double products = 0;
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; ) {
      int end = Math.min(bound, i + CHUNK);
      FloatVector sums = FloatVector.zero(Lanes.F);
      FloatVector more = sums;
      for (; i < end; i += Lanes.N) {
        FloatVector below = FloatVector.fromArray(Lanes.F, x, offset + i).sub(max);
        FloatVector e = Exponential.exp(below);
        e.intoArray(x, offset + i);
        sums = sums.add(e);
        more = raised(below).fma(e, more);
      }
      sum += Lanes.sum(sums);
      products += Lanes.sum(more);
    }
    for (; i < n; i++) {
      float below = x[offset + i] - max;
      float e = Exponential.exp(below);
      x[offset + i] = e;
      sum += e;
      products += e == 0 ? 0 : e * below;
    }
    weighted[at] += products;
    return (float) sum;
  }

  /** NaN stays. */
  private static FloatVector raised(FloatVector below) {
    return below.blend(-Float.MAX_VALUE, below.compare(VectorOperators.LT, -Float.MAX_VALUE));
  }
}
