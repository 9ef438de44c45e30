package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/**
 * Multiplies rows of activations with a packed panel, as sums of outer products: outputs are the
 * lanes, so nothing is reduced across lanes. The unrolled forms keep their sums in local variables,
 * which become registers: six rows by two vectors are twelve chains, enough to hide the latency of
 * the fused multiply-add, and with two vectors of weights and one of x they just fit the sixteen
 * registers of AVX2. With 512 bits there are thirty-two, and twelve rows halve the loads of the
 * panel. The rows of such a group are packed, so that one register addresses them all.
 */
final class OuterProduct {

  /** Rows of a group. */
  static final int ROWS = Lanes.N == 16 ? 12 : 6;

  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Bytes of a vector. */
  private static final long VECTOR = (long) Float.BYTES * Lanes.N;

  /** Bytes from row to row of the panel. */
  private static final long ROW = 2 * VECTOR;

  private OuterProduct() {}

  /**
   * Multiplies whole groups of {@link #ROWS} rows.
   *
   * @param panel weights, floats {@code [depth, Scratch.WIDTH]}
   * @param x activations as {@link PackedRows} has them, from a column of a group on
   * @param columns of x
   * @param rows a multiple of {@link #ROWS}
   * @param y results, {@link Scratch#WIDTH} per row; row {@code r} starts at {@code yOffset + r ·
   *     yStride}
   * @param more add to {@code y} instead of overwriting it
   */
  static void groups(
      MemorySegment panel,
      int depth,
      float[] x,
      int xOffset,
      int columns,
      int rows,
      float[] y,
      int yOffset,
      int yStride,
      boolean more) {
    for (int r = 0; r < rows; r += ROWS) {
      int xFrom = xOffset + r * columns;
      int yFrom = yOffset + r * yStride;
      if (ROWS == 12) {
        twelve(panel, depth, x, xFrom, y, yFrom, yStride, more);
      } else {
        six(panel, depth, x, xFrom, y, yFrom, yStride, more);
      }
    }
  }

  /**
   * Multiplies what is left over of groups.
   *
   * @param x activations as they come; row {@code r} starts at {@code xOffset + r · xStride}
   */
  static void rows(
      MemorySegment panel,
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
    for (; r + 4 <= rows; r += 4) {
      four(
          panel, depth, x, xOffset + r * xStride, xStride, y, yOffset + r * yStride, yStride, more);
    }
    for (; r < rows; r++) {
      one(panel, depth, x, xOffset + r * xStride, y, yOffset + r * yStride, more);
    }
  }

  /** Twelve packed rows. */
  private static void twelve(
      MemorySegment panel,
      int depth,
      float[] x,
      int xOffset,
      float[] y,
      int y0,
      int yStride,
      boolean more) {
    WeightRows.requireBytes(panel.byteSize(), depth * ROW);
    int y1 = y0 + yStride;
    int y2 = y1 + yStride;
    int y3 = y2 + yStride;
    int y4 = y3 + yStride;
    int y5 = y4 + yStride;
    int y6 = y5 + yStride;
    int y7 = y6 + yStride;
    int y8 = y7 + yStride;
    int y9 = y8 + yStride;
    int y10 = y9 + yStride;
    int y11 = y10 + yStride;
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
    FloatVector a6 = FloatVector.zero(Lanes.F);
    FloatVector b6 = FloatVector.zero(Lanes.F);
    FloatVector a7 = FloatVector.zero(Lanes.F);
    FloatVector b7 = FloatVector.zero(Lanes.F);
    FloatVector a8 = FloatVector.zero(Lanes.F);
    FloatVector b8 = FloatVector.zero(Lanes.F);
    FloatVector a9 = FloatVector.zero(Lanes.F);
    FloatVector b9 = FloatVector.zero(Lanes.F);
    FloatVector a10 = FloatVector.zero(Lanes.F);
    FloatVector b10 = FloatVector.zero(Lanes.F);
    FloatVector a11 = FloatVector.zero(Lanes.F);
    FloatVector b11 = FloatVector.zero(Lanes.F);
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
      a6 = FloatVector.fromArray(Lanes.F, y, y6);
      b6 = FloatVector.fromArray(Lanes.F, y, y6 + Lanes.N);
      a7 = FloatVector.fromArray(Lanes.F, y, y7);
      b7 = FloatVector.fromArray(Lanes.F, y, y7 + Lanes.N);
      a8 = FloatVector.fromArray(Lanes.F, y, y8);
      b8 = FloatVector.fromArray(Lanes.F, y, y8 + Lanes.N);
      a9 = FloatVector.fromArray(Lanes.F, y, y9);
      b9 = FloatVector.fromArray(Lanes.F, y, y9 + Lanes.N);
      a10 = FloatVector.fromArray(Lanes.F, y, y10);
      b10 = FloatVector.fromArray(Lanes.F, y, y10 + Lanes.N);
      a11 = FloatVector.fromArray(Lanes.F, y, y11);
      b11 = FloatVector.fromArray(Lanes.F, y, y11 + Lanes.N);
    }
    for (int k = 0; k < depth; k++) {
      int at = xOffset + 12 * k;
      FloatVector p = FloatVector.fromMemorySegment(Lanes.F, panel, k * ROW, ORDER);
      FloatVector q = FloatVector.fromMemorySegment(Lanes.F, panel, k * ROW + VECTOR, ORDER);
      FloatVector v0 = FloatVector.broadcast(Lanes.F, x[at]);
      a0 = p.fma(v0, a0);
      b0 = q.fma(v0, b0);
      FloatVector v1 = FloatVector.broadcast(Lanes.F, x[at + 1]);
      a1 = p.fma(v1, a1);
      b1 = q.fma(v1, b1);
      FloatVector v2 = FloatVector.broadcast(Lanes.F, x[at + 2]);
      a2 = p.fma(v2, a2);
      b2 = q.fma(v2, b2);
      FloatVector v3 = FloatVector.broadcast(Lanes.F, x[at + 3]);
      a3 = p.fma(v3, a3);
      b3 = q.fma(v3, b3);
      FloatVector v4 = FloatVector.broadcast(Lanes.F, x[at + 4]);
      a4 = p.fma(v4, a4);
      b4 = q.fma(v4, b4);
      FloatVector v5 = FloatVector.broadcast(Lanes.F, x[at + 5]);
      a5 = p.fma(v5, a5);
      b5 = q.fma(v5, b5);
      FloatVector v6 = FloatVector.broadcast(Lanes.F, x[at + 6]);
      a6 = p.fma(v6, a6);
      b6 = q.fma(v6, b6);
      FloatVector v7 = FloatVector.broadcast(Lanes.F, x[at + 7]);
      a7 = p.fma(v7, a7);
      b7 = q.fma(v7, b7);
      FloatVector v8 = FloatVector.broadcast(Lanes.F, x[at + 8]);
      a8 = p.fma(v8, a8);
      b8 = q.fma(v8, b8);
      FloatVector v9 = FloatVector.broadcast(Lanes.F, x[at + 9]);
      a9 = p.fma(v9, a9);
      b9 = q.fma(v9, b9);
      FloatVector v10 = FloatVector.broadcast(Lanes.F, x[at + 10]);
      a10 = p.fma(v10, a10);
      b10 = q.fma(v10, b10);
      FloatVector v11 = FloatVector.broadcast(Lanes.F, x[at + 11]);
      a11 = p.fma(v11, a11);
      b11 = q.fma(v11, b11);
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
    a6.intoArray(y, y6);
    b6.intoArray(y, y6 + Lanes.N);
    a7.intoArray(y, y7);
    b7.intoArray(y, y7 + Lanes.N);
    a8.intoArray(y, y8);
    b8.intoArray(y, y8 + Lanes.N);
    a9.intoArray(y, y9);
    b9.intoArray(y, y9 + Lanes.N);
    a10.intoArray(y, y10);
    b10.intoArray(y, y10 + Lanes.N);
    a11.intoArray(y, y11);
    b11.intoArray(y, y11 + Lanes.N);
  }

  /** Six packed rows. */
  private static void six(
      MemorySegment panel,
      int depth,
      float[] x,
      int xOffset,
      float[] y,
      int y0,
      int yStride,
      boolean more) {
    WeightRows.requireBytes(panel.byteSize(), depth * ROW);
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
      int at = xOffset + 6 * k;
      FloatVector p = FloatVector.fromMemorySegment(Lanes.F, panel, k * ROW, ORDER);
      FloatVector q = FloatVector.fromMemorySegment(Lanes.F, panel, k * ROW + VECTOR, ORDER);
      FloatVector v0 = FloatVector.broadcast(Lanes.F, x[at]);
      a0 = p.fma(v0, a0);
      b0 = q.fma(v0, b0);
      FloatVector v1 = FloatVector.broadcast(Lanes.F, x[at + 1]);
      a1 = p.fma(v1, a1);
      b1 = q.fma(v1, b1);
      FloatVector v2 = FloatVector.broadcast(Lanes.F, x[at + 2]);
      a2 = p.fma(v2, a2);
      b2 = q.fma(v2, b2);
      FloatVector v3 = FloatVector.broadcast(Lanes.F, x[at + 3]);
      a3 = p.fma(v3, a3);
      b3 = q.fma(v3, b3);
      FloatVector v4 = FloatVector.broadcast(Lanes.F, x[at + 4]);
      a4 = p.fma(v4, a4);
      b4 = q.fma(v4, b4);
      FloatVector v5 = FloatVector.broadcast(Lanes.F, x[at + 5]);
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

  /** Four rows. */
  private static void four(
      MemorySegment panel,
      int depth,
      float[] x,
      int x0,
      int xStride,
      float[] y,
      int y0,
      int yStride,
      boolean more) {
    WeightRows.requireBytes(panel.byteSize(), depth * ROW);
    int x1 = x0 + xStride;
    int x2 = x1 + xStride;
    int x3 = x2 + xStride;
    int y1 = y0 + yStride;
    int y2 = y1 + yStride;
    int y3 = y2 + yStride;
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector b0 = FloatVector.zero(Lanes.F);
    FloatVector a1 = FloatVector.zero(Lanes.F);
    FloatVector b1 = FloatVector.zero(Lanes.F);
    FloatVector a2 = FloatVector.zero(Lanes.F);
    FloatVector b2 = FloatVector.zero(Lanes.F);
    FloatVector a3 = FloatVector.zero(Lanes.F);
    FloatVector b3 = FloatVector.zero(Lanes.F);
    if (more) {
      a0 = FloatVector.fromArray(Lanes.F, y, y0);
      b0 = FloatVector.fromArray(Lanes.F, y, y0 + Lanes.N);
      a1 = FloatVector.fromArray(Lanes.F, y, y1);
      b1 = FloatVector.fromArray(Lanes.F, y, y1 + Lanes.N);
      a2 = FloatVector.fromArray(Lanes.F, y, y2);
      b2 = FloatVector.fromArray(Lanes.F, y, y2 + Lanes.N);
      a3 = FloatVector.fromArray(Lanes.F, y, y3);
      b3 = FloatVector.fromArray(Lanes.F, y, y3 + Lanes.N);
    }
    for (int k = 0; k < depth; k++) {
      FloatVector p = FloatVector.fromMemorySegment(Lanes.F, panel, k * ROW, ORDER);
      FloatVector q = FloatVector.fromMemorySegment(Lanes.F, panel, k * ROW + VECTOR, ORDER);
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
    }
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + Lanes.N);
    a1.intoArray(y, y1);
    b1.intoArray(y, y1 + Lanes.N);
    a2.intoArray(y, y2);
    b2.intoArray(y, y2 + Lanes.N);
    a3.intoArray(y, y3);
    b3.intoArray(y, y3 + Lanes.N);
  }

  /** One row. */
  private static void one(
      MemorySegment panel, int depth, float[] x, int x0, float[] y, int y0, boolean more) {
    WeightRows.requireBytes(panel.byteSize(), depth * ROW);
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector b0 = FloatVector.zero(Lanes.F);
    if (more) {
      a0 = FloatVector.fromArray(Lanes.F, y, y0);
      b0 = FloatVector.fromArray(Lanes.F, y, y0 + Lanes.N);
    }
    for (int k = 0; k < depth; k++) {
      FloatVector p = FloatVector.fromMemorySegment(Lanes.F, panel, k * ROW, ORDER);
      FloatVector q = FloatVector.fromMemorySegment(Lanes.F, panel, k * ROW + VECTOR, ORDER);
      FloatVector v0 = FloatVector.broadcast(Lanes.F, x[x0 + k]);
      a0 = p.fma(v0, a0);
      b0 = q.fma(v0, b0);
    }
    a0.intoArray(y, y0);
    b0.intoArray(y, y0 + Lanes.N);
  }
}
