package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;

/**
 * Adds weighted rows of a cache block: features are the lanes, and the sums stay in registers while
 * the block goes by. Every sum is one chain of fused multiply-adds in the order of the rows, so all
 * forms give the same bits.
 */
final class WeightedRows {

  private WeightedRows() {}

  /** As {@link org.lambdascope.engine.kernels.Kernels#addWeightedRows}. */
  static void add(
      float[] weights,
      int weightsOffset,
      int weightStride,
      int count,
      float[] values,
      int valuesOffset,
      int lanes,
      int width,
      float[] sums,
      int sumsOffset) {
    for (int q = 0; q < count; ) {
      int w = weightsOffset + q * weightStride;
      int s = sumsOffset + q * width;
      int rows = VectorAttention.rowsTogether(count - q);
      if (rows == 1) {
        row(weights, w, values, valuesOffset, lanes, width, sums, s);
      } else {
        rows(rows, weights, w, weightStride, values, valuesOffset, lanes, width, sums, s);
      }
      q += rows;
    }
  }

  /** Six or four rows share the loads of values: with two vectors of features, chains enough. */
  private static void rows(
      int rows,
      float[] weights,
      int w,
      int weightStride,
      float[] values,
      int valuesOffset,
      int lanes,
      int width,
      float[] sums,
      int s) {
    int f = 0;
    for (; rows == 6 && WideWeightedRows.fits(width - f); f += WideWeightedRows.WIDTH) {
      WideWeightedRows.six(
          weights, w, weightStride, values, valuesOffset + f, lanes, width, sums, s + f);
    }
    for (; f + 2 * Lanes.N <= width; f += 2 * Lanes.N) {
      if (rows == 6) {
        six(weights, w, weightStride, values, valuesOffset + f, lanes, width, sums, s + f);
      } else {
        four(weights, w, weightStride, values, valuesOffset + f, lanes, width, sums, s + f);
      }
    }
    if (f < width) {
      for (int r = 0; r < rows; r++) {
        int at = s + r * width + f;
        single(weights, w + r * weightStride, values, valuesOffset + f, lanes, width, sums, at);
      }
    }
  }

  private static void row(
      float[] weights,
      int w,
      float[] values,
      int valuesOffset,
      int lanes,
      int width,
      float[] sums,
      int s) {
    int f = 0;
    for (; f + 4 * Lanes.N <= width; f += 4 * Lanes.N) {
      wide(weights, w, values, valuesOffset + f, lanes, width, sums, s + f);
    }
    for (; f + 2 * Lanes.N <= width; f += 2 * Lanes.N) {
      pair(weights, w, values, valuesOffset + f, lanes, width, sums, s + f);
    }
    if (f < width) {
      single(weights, w, values, valuesOffset + f, lanes, width, sums, s + f);
    }
  }

  private static void six(
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
    FloatVector a1 = FloatVector.fromArray(Lanes.F, sums, s1);
    FloatVector b1 = FloatVector.fromArray(Lanes.F, sums, s1 + Lanes.N);
    FloatVector a2 = FloatVector.fromArray(Lanes.F, sums, s2);
    FloatVector b2 = FloatVector.fromArray(Lanes.F, sums, s2 + Lanes.N);
    FloatVector a3 = FloatVector.fromArray(Lanes.F, sums, s3);
    FloatVector b3 = FloatVector.fromArray(Lanes.F, sums, s3 + Lanes.N);
    FloatVector a4 = FloatVector.fromArray(Lanes.F, sums, s4);
    FloatVector b4 = FloatVector.fromArray(Lanes.F, sums, s4 + Lanes.N);
    FloatVector a5 = FloatVector.fromArray(Lanes.F, sums, s5);
    FloatVector b5 = FloatVector.fromArray(Lanes.F, sums, s5 + Lanes.N);
    for (int l = 0, at = valuesOffset; l < lanes; l++, at += width) {
      FloatVector u = FloatVector.fromArray(Lanes.F, values, at);
      FloatVector v = FloatVector.fromArray(Lanes.F, values, at + Lanes.N);
      FloatVector x0 = FloatVector.broadcast(Lanes.F, weights[w0 + l]);
      a0 = u.fma(x0, a0);
      b0 = v.fma(x0, b0);
      FloatVector x1 = FloatVector.broadcast(Lanes.F, weights[w1 + l]);
      a1 = u.fma(x1, a1);
      b1 = v.fma(x1, b1);
      FloatVector x2 = FloatVector.broadcast(Lanes.F, weights[w2 + l]);
      a2 = u.fma(x2, a2);
      b2 = v.fma(x2, b2);
      FloatVector x3 = FloatVector.broadcast(Lanes.F, weights[w3 + l]);
      a3 = u.fma(x3, a3);
      b3 = v.fma(x3, b3);
      FloatVector x4 = FloatVector.broadcast(Lanes.F, weights[w4 + l]);
      a4 = u.fma(x4, a4);
      b4 = v.fma(x4, b4);
      FloatVector x5 = FloatVector.broadcast(Lanes.F, weights[w5 + l]);
      a5 = u.fma(x5, a5);
      b5 = v.fma(x5, b5);
    }
    a0.intoArray(sums, s0);
    b0.intoArray(sums, s0 + Lanes.N);
    a1.intoArray(sums, s1);
    b1.intoArray(sums, s1 + Lanes.N);
    a2.intoArray(sums, s2);
    b2.intoArray(sums, s2 + Lanes.N);
    a3.intoArray(sums, s3);
    b3.intoArray(sums, s3 + Lanes.N);
    a4.intoArray(sums, s4);
    b4.intoArray(sums, s4 + Lanes.N);
    a5.intoArray(sums, s5);
    b5.intoArray(sums, s5 + Lanes.N);
  }

  private static void four(
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
    int s1 = s0 + width;
    int s2 = s1 + width;
    int s3 = s2 + width;
    FloatVector a0 = FloatVector.fromArray(Lanes.F, sums, s0);
    FloatVector b0 = FloatVector.fromArray(Lanes.F, sums, s0 + Lanes.N);
    FloatVector a1 = FloatVector.fromArray(Lanes.F, sums, s1);
    FloatVector b1 = FloatVector.fromArray(Lanes.F, sums, s1 + Lanes.N);
    FloatVector a2 = FloatVector.fromArray(Lanes.F, sums, s2);
    FloatVector b2 = FloatVector.fromArray(Lanes.F, sums, s2 + Lanes.N);
    FloatVector a3 = FloatVector.fromArray(Lanes.F, sums, s3);
    FloatVector b3 = FloatVector.fromArray(Lanes.F, sums, s3 + Lanes.N);
    for (int l = 0, at = valuesOffset; l < lanes; l++, at += width) {
      FloatVector u = FloatVector.fromArray(Lanes.F, values, at);
      FloatVector v = FloatVector.fromArray(Lanes.F, values, at + Lanes.N);
      FloatVector x0 = FloatVector.broadcast(Lanes.F, weights[w0 + l]);
      a0 = u.fma(x0, a0);
      b0 = v.fma(x0, b0);
      FloatVector x1 = FloatVector.broadcast(Lanes.F, weights[w1 + l]);
      a1 = u.fma(x1, a1);
      b1 = v.fma(x1, b1);
      FloatVector x2 = FloatVector.broadcast(Lanes.F, weights[w2 + l]);
      a2 = u.fma(x2, a2);
      b2 = v.fma(x2, b2);
      FloatVector x3 = FloatVector.broadcast(Lanes.F, weights[w3 + l]);
      a3 = u.fma(x3, a3);
      b3 = v.fma(x3, b3);
    }
    a0.intoArray(sums, s0);
    b0.intoArray(sums, s0 + Lanes.N);
    a1.intoArray(sums, s1);
    b1.intoArray(sums, s1 + Lanes.N);
    a2.intoArray(sums, s2);
    b2.intoArray(sums, s2 + Lanes.N);
    a3.intoArray(sums, s3);
    b3.intoArray(sums, s3 + Lanes.N);
  }

  /** One row of weights, four vectors of features: four chains. */
  private static void wide(
      float[] weights,
      int weightsOffset,
      float[] values,
      int valuesOffset,
      int lanes,
      int width,
      float[] sums,
      int sumsOffset) {
    FloatVector a = FloatVector.fromArray(Lanes.F, sums, sumsOffset);
    FloatVector b = FloatVector.fromArray(Lanes.F, sums, sumsOffset + Lanes.N);
    FloatVector c = FloatVector.fromArray(Lanes.F, sums, sumsOffset + 2 * Lanes.N);
    FloatVector d = FloatVector.fromArray(Lanes.F, sums, sumsOffset + 3 * Lanes.N);
    for (int l = 0, at = valuesOffset; l < lanes; l++, at += width) {
      FloatVector w = FloatVector.broadcast(Lanes.F, weights[weightsOffset + l]);
      a = FloatVector.fromArray(Lanes.F, values, at).fma(w, a);
      b = FloatVector.fromArray(Lanes.F, values, at + Lanes.N).fma(w, b);
      c = FloatVector.fromArray(Lanes.F, values, at + 2 * Lanes.N).fma(w, c);
      d = FloatVector.fromArray(Lanes.F, values, at + 3 * Lanes.N).fma(w, d);
    }
    a.intoArray(sums, sumsOffset);
    b.intoArray(sums, sumsOffset + Lanes.N);
    c.intoArray(sums, sumsOffset + 2 * Lanes.N);
    d.intoArray(sums, sumsOffset + 3 * Lanes.N);
  }

  private static void pair(
      float[] weights,
      int weightsOffset,
      float[] values,
      int valuesOffset,
      int lanes,
      int width,
      float[] sums,
      int sumsOffset) {
    FloatVector a = FloatVector.fromArray(Lanes.F, sums, sumsOffset);
    FloatVector b = FloatVector.fromArray(Lanes.F, sums, sumsOffset + Lanes.N);
    for (int l = 0, at = valuesOffset; l < lanes; l++, at += width) {
      FloatVector w = FloatVector.broadcast(Lanes.F, weights[weightsOffset + l]);
      a = FloatVector.fromArray(Lanes.F, values, at).fma(w, a);
      b = FloatVector.fromArray(Lanes.F, values, at + Lanes.N).fma(w, b);
    }
    a.intoArray(sums, sumsOffset);
    b.intoArray(sums, sumsOffset + Lanes.N);
  }

  private static void single(
      float[] weights,
      int weightsOffset,
      float[] values,
      int valuesOffset,
      int lanes,
      int width,
      float[] sums,
      int sumsOffset) {
    FloatVector a = FloatVector.fromArray(Lanes.F, sums, sumsOffset);
    for (int l = 0, at = valuesOffset; l < lanes; l++, at += width) {
      FloatVector w = FloatVector.broadcast(Lanes.F, weights[weightsOffset + l]);
      a = FloatVector.fromArray(Lanes.F, values, at).fma(w, a);
    }
    a.intoArray(sums, sumsOffset);
  }
}
