package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;

/** LayerNorm: mean, then the squares about it, then the scaled row. */
final class VectorLayerNorm {

  private VectorLayerNorm() {}

  static void apply(
      float[] x,
      int xOffset,
      float[] weight,
      float[] bias,
      float eps,
      float[] out,
      int outOffset,
      int n) {
    float mean = mean(x, xOffset, n);
    float factor = (float) (1 / Math.sqrt(squares(x, xOffset, n, mean) / n + eps));
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      FloatVector.fromArray(Lanes.F, x, xOffset + i)
          .sub(mean)
          .mul(factor)
          .fma(FloatVector.fromArray(Lanes.F, weight, i), FloatVector.fromArray(Lanes.F, bias, i))
          .intoArray(out, outOffset + i);
    }
    for (; i < n; i++) {
      out[outOffset + i] = Math.fma((x[xOffset + i] - mean) * factor, weight[i], bias[i]);
    }
  }

  /** Two chains: one would wait for the latency of each addition. */
  private static float mean(float[] x, int offset, int n) {
    FloatVector a = FloatVector.zero(Lanes.F);
    FloatVector b = a;
    int i = 0;
    for (; i + 2 * Lanes.N <= n; i += 2 * Lanes.N) {
      a = a.add(FloatVector.fromArray(Lanes.F, x, offset + i));
      b = b.add(FloatVector.fromArray(Lanes.F, x, offset + i + Lanes.N));
    }
    double sum = Lanes.sum(a.add(b));
    for (; i < n; i++) {
      sum += x[offset + i];
    }
    return (float) (sum / n);
  }

  private static double squares(float[] x, int offset, int n, float mean) {
    FloatVector a = FloatVector.zero(Lanes.F);
    FloatVector b = a;
    int i = 0;
    for (; i + 2 * Lanes.N <= n; i += 2 * Lanes.N) {
      FloatVector u = FloatVector.fromArray(Lanes.F, x, offset + i).sub(mean);
      FloatVector v = FloatVector.fromArray(Lanes.F, x, offset + i + Lanes.N).sub(mean);
      a = u.fma(u, a);
      b = v.fma(v, b);
    }
    double sum = Lanes.sum(a.add(b));
    for (; i < n; i++) {
      double v = x[offset + i] - mean;
      sum += v * v;
    }
    return sum;
  }
}
