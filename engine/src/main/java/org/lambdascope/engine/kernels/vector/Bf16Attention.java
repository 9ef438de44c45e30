package org.lambdascope.engine.kernels.vector;

import static org.lambdascope.engine.kernels.Kernels.BLOCK;
import static org.lambdascope.engine.kernels.Kernels.PARTIALS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import org.lambdascope.engine.kernels.CachePage;

/**
 * {@link VectorAttention} over a cache in bfloat16: vectors of half the width are loaded and
 * widened, in the same order of sums. A twin of {@link F16Attention}, since the compiler keeps
 * vectors in registers only where the loads are no choice at run time.
 */
final class Bf16Attention {

  private Bf16Attention() {}

  private static FloatVector load(short[] data, int at) {
    return Bf16Rows.widen(ShortVector.fromArray(Lanes.S, data, at));
  }

  static void score(
      float[] query,
      int queryOffset,
      CachePage.BF16 keys,
      int head,
      float scale,
      float[] out,
      int outOffset) {
    short[] data = keys.data();
    int headDim = keys.headDim();
    for (int l = 0; l < BLOCK; l += 4 * Lanes.N) {
      FloatVector a0 = FloatVector.zero(Lanes.F);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      int base = keys.index(head, 0) + l;
      for (int d = 0; d < headDim; d++) {
        FloatVector q = FloatVector.broadcast(Lanes.F, query[queryOffset + d]);
        int at = base + d * BLOCK;
        a0 = q.fma(load(data, at), a0);
        a1 = q.fma(load(data, at + Lanes.N), a1);
        a2 = q.fma(load(data, at + 2 * Lanes.N), a2);
        a3 = q.fma(load(data, at + 3 * Lanes.N), a3);
      }
      a0.mul(scale).intoArray(out, outOffset + l);
      a1.mul(scale).intoArray(out, outOffset + l + Lanes.N);
      a2.mul(scale).intoArray(out, outOffset + l + 2 * Lanes.N);
      a3.mul(scale).intoArray(out, outOffset + l + 3 * Lanes.N);
    }
  }

  static void accumulate(
      float[] weights,
      int weightsOffset,
      CachePage.BF16 values,
      int head,
      float[] partials,
      int partialsOffset) {
    short[] data = values.data();
    int headDim = values.headDim();
    int base = values.index(head, 0);
    for (int p = 0; p < PARTIALS; p += Lanes.N) {
      FloatVector w0 = FloatVector.fromArray(Lanes.F, weights, weightsOffset + p);
      FloatVector w1 = FloatVector.fromArray(Lanes.F, weights, weightsOffset + p + PARTIALS);
      FloatVector w2 = FloatVector.fromArray(Lanes.F, weights, weightsOffset + p + 2 * PARTIALS);
      FloatVector w3 = FloatVector.fromArray(Lanes.F, weights, weightsOffset + p + 3 * PARTIALS);
      for (int d = 0; d < headDim; d++) {
        int at = base + p + d * BLOCK;
        int to = partialsOffset + p + d * PARTIALS;
        FloatVector a = FloatVector.fromArray(Lanes.F, partials, to);
        a = w0.fma(load(data, at), a);
        a = w1.fma(load(data, at + PARTIALS), a);
        a = w2.fma(load(data, at + 2 * PARTIALS), a);
        a = w3.fma(load(data, at + 3 * PARTIALS), a);
        a.intoArray(partials, to);
      }
    }
  }
}
