package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;

/**
 * The form of {@link WeightedRows} for thirty-two registers of 512 bits: six rows of weights by
 * four vectors of features, for the reason given at {@link WideScores}.
 */
final class WideWeightedRows {

  /** Features: four vectors. */
  static final int WIDTH = 4 * Lanes.N;

  private WideWeightedRows() {}

  /** Whether there are registers enough. */
  static boolean fits(int width) {
    return Lanes.N == 16 && width >= WIDTH;
  }

  static void six(
      float[] weights,
      int w0,
      int weightStride,
      float[] values,
      int valuesOffset,
      int lanes,
      int width,
      float[] sums,
      int s0) {
    int w1 = w0 + weightStride;
    int w2 = w1 + weightStride;
    int w3 = w2 + weightStride;
    int w4 = w3 + weightStride;
    int w5 = w4 + weightStride;
    int s1 = s0 + width;
    int s2 = s1 + width;
    int s3 = s2 + width;
    int s4 = s3 + width;
    int s5 = s4 + width;
    FloatVector a0 = FloatVector.fromArray(Lanes.F, sums, s0);
    FloatVector b0 = FloatVector.fromArray(Lanes.F, sums, s0 + Lanes.N);
    FloatVector c0 = FloatVector.fromArray(Lanes.F, sums, s0 + 2 * Lanes.N);
    FloatVector d0 = FloatVector.fromArray(Lanes.F, sums, s0 + 3 * Lanes.N);
    FloatVector a1 = FloatVector.fromArray(Lanes.F, sums, s1);
    FloatVector b1 = FloatVector.fromArray(Lanes.F, sums, s1 + Lanes.N);
    FloatVector c1 = FloatVector.fromArray(Lanes.F, sums, s1 + 2 * Lanes.N);
    FloatVector d1 = FloatVector.fromArray(Lanes.F, sums, s1 + 3 * Lanes.N);
    FloatVector a2 = FloatVector.fromArray(Lanes.F, sums, s2);
    FloatVector b2 = FloatVector.fromArray(Lanes.F, sums, s2 + Lanes.N);
    FloatVector c2 = FloatVector.fromArray(Lanes.F, sums, s2 + 2 * Lanes.N);
    FloatVector d2 = FloatVector.fromArray(Lanes.F, sums, s2 + 3 * Lanes.N);
    FloatVector a3 = FloatVector.fromArray(Lanes.F, sums, s3);
    FloatVector b3 = FloatVector.fromArray(Lanes.F, sums, s3 + Lanes.N);
    FloatVector c3 = FloatVector.fromArray(Lanes.F, sums, s3 + 2 * Lanes.N);
    FloatVector d3 = FloatVector.fromArray(Lanes.F, sums, s3 + 3 * Lanes.N);
    FloatVector a4 = FloatVector.fromArray(Lanes.F, sums, s4);
    FloatVector b4 = FloatVector.fromArray(Lanes.F, sums, s4 + Lanes.N);
    FloatVector c4 = FloatVector.fromArray(Lanes.F, sums, s4 + 2 * Lanes.N);
    FloatVector d4 = FloatVector.fromArray(Lanes.F, sums, s4 + 3 * Lanes.N);
    FloatVector a5 = FloatVector.fromArray(Lanes.F, sums, s5);
    FloatVector b5 = FloatVector.fromArray(Lanes.F, sums, s5 + Lanes.N);
    FloatVector c5 = FloatVector.fromArray(Lanes.F, sums, s5 + 2 * Lanes.N);
    FloatVector d5 = FloatVector.fromArray(Lanes.F, sums, s5 + 3 * Lanes.N);
    for (int l = 0, at = valuesOffset; l < lanes; l++, at += width) {
      FloatVector t = FloatVector.fromArray(Lanes.F, values, at);
      FloatVector u = FloatVector.fromArray(Lanes.F, values, at + Lanes.N);
      FloatVector v = FloatVector.fromArray(Lanes.F, values, at + 2 * Lanes.N);
      FloatVector y = FloatVector.fromArray(Lanes.F, values, at + 3 * Lanes.N);
      FloatVector x0 = FloatVector.broadcast(Lanes.F, weights[w0 + l]);
      a0 = t.fma(x0, a0);
      b0 = u.fma(x0, b0);
      c0 = v.fma(x0, c0);
      d0 = y.fma(x0, d0);
      FloatVector x1 = FloatVector.broadcast(Lanes.F, weights[w1 + l]);
      a1 = t.fma(x1, a1);
      b1 = u.fma(x1, b1);
      c1 = v.fma(x1, c1);
      d1 = y.fma(x1, d1);
      FloatVector x2 = FloatVector.broadcast(Lanes.F, weights[w2 + l]);
      a2 = t.fma(x2, a2);
      b2 = u.fma(x2, b2);
      c2 = v.fma(x2, c2);
      d2 = y.fma(x2, d2);
      FloatVector x3 = FloatVector.broadcast(Lanes.F, weights[w3 + l]);
      a3 = t.fma(x3, a3);
      b3 = u.fma(x3, b3);
      c3 = v.fma(x3, c3);
      d3 = y.fma(x3, d3);
      FloatVector x4 = FloatVector.broadcast(Lanes.F, weights[w4 + l]);
      a4 = t.fma(x4, a4);
      b4 = u.fma(x4, b4);
      c4 = v.fma(x4, c4);
      d4 = y.fma(x4, d4);
      FloatVector x5 = FloatVector.broadcast(Lanes.F, weights[w5 + l]);
      a5 = t.fma(x5, a5);
      b5 = u.fma(x5, b5);
      c5 = v.fma(x5, c5);
      d5 = y.fma(x5, d5);
    }
    a0.intoArray(sums, s0);
    b0.intoArray(sums, s0 + Lanes.N);
    c0.intoArray(sums, s0 + 2 * Lanes.N);
    d0.intoArray(sums, s0 + 3 * Lanes.N);
    a1.intoArray(sums, s1);
    b1.intoArray(sums, s1 + Lanes.N);
    c1.intoArray(sums, s1 + 2 * Lanes.N);
    d1.intoArray(sums, s1 + 3 * Lanes.N);
    a2.intoArray(sums, s2);
    b2.intoArray(sums, s2 + Lanes.N);
    c2.intoArray(sums, s2 + 2 * Lanes.N);
    d2.intoArray(sums, s2 + 3 * Lanes.N);
    a3.intoArray(sums, s3);
    b3.intoArray(sums, s3 + Lanes.N);
    c3.intoArray(sums, s3 + 2 * Lanes.N);
    d3.intoArray(sums, s3 + 3 * Lanes.N);
    a4.intoArray(sums, s4);
    b4.intoArray(sums, s4 + Lanes.N);
    c4.intoArray(sums, s4 + 2 * Lanes.N);
    d4.intoArray(sums, s4 + 3 * Lanes.N);
    a5.intoArray(sums, s5);
    b5.intoArray(sums, s5 + Lanes.N);
    c5.intoArray(sums, s5 + 2 * Lanes.N);
    d5.intoArray(sums, s5 + 3 * Lanes.N);
  }
}
