package org.lambdascope.engine.kernels.vector;

import static org.lambdascope.engine.kernels.Kernels.BLOCK;

import jdk.incubator.vector.FloatVector;

/**
 * The form of {@link VectorAttention#scores} for thirty-two registers of 512 bits: six queries by
 * all positions of a block. It loads ten times for twenty-four products, where six by two vectors
 * load eight times for twelve, which two multipliers wait for.
 */
final class WideScores {

  /** Positions: four vectors. */
  static final int LANES = 4 * Lanes.N;

  private WideScores() {}

  /** Whether there are registers enough. */
  static boolean fits(int lanes) {
    return Lanes.N == 16 && lanes >= LANES;
  }

  static void six(
      float[] queries,
      int q0,
      int queryStride,
      float[] keys,
      int keysOffset,
      int headDim,
      float scale,
      float[] out,
      int outOffset,
      int outStride) {
    int q1 = q0 + queryStride;
    int q2 = q1 + queryStride;
    int q3 = q2 + queryStride;
    int q4 = q3 + queryStride;
    int q5 = q4 + queryStride;
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector b0 = FloatVector.zero(Lanes.F);
    FloatVector c0 = FloatVector.zero(Lanes.F);
    FloatVector d0 = FloatVector.zero(Lanes.F);
    FloatVector a1 = FloatVector.zero(Lanes.F);
    FloatVector b1 = FloatVector.zero(Lanes.F);
    FloatVector c1 = FloatVector.zero(Lanes.F);
    FloatVector d1 = FloatVector.zero(Lanes.F);
    FloatVector a2 = FloatVector.zero(Lanes.F);
    FloatVector b2 = FloatVector.zero(Lanes.F);
    FloatVector c2 = FloatVector.zero(Lanes.F);
    FloatVector d2 = FloatVector.zero(Lanes.F);
    FloatVector a3 = FloatVector.zero(Lanes.F);
    FloatVector b3 = FloatVector.zero(Lanes.F);
    FloatVector c3 = FloatVector.zero(Lanes.F);
    FloatVector d3 = FloatVector.zero(Lanes.F);
    FloatVector a4 = FloatVector.zero(Lanes.F);
    FloatVector b4 = FloatVector.zero(Lanes.F);
    FloatVector c4 = FloatVector.zero(Lanes.F);
    FloatVector d4 = FloatVector.zero(Lanes.F);
    FloatVector a5 = FloatVector.zero(Lanes.F);
    FloatVector b5 = FloatVector.zero(Lanes.F);
    FloatVector c5 = FloatVector.zero(Lanes.F);
    FloatVector d5 = FloatVector.zero(Lanes.F);
    for (int d = 0; d < headDim; d++) {
      int at = keysOffset + d * BLOCK;
      FloatVector j = FloatVector.fromArray(Lanes.F, keys, at);
      FloatVector k = FloatVector.fromArray(Lanes.F, keys, at + Lanes.N);
      FloatVector m = FloatVector.fromArray(Lanes.F, keys, at + 2 * Lanes.N);
      FloatVector n = FloatVector.fromArray(Lanes.F, keys, at + 3 * Lanes.N);
      FloatVector x0 = FloatVector.broadcast(Lanes.F, queries[q0 + d]);
      a0 = x0.fma(j, a0);
      b0 = x0.fma(k, b0);
      c0 = x0.fma(m, c0);
      d0 = x0.fma(n, d0);
      FloatVector x1 = FloatVector.broadcast(Lanes.F, queries[q1 + d]);
      a1 = x1.fma(j, a1);
      b1 = x1.fma(k, b1);
      c1 = x1.fma(m, c1);
      d1 = x1.fma(n, d1);
      FloatVector x2 = FloatVector.broadcast(Lanes.F, queries[q2 + d]);
      a2 = x2.fma(j, a2);
      b2 = x2.fma(k, b2);
      c2 = x2.fma(m, c2);
      d2 = x2.fma(n, d2);
      FloatVector x3 = FloatVector.broadcast(Lanes.F, queries[q3 + d]);
      a3 = x3.fma(j, a3);
      b3 = x3.fma(k, b3);
      c3 = x3.fma(m, c3);
      d3 = x3.fma(n, d3);
      FloatVector x4 = FloatVector.broadcast(Lanes.F, queries[q4 + d]);
      a4 = x4.fma(j, a4);
      b4 = x4.fma(k, b4);
      c4 = x4.fma(m, c4);
      d4 = x4.fma(n, d4);
      FloatVector x5 = FloatVector.broadcast(Lanes.F, queries[q5 + d]);
      a5 = x5.fma(j, a5);
      b5 = x5.fma(k, b5);
      c5 = x5.fma(m, c5);
      d5 = x5.fma(n, d5);
    }
    a0.mul(scale).intoArray(out, outOffset);
    b0.mul(scale).intoArray(out, outOffset + Lanes.N);
    c0.mul(scale).intoArray(out, outOffset + 2 * Lanes.N);
    d0.mul(scale).intoArray(out, outOffset + 3 * Lanes.N);
    a1.mul(scale).intoArray(out, outOffset + outStride);
    b1.mul(scale).intoArray(out, outOffset + outStride + Lanes.N);
    c1.mul(scale).intoArray(out, outOffset + outStride + 2 * Lanes.N);
    d1.mul(scale).intoArray(out, outOffset + outStride + 3 * Lanes.N);
    a2.mul(scale).intoArray(out, outOffset + 2 * outStride);
    b2.mul(scale).intoArray(out, outOffset + 2 * outStride + Lanes.N);
    c2.mul(scale).intoArray(out, outOffset + 2 * outStride + 2 * Lanes.N);
    d2.mul(scale).intoArray(out, outOffset + 2 * outStride + 3 * Lanes.N);
    a3.mul(scale).intoArray(out, outOffset + 3 * outStride);
    b3.mul(scale).intoArray(out, outOffset + 3 * outStride + Lanes.N);
    c3.mul(scale).intoArray(out, outOffset + 3 * outStride + 2 * Lanes.N);
    d3.mul(scale).intoArray(out, outOffset + 3 * outStride + 3 * Lanes.N);
    a4.mul(scale).intoArray(out, outOffset + 4 * outStride);
    b4.mul(scale).intoArray(out, outOffset + 4 * outStride + Lanes.N);
    c4.mul(scale).intoArray(out, outOffset + 4 * outStride + 2 * Lanes.N);
    d4.mul(scale).intoArray(out, outOffset + 4 * outStride + 3 * Lanes.N);
    a5.mul(scale).intoArray(out, outOffset + 5 * outStride);
    b5.mul(scale).intoArray(out, outOffset + 5 * outStride + Lanes.N);
    c5.mul(scale).intoArray(out, outOffset + 5 * outStride + 2 * Lanes.N);
    d5.mul(scale).intoArray(out, outOffset + 5 * outStride + 3 * Lanes.N);
  }
}
