package org.lambdascope.engine.kernels.scalar;

import java.util.Objects;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;

/** Dequantises one row of the weight after the other and multiplies it with every row of x. */
final class ScalarMatMul implements MatMul {

  /** Multiply-adds below which handing parts to other threads costs more than it saves. */
  private static final long SMALL = 1 << 16;

  private final ScalarRows weight;
  private final ThreadLocal<float[]> scratch;

  ScalarMatMul(ScalarRows weight) {
    this.weight = weight;
    scratch = ThreadLocal.withInitial(() -> new float[weight.columns()]);
  }

  @Override
  public int inFeatures() {
    return weight.columns();
  }

  @Override
  public int outFeatures() {
    return weight.rows();
  }

  @Override
  public void apply(float[] x, int xOffset, int rows, float[] y, int yOffset, ThreadTeam team) {
    int out = weight.rows();
    if ((long) rows * weight.columns() * out < SMALL || team.size() == 1) {
      outputs(0, out, x, xOffset, rows, y, yOffset);
      return;
    }
    int parts = Math.min(out, 4 * team.size());
    team.forEach(
        parts,
        (i, worker) ->
            outputs(
                (int) ((long) out * i / parts),
                (int) ((long) out * (i + 1) / parts),
                x,
                xOffset,
                rows,
                y,
                yOffset));
  }

  @Override
  public void readRow(int row, float[] out, int outOffset) {
    weight.read(Objects.checkIndex(row, weight.rows()), out, outOffset);
  }

  private void outputs(int from, int to, float[] x, int xOffset, int rows, float[] y, int yOffset) {
    float[] w = scratch.get();
    for (int o = from; o < to; o++) {
      weight.read(o, w, 0);
      for (int r = 0; r < rows; r++) {
        y[yOffset + r * weight.rows() + o] = dot(w, x, xOffset + r * w.length);
      }
    }
  }

  private static float dot(float[] w, float[] x, int xOffset) {
    double sum = 0;
    for (int k = 0; k < w.length; k++) {
      sum += (double) w[k] * x[xOffset + k];
    }
    return (float) sum;
  }
}
