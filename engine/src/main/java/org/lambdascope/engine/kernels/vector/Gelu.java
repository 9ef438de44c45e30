package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * GELU, exact and by its approximation. Both are {@code x · s(x)} with a sigmoid {@code s}, and
 * both form it from an exponential of a negative number, which cannot overflow: {@code s(−a)} for
 * {@code a = |x|}, and {@code s(a) = 1 − s(−a)}. The scalar forms compute the same operations for
 * the tails.
 */
final class Gelu {

  /**
   * Φ(−a) = e^(−a²/2) · q(t) with t = 1 / (1 + SHIFT · a): the ratio of the tail to the density is
   * smooth in t, and this polynomial without a constant is the best of degree 8 up to a = 13.5,
   * where the exponential vanishes; within 4e-7 of the ratio, rounding counted.
   */
  private static final float SHIFT = 0.3f;

  private static final float Q1 = 0x1.e9fd5cp-4f;
  private static final float Q2 = 0x1.eeca52p-4f;
  private static final float Q3 = 0x1.981d14p-4f;
  private static final float Q4 = 0x1.0927e4p-3f;
  private static final float Q5 = -0x1.c5cf74p-5f;
  private static final float Q6 = 0x1.aa6a0ap-3f;
  private static final float Q7 = -0x1.44275ap-3f;
  private static final float Q8 = 0x1.265b7ep-5f;

  /** 2 · √(2/π): 1 + tanh u is twice the sigmoid of 2u. */
  private static final float TANH_1 = 0x1.988454p0f;

  private static final float TANH_3 = 0x1.2444f2p-4f;

  /** Beyond it x³ could overflow, and s(−a) is 0 long before. */
  private static final float FAR = 1e6f;

  private Gelu() {}

  static void exact(float[] x, int offset, int n) {
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      FloatVector v = FloatVector.fromArray(Lanes.F, x, offset + i);
      FloatVector a = v.abs();
      FloatVector t = broadcast(1f).div(a.fma(broadcast(SHIFT), broadcast(1f)));
      FloatVector q = t.fma(broadcast(Q8), broadcast(Q7));
      q = q.fma(t, broadcast(Q6));
      q = q.fma(t, broadcast(Q5));
      q = q.fma(t, broadcast(Q4));
      q = q.fma(t, broadcast(Q3));
      q = q.fma(t, broadcast(Q2));
      q = q.fma(t, broadcast(Q1)).mul(t);
      gate(v, Exponential.exp(a.mul(-0.5f).mul(a)).mul(q)).intoArray(x, offset + i);
    }
    for (; i < n; i++) {
      float a = Math.abs(x[offset + i]);
      float t = 1f / Math.fma(a, SHIFT, 1f);
      float q = Math.fma(t, Q8, Q7);
      q = Math.fma(q, t, Q6);
      q = Math.fma(q, t, Q5);
      q = Math.fma(q, t, Q4);
      q = Math.fma(q, t, Q3);
      q = Math.fma(q, t, Q2);
      q = Math.fma(q, t, Q1) * t;
      x[offset + i] = gate(x[offset + i], Exponential.exp(a * -0.5f * a) * q);
    }
  }

  static void tanh(float[] x, int offset, int n) {
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      FloatVector v = FloatVector.fromArray(Lanes.F, x, offset + i);
      FloatVector a = v.abs();
      FloatVector u = a.mul(a).fma(broadcast(TANH_3), broadcast(TANH_1)).mul(a);
      FloatVector e = Exponential.exp(u.neg());
      gate(v, e.div(e.add(1f))).intoArray(x, offset + i);
    }
    for (; i < n; i++) {
      float a = Math.abs(x[offset + i]);
      float u = Math.fma(a * a, TANH_3, TANH_1) * a;
      float e = Exponential.exp(-u);
      x[offset + i] = gate(x[offset + i], e / (e + 1f));
    }
  }

  /** {@code x · s(x)}, given {@code s(−|x|)}. */
  private static FloatVector gate(FloatVector x, FloatVector below) {
    FloatVector s = below.blend(broadcast(1f).sub(below), x.compare(VectorOperators.GE, 0f));
    // −∞ · 0 would be NaN.
    return x.mul(s)
        .blend(0f, x.compare(VectorOperators.LT, -FAR))
        .blend(x, x.compare(VectorOperators.GT, FAR));
  }

  private static float gate(float x, float below) {
    if (Math.abs(x) > FAR) {
      return x < 0 ? 0f : x;
    }
    return x * (x >= 0 ? 1f - below : below);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(Lanes.F, value);
  }
}
