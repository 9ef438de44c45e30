package org.lambdascope.engine.kernels.vector;

import static org.lambdascope.engine.kernels.Kernels.BLOCK;
import static org.lambdascope.engine.kernels.Kernels.PARTIALS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Attention over cache blocks: positions are the lanes. */
final class VectorAttention {

  private VectorAttention() {}

  /**
   * Four vectors of positions at a time: four independent chains hide the latency of the fused
   * multiply-add, and at 512 bits they are the whole block.
   */
  static void score(
      float[] query,
      int queryOffset,
      float[] keys,
      int keysOffset,
      int headDim,
      float scale,
      float[] out,
      int outOffset) {
    for (int l = 0; l < BLOCK; l += 4 * Lanes.N) {
      FloatVector a0 = FloatVector.zero(Lanes.F);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      int base = keysOffset + l;
      for (int d = 0; d < headDim; d++) {
        FloatVector q = FloatVector.broadcast(Lanes.F, query[queryOffset + d]);
        int at = base + d * BLOCK;
        a0 = q.fma(FloatVector.fromArray(Lanes.F, keys, at), a0);
        a1 = q.fma(FloatVector.fromArray(Lanes.F, keys, at + Lanes.N), a1);
        a2 = q.fma(FloatVector.fromArray(Lanes.F, keys, at + 2 * Lanes.N), a2);
        a3 = q.fma(FloatVector.fromArray(Lanes.F, keys, at + 3 * Lanes.N), a3);
      }
      a0.mul(scale).intoArray(out, outOffset + l);
      a1.mul(scale).intoArray(out, outOffset + l + Lanes.N);
      a2.mul(scale).intoArray(out, outOffset + l + 2 * Lanes.N);
      a3.mul(scale).intoArray(out, outOffset + l + 3 * Lanes.N);
    }
  }

  static void addRamp(float[] x, int offset, int n, float slope, int first, int step) {
    int i = 0;
    FloatVector ramp = (FloatVector) Lanes.ramp(first, step).convert(VectorOperators.I2F, 0);
    for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      FloatVector.broadcast(Lanes.F, slope)
          .fma(ramp, FloatVector.fromArray(Lanes.F, x, offset + i))
          .intoArray(x, offset + i);
      ramp = ramp.add((float) (step * Lanes.N)); // whole numbers: exact
    }
    for (; i < n; i++) {
      x[offset + i] = Math.fma(slope, first + i * step, x[offset + i]);
    }
  }

  /**
   * Four queries against the same block: two vectors of positions give eight chains, and each
   * vector of keys is loaded once for four. The order of the sums is that of {@link #score}.
   */
  static void scoreFour(
      float[] queries,
      int queriesOffset,
      int queryStride,
      float[] keys,
      int keysOffset,
      int headDim,
      float scale,
      float[] out,
      int outOffset,
      int outStride) {
    for (int l = 0; l < BLOCK; l += 2 * Lanes.N) {
      FloatVector a0 = FloatVector.zero(Lanes.F);
      FloatVector a1 = a0;
      FloatVector b0 = a0;
      FloatVector b1 = a0;
      FloatVector c0 = a0;
      FloatVector c1 = a0;
      FloatVector d0 = a0;
      FloatVector d1 = a0;
      for (int d = 0; d < headDim; d++) {
        int at = keysOffset + l + d * BLOCK;
        int q = queriesOffset + d;
        FloatVector k0 = FloatVector.fromArray(Lanes.F, keys, at);
        FloatVector k1 = FloatVector.fromArray(Lanes.F, keys, at + Lanes.N);
        FloatVector a = FloatVector.broadcast(Lanes.F, queries[q]);
        a0 = a.fma(k0, a0);
        a1 = a.fma(k1, a1);
        FloatVector b = FloatVector.broadcast(Lanes.F, queries[q + queryStride]);
        b0 = b.fma(k0, b0);
        b1 = b.fma(k1, b1);
        FloatVector c = FloatVector.broadcast(Lanes.F, queries[q + 2 * queryStride]);
        c0 = c.fma(k0, c0);
        c1 = c.fma(k1, c1);
        FloatVector e = FloatVector.broadcast(Lanes.F, queries[q + 3 * queryStride]);
        d0 = e.fma(k0, d0);
        d1 = e.fma(k1, d1);
      }
      int to = outOffset + l;
      a0.mul(scale).intoArray(out, to);
      a1.mul(scale).intoArray(out, to + Lanes.N);
      b0.mul(scale).intoArray(out, to + outStride);
      b1.mul(scale).intoArray(out, to + outStride + Lanes.N);
      c0.mul(scale).intoArray(out, to + 2 * outStride);
      c1.mul(scale).intoArray(out, to + 2 * outStride + Lanes.N);
      d0.mul(scale).intoArray(out, to + 3 * outStride);
      d1.mul(scale).intoArray(out, to + 3 * outStride + Lanes.N);
    }
  }

  /**
   * The four weights that share a partial sum stay in registers while d runs; their chain is short,
   * and the chains of different d are independent.
   */
  static void accumulate(
      float[] weights,
      int weightsOffset,
      float[] values,
      int valuesOffset,
      int headDim,
      float[] partials,
      int partialsOffset) {
    for (int p = 0; p < PARTIALS; p += Lanes.N) {
      FloatVector w0 = FloatVector.fromArray(Lanes.F, weights, weightsOffset + p);
      FloatVector w1 = FloatVector.fromArray(Lanes.F, weights, weightsOffset + p + PARTIALS);
      FloatVector w2 = FloatVector.fromArray(Lanes.F, weights, weightsOffset + p + 2 * PARTIALS);
      FloatVector w3 = FloatVector.fromArray(Lanes.F, weights, weightsOffset + p + 3 * PARTIALS);
      for (int d = 0; d < headDim; d++) {
        int at = valuesOffset + p + d * BLOCK;
        int to = partialsOffset + p + d * PARTIALS;
        FloatVector a = FloatVector.fromArray(Lanes.F, partials, to);
        a = w0.fma(FloatVector.fromArray(Lanes.F, values, at), a);
        a = w1.fma(FloatVector.fromArray(Lanes.F, values, at + PARTIALS), a);
        a = w2.fma(FloatVector.fromArray(Lanes.F, values, at + 2 * PARTIALS), a);
        a = w3.fma(FloatVector.fromArray(Lanes.F, values, at + 3 * PARTIALS), a);
        a.intoArray(partials, to);
      }
    }
  }

  /**
   * Two rows of weights over the same block: their eight vectors of weights still fit into
   * registers, and each vector of values is loaded once for two. The order of the sums is that of
   * {@link #accumulate}.
   */
  static void accumulateTwo(
      float[] weights,
      int weightsOffset,
      int weightStride,
      float[] values,
      int valuesOffset,
      int headDim,
      float[] partials,
      int partialsOffset,
      int partialStride) {
    for (int p = 0; p < PARTIALS; p += Lanes.N) {
      int first = weightsOffset + p;
      int second = first + weightStride;
      FloatVector u0 = FloatVector.fromArray(Lanes.F, weights, first);
      FloatVector u1 = FloatVector.fromArray(Lanes.F, weights, first + PARTIALS);
      FloatVector u2 = FloatVector.fromArray(Lanes.F, weights, first + 2 * PARTIALS);
      FloatVector u3 = FloatVector.fromArray(Lanes.F, weights, first + 3 * PARTIALS);
      FloatVector w0 = FloatVector.fromArray(Lanes.F, weights, second);
      FloatVector w1 = FloatVector.fromArray(Lanes.F, weights, second + PARTIALS);
      FloatVector w2 = FloatVector.fromArray(Lanes.F, weights, second + 2 * PARTIALS);
      FloatVector w3 = FloatVector.fromArray(Lanes.F, weights, second + 3 * PARTIALS);
      for (int d = 0; d < headDim; d++) {
        int at = valuesOffset + p + d * BLOCK;
        int to = partialsOffset + p + d * PARTIALS;
        FloatVector v0 = FloatVector.fromArray(Lanes.F, values, at);
        FloatVector v1 = FloatVector.fromArray(Lanes.F, values, at + PARTIALS);
        FloatVector v2 = FloatVector.fromArray(Lanes.F, values, at + 2 * PARTIALS);
        FloatVector v3 = FloatVector.fromArray(Lanes.F, values, at + 3 * PARTIALS);
        FloatVector a = FloatVector.fromArray(Lanes.F, partials, to);
        u3.fma(v3, u2.fma(v2, u1.fma(v1, u0.fma(v0, a)))).intoArray(partials, to);
        FloatVector b = FloatVector.fromArray(Lanes.F, partials, to + partialStride);
        w3.fma(v3, w2.fma(v2, w1.fma(v1, w0.fma(v0, b)))).intoArray(partials, to + partialStride);
      }
    }
  }

  /** Adds halves, 16 to 8 to 4 and so on: at every width the same numbers, so the bits agree. */
  static void fold(
      float[] partials, int partialsOffset, int headDim, float scale, float[] out, int outOffset) {
    for (int d = 0; d < headDim; d++) {
      out[outOffset + d] = scale * Lanes.sum(sixteen(partials, partialsOffset + d * PARTIALS));
    }
  }

  /** Sixteen values, of which those that lie a vector or more apart are added. */
  private static FloatVector sixteen(float[] x, int at) {
    FloatVector first = FloatVector.fromArray(Lanes.F, x, at);
    if (Lanes.N == 16) {
      return first;
    }
    FloatVector even = first.add(FloatVector.fromArray(Lanes.F, x, at + 8));
    if (Lanes.N == 8) {
      return even;
    }
    FloatVector odd = FloatVector.fromArray(Lanes.F, x, at + 4);
    return even.add(odd.add(FloatVector.fromArray(Lanes.F, x, at + 12)));
  }
}
