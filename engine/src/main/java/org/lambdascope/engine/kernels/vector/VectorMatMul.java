package org.lambdascope.engine.kernels.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;

/**
 * Two ways to multiply. Few rows of activations (decoding): the weights are read once, straight
 * from memory, and the bus is the limit. Many rows (prefill): tiles of weights are dequantised and
 * transposed into a panel that all rows then use from the cache.
 */
final class VectorMatMul implements MatMul {

  /** Rows from which packing a panel pays. */
  private static final int MANY = 8;

  /** Multiply-adds below which handing parts to other threads costs more than it saves. */
  private static final long SMALL = 1 << 16;

  /** Weights per part when there are few rows: these stay in the L2 cache for the next row of x. */
  private static final long PART_BYTES = 128 << 10;

  /** Rows per part when there are fewer tiles than threads want; whole micro-kernels. */
  private static final int PART_ROWS = 16 * OuterProduct.ROWS;

  private final WeightRows weight;
  private final ThreadLocal<Scratch> scratch;

  VectorMatMul(WeightRows weight, ThreadLocal<Scratch> scratch) {
    this.weight = weight;
    this.scratch = scratch;
  }

  @Override
  public int inFeatures() {
    return weight.columns;
  }

  @Override
  public int outFeatures() {
    return weight.rows;
  }

  @Override
  public void apply(float[] x, int xOffset, int rows, float[] y, int yOffset, ThreadTeam team) {
    boolean alone = team.size() == 1 || (long) rows * weight.columns * weight.rows < SMALL;
    if (rows < MANY) {
      few(x, xOffset, rows, y, yOffset, team, alone);
    } else {
      many(x, xOffset, rows, y, yOffset, team, alone);
    }
  }

  private void few(
      float[] x, int xOffset, int rows, float[] y, int yOffset, ThreadTeam team, boolean alone) {
    int out = weight.rows;
    int most = (int) Math.max(1, PART_BYTES / Math.max(1, weight.rowBytes));
    int step = alone ? most : Math.clamp(out / (4L * team.size()), 1, most);
    int parts = (int) (((long) out + step - 1) / step);
    if (alone) {
      for (int i = 0; i < parts; i++) {
        outputs(i, step, x, xOffset, rows, y, yOffset);
      }
    } else {
      team.forEach(parts, (i, worker) -> outputs(i, step, x, xOffset, rows, y, yOffset));
    }
  }

  private void outputs(
      int part, int step, float[] x, int xOffset, int rows, float[] y, int yOffset) {
    int from = part * step;
    int to = Math.min(weight.rows, from + step);
    Scratch s = scratch.get();
    if (weight instanceof DirectRows direct) {
      for (int r = 0; r < rows; r++) {
        direct.multiply(
            from, to, x, xOffset + r * weight.columns, y, yOffset + r * weight.rows, s);
      }
      return;
    }
    for (int output = from; output < to; output++) {
      unpacked(s, output, x, xOffset, rows, y, yOffset);
    }
  }

  /** One output, by way of an array. */
  private void unpacked(
      Scratch s, int output, float[] x, int xOffset, int rows, float[] y, int yOffset) {
    for (int k = 0; k < weight.columns; k += Scratch.DEPTH) {
      int depth = Math.min(Scratch.DEPTH, weight.columns - k);
      weight.read(output, k, depth, s.rows, 0);
      for (int r = 0; r < rows; r++) {
        float sum = dot(s.rows, depth, x, xOffset + r * weight.columns + k);
        int at = yOffset + r * weight.rows + output;
        y[at] = k > 0 ? y[at] + sum : sum;
      }
    }
  }

  /** Four chains of sums hide the latency of the fused multiply-add. */
  private static float dot(float[] w, int depth, float[] x, int xOffset) {
    FloatVector a0 = FloatVector.zero(Lanes.F);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    int k = 0;
    for (int bound = depth - 4 * Lanes.N; k <= bound; k += 4 * Lanes.N) {
      a0 = product(w, k, x, xOffset, a0);
      a1 = product(w, k + Lanes.N, x, xOffset, a1);
      a2 = product(w, k + 2 * Lanes.N, x, xOffset, a2);
      a3 = product(w, k + 3 * Lanes.N, x, xOffset, a3);
    }
    float sum = Lanes.sum(a0.add(a1).add(a2.add(a3)));
    for (; k < depth; k++) {
      sum = Math.fma(w[k], x[xOffset + k], sum);
    }
    return sum;
  }

  private static FloatVector product(float[] w, int k, float[] x, int xOffset, FloatVector sum) {
    return FloatVector.fromArray(Lanes.F, w, k)
        .fma(FloatVector.fromArray(Lanes.F, x, xOffset + k), sum);
  }

  private void many(
      float[] x, int xOffset, int rows, float[] y, int yOffset, ThreadTeam team, boolean alone) {
    int tiles = (weight.rows + Scratch.WIDTH - 1) / Scratch.WIDTH;
    if (alone) {
      for (int i = 0; i < tiles; i++) {
        tile(i, 0, rows, x, xOffset, y, yOffset);
      }
      return;
    }
    // Each part packs its own panel, so rows are split only when the tiles do not feed everyone.
    int wanted = (4 * team.size() + tiles - 1) / tiles;
    int chunks = Math.clamp(rows / PART_ROWS, 1, wanted);
    int chunkRows =
        (rows + chunks * OuterProduct.ROWS - 1) / (chunks * OuterProduct.ROWS) * OuterProduct.ROWS;
    team.forEach(
        tiles * chunks,
        (i, worker) -> {
          int from = i / tiles * chunkRows;
          tile(i % tiles, from, Math.min(rows, from + chunkRows), x, xOffset, y, yOffset);
        });
  }

  private void tile(int tile, int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
    if (from >= to) {
      return;
    }
    Scratch s = scratch.get();
    int first = tile * Scratch.WIDTH;
    int width = Math.min(Scratch.WIDTH, weight.rows - first);
    boolean whole = width == Scratch.WIDTH;
    float[] target = whole ? y : s.edge(to - from);
    int targetOffset = whole ? yOffset + from * weight.rows + first : 0;
    int stride = whole ? weight.rows : Scratch.WIDTH;
    int xFrom = xOffset + from * weight.columns;
    for (int k = 0; k < weight.columns; k += Scratch.DEPTH) {
      int depth = Math.min(Scratch.DEPTH, weight.columns - k);
      pack(s, first, width, k, depth);
      OuterProduct.multiply(
          s.panel,
          depth,
          x,
          xFrom + k,
          weight.columns,
          to - from,
          target,
          targetOffset,
          stride,
          k > 0);
    }
    if (!whole) {
      for (int r = from; r < to; r++) {
        System.arraycopy(target, (r - from) * stride, y, yOffset + r * weight.rows + first, width);
      }
    }
  }

  /**
   * Fills the panel with {@code W[first + j, column + k]} at {@code [k, j]}; zeros beyond width.
   */
  private void pack(Scratch s, int first, int width, int column, int depth) {
    float[] rows = s.rows;
    // Four rows at a time, so that each cache line of the panel is touched a quarter as often.
    for (int j = 0; j < Scratch.WIDTH; j += 4) {
      for (int i = 0; i < 4; i++) {
        if (j + i < width) {
          weight.read(first + j + i, column, depth, rows, i * Scratch.DEPTH);
        } else {
          Arrays.fill(rows, i * Scratch.DEPTH, i * Scratch.DEPTH + depth, 0f);
        }
      }
      transpose(rows, depth, s.panel, j);
    }
  }

  private static void transpose(float[] rows, int depth, float[] panel, int j) {
    for (int k = 0; k < depth; k++) {
      int at = k * Scratch.WIDTH + j;
      panel[at] = rows[k];
      panel[at + 1] = rows[Scratch.DEPTH + k];
      panel[at + 2] = rows[2 * Scratch.DEPTH + k];
      panel[at + 3] = rows[3 * Scratch.DEPTH + k];
    }
  }
}
