package org.lambdascope.engine.attention;

import java.util.Arrays;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Softmax of several rows whose logits come in groups (arXiv 1805.02867): weights of a group are
 * formed about the largest logit so far, and when that rises, sums of earlier groups shrink.
 */
final class OnlineSoftmax {

  private final Kernels kernels;
  private final float[] max;
  private final double[] sum; // double, for there may be many
  private final double[] weighted; // Σ w (x − max), of rows that want it
  private final boolean[] wantsWeighted;

  OnlineSoftmax(Kernels kernels, int rows) {
    this.kernels = kernels;
    this.max = new float[rows];
    this.sum = new double[rows];
    this.weighted = new double[rows];
    this.wantsWeighted = new boolean[rows];
  }

  /**
   * Begins a row.
   *
   * @param wantsWeighted whether {@link #weighted} is formed
   */
  void start(int row, boolean wantsWeighted) {
    max[row] = Float.NEGATIVE_INFINITY;
    sum[row] = 0;
    weighted[row] = 0;
    this.wantsWeighted[row] = wantsWeighted;
  }

  /** The largest logit so far. */
  float max(int row) {
    return max[row];
  }

  /** {@code Σ w} so far, with the weight {@code w = e^(x − max)} of each logit x. */
  double sum(int row) {
    return sum[row];
  }

  /** {@code Σ w (x − max)} so far. */
  double weighted(int row) {
    return weighted[row];
  }

  /**
   * Turns a group's logits into weights. What the sums are formed of follows from the lanes that
   * the row sees, not from those of its tile.
   *
   * @param at index of the group's lane 0; lanes count from here
   * @param first first lane that is weighed, a multiple of {@link Kernels#LANES}
   * @param end one past the last, another multiple
   * @param low first lane that the row sees
   * @param high one past the last; nothing is seen where it is not above {@code low}
   * @return what weighted values of earlier groups are to be multiplied by
   */
  float weigh(int row, float[] logits, int at, int first, int end, int low, int high) {
    if (low >= high) {
      Arrays.fill(logits, at + first, at + end, 0);
      return 1;
    }
    int wholeFrom = at + Kernels.lanesDown(low);
    int wholeTo = at + Kernels.lanesUp(high);
    int n = wholeTo - wholeFrom;
    Arrays.fill(logits, at + first, wholeFrom, 0);
    Arrays.fill(logits, wholeFrom, at + low, Float.NEGATIVE_INFINITY);
    Arrays.fill(logits, at + high, wholeTo, Float.NEGATIVE_INFINITY);
    Arrays.fill(logits, wholeTo, at + end, 0);
    float shrink = raise(row, kernels.max(logits, wholeFrom, n));
    sum[row] +=
        wantsWeighted[row]
            ? kernels.expAndSum(logits, wholeFrom, n, max[row], weighted, row)
            : kernels.expAndSum(logits, wholeFrom, n, max[row]);
    return shrink;
  }

  /** Brings earlier sums in line with the largest logit of a group, if that is the largest yet. */
  private float raise(int row, float largest) {
    if (!(largest > max[row])) {
      return 1; // NaN too
    }
    float shrink = 1;
    if (sum[row] != 0) {
      shrink = (float) Math.exp((double) max[row] - largest);
      if (wantsWeighted[row]) {
        weighted[row] = shrink * (weighted[row] - (largest - max[row]) * sum[row]);
      }
      sum[row] *= shrink;
    }
    max[row] = largest;
    return shrink;
  }
}
