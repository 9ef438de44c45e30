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

  private static final MatMul[] NO_WEIGHTS = {};
  private static final float[] NOTHING = {};

  private final MatMul[] one = new MatMul[1];
  private final float[][] oneResult = {NOTHING};

  // The call under way; between calls no activations are held.
  private MatMul[] weights = NO_WEIGHTS;
  private float[] x = NOTHING;
  private int xOffset;
  private int rows;
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
    this.xOffset = xOffset;
    this.rows = rows;
    this.ys = ys;
    this.yOffset = yOffset;
    long multiplyAdds = 0;
    for (int m = 0; m < weights.length; m++) {
      multiplyAdds += weight(m).multiplyAdds(rows);
    }
    threads = multiplyAdds < SMALL ? 1 : team.size();
    int parts = 0;
    for (int m = 0; m < weights.length; m++) {
      parts += weight(m).parts(rows, threads);
    }
    try {
      if (threads == 1) {
        for (int i = 0; i < parts; i++) {
          run(i, 0);
        }
      } else {
        team.forEach(parts, this);
      }
    } finally {
      clear();
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
        weight.part(i, threads, x, xOffset, rows, ys[m], yOffset);
        return;
      }
      i -= parts;
    }
  }

  private VectorMatMul weight(int m) {
    return (VectorMatMul) weights[m];
  }
}
