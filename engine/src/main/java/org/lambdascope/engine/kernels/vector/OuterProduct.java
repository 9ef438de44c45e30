package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;

/**
 * Multiplies rows of activations with a packed panel, as sums of outer products: outputs are the
 * lanes, so nothing is reduced across lanes. The unrolled forms keep their sums in local variables,
 * which become registers: six rows by two vectors are twelve chains, enough to hide the latency of
 * the fused multiply-add, and with two vectors of weights and one of x they just fit the sixteen
 * registers of AVX2.
 */
final class OuterProduct {

  /** Rows of the widest form. */
  static final int ROWS = 6;

  private OuterProduct() {}

  /**
   * Multiplies {@code rows} rows.
   *
   * @param panel weights {@code [depth, Scratch.WIDTH]}
   * @param x activations; row {@code r} starts at {@code xOffset + r · xStride}
   * @param y results, {@link Scratch#WIDTH} per row; row {@code r} starts at {@code yOffset + r ·
   *     yStride}
   * @param more add to {@code y} instead of overwriting it
   */
  static void multiply(
      float[] panel,
      int depth,
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      float[] y,
      int yOffset,
      int yStride,
      boolean more) {
    int r = 0;
    for (; r + 6 <= rows; r += 6) {
      rows6(
          panel, depth, x, xOffset + r * xStride, xStride, y, yOffset + r * yStride, yStride, more);
    }
    for (; r + 2 <= rows; r += 2) {
      rows2(
          panel, depth, x, xOffset + r * xStride, xStride, y, yOffset + r * yStride, yStride, more);
    }
    if (r < rows) {
      rows1(panel, depth, x, xOffset + r * xStride, y, yOffset + r * yStride, more);
    }
  }

  private static void rows6(
      float[] panel,
      int depth,
      float[] x,
      int x0,
      int xStride,
      float[] y,
      int y0,
      int yStride,
      boolean more) {
    int x1 = x0 + xStride;
    int x2 = x1 + xStride;
    int x3 = x2 + xStride;
    int x4 = x3 + xStride;
    int x5 = x4 + xStride;
    int y1 = y0 + yStride;
    int y2 = y1 + yStride;
    int y3 = y2 + yStride;
    int y4 = y3 + yStride;
    int y5 = y4 + yStride;
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
    if (more) {
      a0 = FloatVector.fromArray(Lanes.F, y, y0);
      b0 = FloatVector.fromArray(Lanes.F, y, y0 + Lanes.N);
      a1 = FloatVector.fromArray(Lanes.F, y, y1);
      b1 = FloatVector.fromArray(Lanes.F, y, y1 + Lanes.N);
      a2 = FloatVector.fromArray(Lanes.F, y, y2);
      b2 = FloatVector.fromArray(Lanes.F, y, y2 + Lanes.N);
      a3 = FloatVector.fromArray(Lanes.F, y, y3);
      b3 = FloatVector.fromArray(Lanes.F, y, y3 + Lanes.N);
      a4 = FloatVector.fromArray(Lanes.F, y, y4);
      b4 = FloatVector.fromArray(Lanes.F, y, y4 + Lanes.N);
      a5 = FloatVector.fromArray(Lanes.F, y, y5);
      b5 = FloatVector.fromArray(Lanes.F, y, y5 + Lanes.N);
    }
    for (int k = 0; k < depth; k++) {
      FloatVector p = FloatVector.fromArray(Lanes.F, panel, k * Scratch.WIDTH);
      FloatVector q = FloatVector.fromArray(Lanes.F, panel, k * Scratch.WIDTH + Lanes.N);
      FloatVector v0 = FloatVector.broadcast(Lanes.F, x[x0 + k]);
      a0 = p.fma(v0, a0);
      b0 = q.fma(v0, b0);
      FloatVector v1 = FloatVector.broadcast(Lanes.F, x[x1 + k]);
      a1 = p.fma(v1, a1);
      b1 = q.fma(v1, b1);
      FloatVector v2 = FloatVector.broadcast(Lanes.F, x[x2 + k]);
      a2 = p.fma(v2, a2);
      b2 = q.fma(v2, b2);
      FloatVector v3 = FloatVector.broadcast(Lanes.F, x[x3 + k]);
      a3 = p.fma(v3, a3);
      b3 = q.fma(v3, b3);
      FloatVector v4 = FloatVector.broadcast(Lanes.F, x[x4 + k]);
      a4 = p.fma(v4, a4);
      b4 = q.fma(v4, b4);
      FloatVector v5 = FloatVector.broadcast(Lanes.F, x[x5 + k]);
      a5 = p.fma(v5, a5);
      b5 = q.fma(v5, b5);
    }
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + Lanes.N);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + Lanes.N);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + Lanes.N);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + Lanes.N);
    a4.intoArray(y, y4);
    b4.intoArray(y, y4 + Lanes.N);
    a5.intoArray(y, y5);
    b5.intoArray(y, y5 + Lanes.N);
  }

  private static void rows2(
      float[] panel,
      int depth,
      float[] x,
      int x0,
      int xStride,
      float[] y,
      int y0,
      int yStride,
      boolean more) {
    int x1 = x0 + xStride;
    int y1 = y0 + yStride;
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector b0 = FloatVector.zero(Lanes.F);
    FloatVector a1 = FloatVector.zero(Lanes.F);
    FloatVector b1 = FloatVector.zero(Lanes.F);
    if (more) {
      a0 = FloatVector.fromArray(Lanes.F, y, y0);
      b0 = FloatVector.fromArray(Lanes.F, y, y0 + Lanes.N);
      a1 = FloatVector.fromArray(Lanes.F, y, y1);
      b1 = FloatVector.fromArray(Lanes.F, y, y1 + Lanes.N);
    }
    for (int k = 0; k < depth; k++) {
      FloatVector p = FloatVector.fromArray(Lanes.F, panel, k * Scratch.WIDTH);
      FloatVector q = FloatVector.fromArray(Lanes.F, panel, k * Scratch.WIDTH + Lanes.N);
      FloatVector v0 = FloatVector.broadcast(Lanes.F, x[x0 + k]);
      a0 = p.fma(v0, a0);
      b0 = q.fma(v0, b0);
      FloatVector v1 = FloatVector.broadcast(Lanes.F, x[x1 + k]);
      a1 = p.fma(v1, a1);
      b1 = q.fma(v1, b1);
    }
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + Lanes.N);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + Lanes.N);
  }

  private static void rows1(
      float[] panel, int depth, float[] x, int x0, float[] y, int y0, boolean more) {
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector b0 = FloatVector.zero(Lanes.F);
    if (more) {
      a0 = FloatVector.fromArray(Lanes.F, y, y0);
      b0 = FloatVector.fromArray(Lanes.F, y, y0 + Lanes.N);
    }
    for (int k = 0; k < depth; k++) {
      FloatVector p = FloatVector.fromArray(Lanes.F, panel, k * Scratch.WIDTH);
      FloatVector q = FloatVector.fromArray(Lanes.F, panel, k * Scratch.WIDTH + Lanes.N);
      FloatVector v0 = FloatVector.broadcast(Lanes.F, x[x0 + k]);
      a0 = p.fma(v0, a0);
      b0 = q.fma(v0, b0);
    }
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + Lanes.N);
  }
}
