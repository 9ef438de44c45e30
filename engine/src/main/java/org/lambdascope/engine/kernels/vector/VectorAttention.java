package org.lambdascope.engine.kernels.vector;

import static org.lambdascope.engine.kernels.Kernels.BLOCK;
import static org.lambdascope.engine.kernels.Kernels.PARTIALS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Attention over cache blocks: positions are the lanes. */
final class VectorAttention {

  /** Sums of {@link #fold} are formed at this width on every machine, so that the bits agree. */
  private static final VectorSpecies<Float> NARROW = FloatVector.SPECIES_128;

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

  /** Adds halves: 16 to 8 to 4 in vectors, 4 to 2 to 1 lane by lane. */
  static void fold(
      float[] partials, int partialsOffset, int headDim, float scale, float[] out, int outOffset) {
    for (int d = 0; d < headDim; d++) {
      int at = partialsOffset + d * PARTIALS;
      FloatVector even =
          FloatVector.fromArray(NARROW, partials, at)
              .add(FloatVector.fromArray(NARROW, partials, at + 8));
      FloatVector odd =
          FloatVector.fromArray(NARROW, partials, at + 4)
              .add(FloatVector.fromArray(NARROW, partials, at + 12));
      FloatVector sum = even.add(odd);
      out[outOffset + d] = scale * ((sum.lane(0) + sum.lane(2)) + (sum.lane(1) + sum.lane(3)));
    }
  }
}
