package org.lambdascope.engine.kernels.vector;

import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;

/**
 * Matrices that read the same activations, as one parallel loop: a team that is called once waits
 * once. It belongs to the thread that calls and is used again, so a call allocates nothing.
 */
final class MatMulLoop implements ThreadTeam.Body {

  /** Multiply-adds below which handing parts to other threads costs more than it saves. */
  private static final long SMALL = 1 << 16;

  /** Rows that are packed at a time, some thousand: whole groups. */
  private static final int MOST_GROUPS = 1032 / OuterProduct.ROWS;

  private static final MatMul[] NO_WEIGHTS = {};
  private static final float[] NOTHING = {};

  private final MatMul[] one = new MatMul[1];
  private final float[][] oneResult = {NOTHING};
  private final PackedRows packed = new PackedRows();

  // The call under way; between calls no activations are held.
  private MatMul[] weights = NO_WEIGHTS;
  private float[] x = NOTHING;
  private int xOffset;
  private int rows;
  private int from;
  private float[][] ys = oneResult;
  private int yOffset;
  private int threads;

  /** One matrix. */
  void run(
      VectorMatMul weight,
      float[] x,
      int xOffset,
      int rows,
      float[] y,
      int yOffset,
      ThreadTeam team) {
    one[0] = weight;
    oneResult[0] = y;
    run(one, x, xOffset, rows, oneResult, yOffset, team);
  }

  /**
   * Several.
   *
   * @param weights of {@link VectorMatMul}
   */
  void run(
      MatMul[] weights,
      float[] x,
      int xOffset,
      int rows,
      float[][] ys,
      int yOffset,
      ThreadTeam team) {
    this.weights = weights;
    this.x = x;
    this.ys = ys;
    try {
      // Blocks of like size: a last one of few rows would be summed in another order.
      int groups = Math.ceilDiv(rows, OuterProduct.ROWS);
      int blocks = Math.ceilDiv(groups, MOST_GROUPS);
      for (int b = 0; b < blocks; b++) {
        int from = (int) ((long) b * groups / blocks) * OuterProduct.ROWS;
        int to = (int) ((b + 1L) * groups / blocks) * OuterProduct.ROWS;
        block(xOffset, yOffset, from, Math.min(rows, to) - from, team);
      }
    } finally {
      clear();
    }
  }

  private void block(int xOffset, int yOffset, int from, int count, ThreadTeam team) {
    int columns = weight(0).inFeatures();
    this.xOffset = xOffset + from * columns;
    this.yOffset = yOffset;
    this.from = from;
    rows = count;
    long multiplyAdds = 0;
    for (int m = 0; m < weights.length; m++) {
      multiplyAdds += weight(m).multiplyAdds(rows);
    }
    threads = multiplyAdds < SMALL ? 1 : team.size();
    int parts = 0;
    for (int m = 0; m < weights.length; m++) {
      parts += weight(m).parts(rows, threads);
    }
    if (rows >= VectorMatMul.MANY) {
      packed.pack(x, this.xOffset, rows, columns, team, threads == 1);
    }
    if (threads == 1) {
      for (int i = 0; i < parts; i++) {
        run(i, 0);
      }
    } else {
      team.forEach(parts, this);
    }
  }

  private void clear() {
    weights = NO_WEIGHTS;
    x = NOTHING;
    ys = oneResult;
    oneResult[0] = NOTHING;
  }

  @Override
  public void run(int index, int worker) {
    int i = index;
    for (int m = 0; ; m++) {
      VectorMatMul weight = weight(m);
      int parts = weight.parts(rows, threads);
      if (i < parts) {
        int y = yOffset + from * weight.outFeatures();
        weight.part(i, threads, x, xOffset, packed.data(), rows, ys[m], y);
        return;
      }
      i -= parts;
    }
  }

  private VectorMatMul weight(int m) {
    return (VectorMatMul) weights[m];
  }
}
