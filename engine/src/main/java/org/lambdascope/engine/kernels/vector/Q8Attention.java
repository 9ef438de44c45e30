package org.lambdascope.engine.kernels.vector;

import static org.lambdascope.engine.kernels.Kernels.BLOCK;
import static org.lambdascope.engine.kernels.Kernels.PARTIALS;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.CachePage.Q8;

/** {@link VectorAttention} over a cache in bytes with a scale per group of features. */
final class Q8Attention {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Left shifts that bring byte {@code i} of an int to the top, at four lanes. */
  private static final IntVector TO_TOP = Lanes.ramp(24, -8);

  private Q8Attention() {}

  private static FloatVector load(byte[] data, int at) {
    if (Lanes.N >= 8) {
      return (FloatVector) ByteVector.fromArray(Lanes.B, data, at).castShape(Lanes.F, 0);
    }
    // Four bytes are less than the smallest vector: spread one int over the lanes instead.
    return (FloatVector)
        IntVector.broadcast(Lanes.I, (int) INTS.get(data, at))
            .lanewise(VectorOperators.LSHL, TO_TOP)
            .lanewise(VectorOperators.ASHR, 24)
            .convertShape(VectorOperators.I2F, Lanes.F, 0);
  }

  /** The scales are applied once per group, to its sum. */
  static void score(
      float[] query,
      int queryOffset,
      CachePage.Q8 keys,
      int head,
      float scale,
      float[] out,
      int outOffset) {
    byte[] data = keys.data();
    float[] scales = keys.scales();
    int headDim = keys.headDim();
    for (int l = 0; l < BLOCK; l += 4 * Lanes.N) {
      FloatVector a0 = FloatVector.zero(Lanes.F);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      for (int from = 0; from < headDim; from += Q8.GROUP) {
        int to = Math.min(from + Q8.GROUP, headDim);
        FloatVector t0 = FloatVector.zero(Lanes.F);
        FloatVector t1 = t0;
        FloatVector t2 = t0;
        FloatVector t3 = t0;
        int base = keys.index(head, 0) + l;
        for (int d = from; d < to; d++) {
          FloatVector q = FloatVector.broadcast(Lanes.F, query[queryOffset + d]);
          int at = base + d * BLOCK;
          t0 = load(data, at).fma(q, t0);
          t1 = load(data, at + Lanes.N).fma(q, t1);
          t2 = load(data, at + 2 * Lanes.N).fma(q, t2);
          t3 = load(data, at + 3 * Lanes.N).fma(q, t3);
        }
        int s = keys.scaleIndex(head, from / Q8.GROUP) + l;
        a0 = t0.fma(FloatVector.fromArray(Lanes.F, scales, s), a0);
        a1 = t1.fma(FloatVector.fromArray(Lanes.F, scales, s + Lanes.N), a1);
        a2 = t2.fma(FloatVector.fromArray(Lanes.F, scales, s + 2 * Lanes.N), a2);
        a3 = t3.fma(FloatVector.fromArray(Lanes.F, scales, s + 3 * Lanes.N), a3);
      }
      a0.mul(scale).intoArray(out, outOffset + l);
      a1.mul(scale).intoArray(out, outOffset + l + Lanes.N);
      a2.mul(scale).intoArray(out, outOffset + l + 2 * Lanes.N);
      a3.mul(scale).intoArray(out, outOffset + l + 3 * Lanes.N);
    }
  }

  /** The weights of a group take its scales along, so that a value costs one conversion. */
  static void accumulate(
      float[] weights,
      int weightsOffset,
      CachePage.Q8 values,
      int head,
      float[] partials,
      int partialsOffset) {
    byte[] data = values.data();
    int headDim = values.headDim();
    int base = values.index(head, 0);
    for (int p = 0; p < PARTIALS; p += Lanes.N) {
      for (int from = 0; from < headDim; from += Q8.GROUP) {
        int s = values.scaleIndex(head, from / Q8.GROUP) + p;
        FloatVector w0 = scaled(weights, weightsOffset + p, values.scales(), s);
        FloatVector w1 =
            scaled(weights, weightsOffset + p + PARTIALS, values.scales(), s + PARTIALS);
        FloatVector w2 =
            scaled(weights, weightsOffset + p + 2 * PARTIALS, values.scales(), s + 2 * PARTIALS);
        FloatVector w3 =
            scaled(weights, weightsOffset + p + 3 * PARTIALS, values.scales(), s + 3 * PARTIALS);
        for (int d = from; d < Math.min(from + Q8.GROUP, headDim); d++) {
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

  private static FloatVector scaled(float[] weights, int at, float[] scales, int scaleAt) {
    return FloatVector.fromArray(Lanes.F, weights, at)
        .mul(FloatVector.fromArray(Lanes.F, scales, scaleAt));
  }
}
