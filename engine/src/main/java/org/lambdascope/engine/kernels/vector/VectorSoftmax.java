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

  static void extremes(
      float[] a, float[] b, float[] c, float[] d, int offset, int n, float[] mins, float[] maxs) {
    int i = offset;
    for (int bound = offset + Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      FloatVector w = FloatVector.fromArray(Lanes.F, a, i);
      FloatVector x = FloatVector.fromArray(Lanes.F, b, i);
      FloatVector y = FloatVector.fromArray(Lanes.F, c, i);
      FloatVector z = FloatVector.fromArray(Lanes.F, d, i);
      FloatVector min = smaller(w, FloatVector.fromArray(Lanes.F, mins, i));
      min = smaller(x, min);
      min = smaller(y, min);
      smaller(z, min).intoArray(mins, i);
      FloatVector max = larger(w, FloatVector.fromArray(Lanes.F, maxs, i));
      max = larger(x, max);
      max = larger(y, max);
      larger(z, max).intoArray(maxs, i);
    }
    for (; i < offset + n; i++) {
      widen(a[i], i, mins, maxs);
      widen(b[i], i, mins, maxs);
      widen(c[i], i, mins, maxs);
      widen(d[i], i, mins, maxs);
    }
  }

  private static void widen(float x, int i, float[] mins, float[] maxs) {
    mins[i] = x < mins[i] ? x : mins[i];
    maxs[i] = x > maxs[i] ? x : maxs[i];
  }

  private static FloatVector smaller(FloatVector x, FloatVector min) {
    return min.blend(x, x.compare(VectorOperators.LT, min));
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
  static double weighted(float[] x, int xOffset, float[] w, int wOffset, int n, float max) {
    double sum = 0;
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; ) {
      int end = Math.min(bound, i + CHUNK);
      FloatVector sums = FloatVector.zero(Lanes.F);
      for (; i < end; i += Lanes.N) {
        FloatVector below =
            FloatVector.fromArray(Lanes.F, x, xOffset + i).sub(max).max(-Float.MAX_VALUE);
        sums = below.fma(FloatVector.fromArray(Lanes.F, w, wOffset + i), sums);
      }
      sum += Lanes.sum(sums);
    }
    for (; i < n; i++) {
      float weight = w[wOffset + i];
      sum += weight == 0 ? 0 : weight * (x[xOffset + i] - max);
    }
    return sum;
  }
}
