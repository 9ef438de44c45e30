package org.lambdascope.engine.kernels.vector;

import static org.lambdascope.engine.kernels.Kernels.BLOCK;
import static org.lambdascope.engine.kernels.Kernels.PARTIALS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Attention over cache blocks: positions are the lanes. */
final class VectorAttention {

  private VectorAttention() {}

  /**
   * Six queries share the loads of a block, or four, or each has its own: two vectors of positions
   * by six or four queries, or four by one, are chains enough to hide the latency of the fused
   * multiply-add. Each sum is one chain in all forms, so the bits are the same.
   */
  static void scores(
      float[] queries,
      int queriesOffset,
      int queryStride,
      int count,
      float[] keys,
      int keysOffset,
      int lanes,
      int headDim,
      float scale,
      float[] out,
      int outOffset,
      int outStride) {
    for (int q = 0; q < count; ) {
      int from = queriesOffset + q * queryStride;
      int to = outOffset + q * outStride;
      int rows = rowsTogether(count - q);
      switch (rows) {
        case 6 -> {
          if (WideScores.fits(lanes)) {
            WideScores.six(
                queries, from, queryStride, keys, keysOffset, headDim, scale, out, to, outStride);
          } else {
            six(
                queries,
                from,
                queryStride,
                keys,
                keysOffset,
                lanes,
                headDim,
                scale,
                out,
                to,
                outStride);
          }
        }
        case 4 ->
            four(
                queries,
                from,
                queryStride,
                keys,
                keysOffset,
                lanes,
                headDim,
                scale,
                out,
                to,
                outStride);
        default -> score(queries, from, keys, keysOffset, lanes, headDim, scale, out, to);
      }
      q += rows;
    }
  }

  /** How many of so many rows go together: 6, 4, or 1, so that few go alone. */
  static int rowsTogether(int rows) {
    return rows == 4 || rows == 5 || rows == 8 ? 4 : rows >= 6 ? 6 : 1;
  }

  private static void six(
      float[] queries,
      int q0,
      int queryStride,
      float[] keys,
      int keysOffset,
      int lanes,
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
    for (int l = 0; l < lanes; l += 2 * Lanes.N) {
      FloatVector a0 = FloatVector.zero(Lanes.F);
      FloatVector b0 = FloatVector.zero(Lanes.F);
      FloatVector a1 = FloatVector.zero(Lanes.F);
      FloatVector b1 = FloatVector.zero(Lanes.F);
      FloatVector a2 = FloatVector.zero(Lanes.F);
      FloatVector b2 = FloatVector.zero(Lanes.F);
      FloatVector a3 = FloatVector.zero(Lanes.F);
      FloatVector b3 = FloatVector.zero(Lanes.F);
      FloatVector a4 = FloatVector.zero(Lanes.F);
      FloatVector b4 = FloatVector.zero(Lanes.F);
      FloatVector a5 = FloatVector.zero(Lanes.F);
      FloatVector b5 = FloatVector.zero(Lanes.F);
      for (int d = 0; d < headDim; d++) {
        int at = keysOffset + l + d * BLOCK;
        FloatVector j = FloatVector.fromArray(Lanes.F, keys, at);
        FloatVector k = FloatVector.fromArray(Lanes.F, keys, at + Lanes.N);
        FloatVector x0 = FloatVector.broadcast(Lanes.F, queries[q0 + d]);
        a0 = x0.fma(j, a0);
        b0 = x0.fma(k, b0);
        FloatVector x1 = FloatVector.broadcast(Lanes.F, queries[q1 + d]);
        a1 = x1.fma(j, a1);
        b1 = x1.fma(k, b1);
        FloatVector x2 = FloatVector.broadcast(Lanes.F, queries[q2 + d]);
        a2 = x2.fma(j, a2);
        b2 = x2.fma(k, b2);
        FloatVector x3 = FloatVector.broadcast(Lanes.F, queries[q3 + d]);
        a3 = x3.fma(j, a3);
        b3 = x3.fma(k, b3);
        FloatVector x4 = FloatVector.broadcast(Lanes.F, queries[q4 + d]);
        a4 = x4.fma(j, a4);
        b4 = x4.fma(k, b4);
        FloatVector x5 = FloatVector.broadcast(Lanes.F, queries[q5 + d]);
        a5 = x5.fma(j, a5);
        b5 = x5.fma(k, b5);
      }
      int to = outOffset + l;
      a0.mul(scale).intoArray(out, to);
      b0.mul(scale).intoArray(out, to + Lanes.N);
      a1.mul(scale).intoArray(out, to + outStride);
      b1.mul(scale).intoArray(out, to + outStride + Lanes.N);
      a2.mul(scale).intoArray(out, to + 2 * outStride);
      b2.mul(scale).intoArray(out, to + 2 * outStride + Lanes.N);
      a3.mul(scale).intoArray(out, to + 3 * outStride);
      b3.mul(scale).intoArray(out, to + 3 * outStride + Lanes.N);
      a4.mul(scale).intoArray(out, to + 4 * outStride);
      b4.mul(scale).intoArray(out, to + 4 * outStride + Lanes.N);
      a5.mul(scale).intoArray(out, to + 5 * outStride);
      b5.mul(scale).intoArray(out, to + 5 * outStride + Lanes.N);
    }
  }

  private static void four(
      float[] queries,
      int q0,
      int queryStride,
      float[] keys,
      int keysOffset,
      int lanes,
      int headDim,
      float scale,
      float[] out,
      int outOffset,
      int outStride) {
    int q1 = q0 + queryStride;
    int q2 = q1 + queryStride;
    int q3 = q2 + queryStride;
    for (int l = 0; l < lanes; l += 2 * Lanes.N) {
      FloatVector a0 = FloatVector.zero(Lanes.F);
      FloatVector b0 = FloatVector.zero(Lanes.F);
      FloatVector a1 = FloatVector.zero(Lanes.F);
      FloatVector b1 = FloatVector.zero(Lanes.F);
      FloatVector a2 = FloatVector.zero(Lanes.F);
      FloatVector b2 = FloatVector.zero(Lanes.F);
      FloatVector a3 = FloatVector.zero(Lanes.F);
      FloatVector b3 = FloatVector.zero(Lanes.F);
      for (int d = 0; d < headDim; d++) {
        int at = keysOffset + l + d * BLOCK;
        FloatVector j = FloatVector.fromArray(Lanes.F, keys, at);
        FloatVector k = FloatVector.fromArray(Lanes.F, keys, at + Lanes.N);
        FloatVector x0 = FloatVector.broadcast(Lanes.F, queries[q0 + d]);
        a0 = x0.fma(j, a0);
        b0 = x0.fma(k, b0);
        FloatVector x1 = FloatVector.broadcast(Lanes.F, queries[q1 + d]);
        a1 = x1.fma(j, a1);
        b1 = x1.fma(k, b1);
        FloatVector x2 = FloatVector.broadcast(Lanes.F, queries[q2 + d]);
        a2 = x2.fma(j, a2);
        b2 = x2.fma(k, b2);
        FloatVector x3 = FloatVector.broadcast(Lanes.F, queries[q3 + d]);
        a3 = x3.fma(j, a3);
        b3 = x3.fma(k, b3);
      }
      int to = outOffset + l;
      a0.mul(scale).intoArray(out, to);
      b0.mul(scale).intoArray(out, to + Lanes.N);
      a1.mul(scale).intoArray(out, to + outStride);
      b1.mul(scale).intoArray(out, to + outStride + Lanes.N);
      a2.mul(scale).intoArray(out, to + 2 * outStride);
      b2.mul(scale).intoArray(out, to + 2 * outStride + Lanes.N);
      a3.mul(scale).intoArray(out, to + 3 * outStride);
      b3.mul(scale).intoArray(out, to + 3 * outStride + Lanes.N);
    }
  }

  /** Four vectors of positions at a time; at 512 bits they are the whole block. */
  static void score(
      float[] query,
      int queryOffset,
      float[] keys,
      int keysOffset,
      int lanes,
      int headDim,
      float scale,
      float[] out,
      int outOffset) {
    int l = 0;
    for (; l + 4 * Lanes.N <= lanes; l += 4 * Lanes.N) {
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
    for (; l < lanes; l += 2 * Lanes.N) {
      FloatVector a0 = FloatVector.zero(Lanes.F);
      FloatVector a1 = a0;
      int base = keysOffset + l;
      for (int d = 0; d < headDim; d++) {
        FloatVector q = FloatVector.broadcast(Lanes.F, query[queryOffset + d]);
        int at = base + d * BLOCK;
        a0 = q.fma(FloatVector.fromArray(Lanes.F, keys, at), a0);
        a1 = q.fma(FloatVector.fromArray(Lanes.F, keys, at + Lanes.N), a1);
      }
      a0.mul(scale).intoArray(out, outOffset + l);
      a1.mul(scale).intoArray(out, outOffset + l + Lanes.N);
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
