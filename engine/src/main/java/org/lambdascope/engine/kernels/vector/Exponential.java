package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * e^x: {@code x = n · ln 2 + r} with {@code |r| ≤ ln 2 / 2}, then {@code 2^n · e^r} with {@code e^r
 * ≈ 1 + r + r² · p(r)}; p is the polynomial of degree 5 that fits best by weighted least squares,
 * within 2e-9 of e^r. Results that would be subnormal are exactly 0; arguments above 88.37 give ∞.
 * The scalar form computes the same operations for the tails.
 */
final class Exponential {

  private static final float LOG2_E = 0x1.715476p0f;

  /** ln 2 in two parts; the first has few bits, so that {@code n} times it is exact. */
  private static final float LN2_HIGH = 0x1.63p-1f;

  private static final float LN2_LOW = -0x1.bd0106p-13f;

  /** Adding 1.5 · 2^23 leaves the nearest integer in the low bits of the significand. */
  private static final float ROUND = 0x1.8p23f;

  /** What brings those bits to the exponent field of 2^n. */
  private static final int ROUND_BITS = 0x4b400000 - 127;

  /** ln of the smallest normal float, rounded up. */
  private static final float UNDERFLOW = -87.3365f;

  /** Above this {@code n} would be 128, which has no exponent field. */
  private static final float OVERFLOW = 88.37f;

  private static final float C6 = 0x1.9fff8ep-13f;
  private static final float C5 = 0x1.6db28cp-10f;
  private static final float C4 = 0x1.1111d4p-7f;
  private static final float C3 = 0x1.55545cp-5f;
  private static final float C2 = 0x1.555554p-3f;
  private static final float C1 = 0x1p-1f;

  private Exponential() {}

  static FloatVector exp(FloatVector x) {
    FloatVector rounded = x.fma(FloatVector.broadcast(Lanes.F, LOG2_E), broadcast(ROUND));
    FloatVector n = rounded.sub(ROUND);
    FloatVector r = n.fma(broadcast(-LN2_HIGH), x);
    r = n.fma(broadcast(-LN2_LOW), r);
    FloatVector p = r.fma(broadcast(C6), broadcast(C5));
    p = p.fma(r, broadcast(C4));
    p = p.fma(r, broadcast(C3));
    p = p.fma(r, broadcast(C2));
    p = p.fma(r, broadcast(C1));
    p = r.mul(r).fma(p, r).add(1f);
    IntVector power =
        rounded.reinterpretAsInts().sub(ROUND_BITS).lanewise(VectorOperators.LSHL, 23);
    // A product, not a sum of bits: NaN stays NaN whatever the power has become.
    return p.mul(power.reinterpretAsFloats())
        .blend(0f, x.compare(VectorOperators.LT, UNDERFLOW))
        .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, OVERFLOW));
  }

  static float exp(float x) {
    if (x < UNDERFLOW) {
      return 0f;
    }
    if (x > OVERFLOW) {
      return Float.POSITIVE_INFINITY;
    }
    float rounded = Math.fma(x, LOG2_E, ROUND);
    float n = rounded - ROUND;
    float r = Math.fma(n, -LN2_HIGH, x);
    r = Math.fma(n, -LN2_LOW, r);
    float p = Math.fma(r, C6, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    p = Math.fma(p, r, C1);
    p = Math.fma(r * r, p, r) + 1f;
    return p * Float.intBitsToFloat((Float.floatToRawIntBits(rounded) - ROUND_BITS) << 23);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(Lanes.F, value);
  }
}
