package org.lambdascope.engine.kernels.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.kernels.scalar.ScalarRows;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Two ways to multiply. Few rows of activations (decoding): the weights are read once, straight
 * from memory, and the bus is the limit. Many rows (prefill): tiles of weights are dequantised and
 * transposed into a panel that all rows then use from the cache.
 */
final class VectorMatMul implements MatMul {

  /** Rows from which packing a panel pays. */
  private static final int MANY = 8;

  /**
   * Weights per part when there are few rows: few enough to stay in the cache for the next row of
   * x, and for all threads to end together.
   */
  private static final long PART_BYTES = 32 << 10;

  /** Rows per part when there are fewer tiles than threads want; whole micro-kernels. */
  private static final int PART_ROWS = 16 * OuterProduct.ROWS;

  private final WeightRows weight;
  private final ScalarRows embeddings;
  private final ThreadLocal<Scratch> scratch;

  VectorMatMul(Tensor weight, ThreadLocal<Scratch> scratch) {
    this.weight = WeightRows.of(weight);
    embeddings = new ScalarRows(weight);
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
    scratch.get().loop.run(this, x, xOffset, rows, y, yOffset, team);
  }

  @Override
  public void readRow(int row, float[] out, int outOffset) {
    embeddings.read(row, out, outOffset);
  }

  /** Multiply-adds of so many rows of activations. */
  long multiplyAdds(int rows) {
    return (long) rows * weight.columns * weight.rows;
  }

  /** Parts that {@code threads} threads take one after another. */
  int parts(int rows, int threads) {
    if (rows < MANY) {
      return Math.ceilDiv(weight.rows, outputsPerPart(threads));
    }
    int tiles = Math.ceilDiv(weight.rows, Scratch.WIDTH);
    return tiles * rowChunks(rows, tiles, threads);
  }

  /** Does one of {@link #parts}. */
  void part(int i, int threads, float[] x, int xOffset, int rows, float[] y, int yOffset) {
    if (rows < MANY) {
      int step = outputsPerPart(threads);
      outputs(i * step, Math.min(weight.rows, (i + 1) * step), x, xOffset, rows, y, yOffset);
      return;
    }
    int tiles = Math.ceilDiv(weight.rows, Scratch.WIDTH);
    int chunkRows =
        Math.ceilDiv(rows, rowChunks(rows, tiles, threads) * OuterProduct.ROWS) * OuterProduct.ROWS;
    int from = i / tiles * chunkRows;
    tile(i % tiles, from, Math.min(rows, from + chunkRows), x, xOffset, y, yOffset);
  }

  private int outputsPerPart(int threads) {
    int most = (int) Math.max(1, PART_BYTES / Math.max(1, weight.rowBytes));
    return threads == 1 ? most : Math.clamp(weight.rows / (4L * threads), 1, most);
  }

  /** Each part packs its own panel, so rows are split only where the tiles do not feed everyone. */
  private static int rowChunks(int rows, int tiles, int threads) {
    return threads == 1 ? 1 : Math.clamp(rows / PART_ROWS, 1, Math.ceilDiv(4 * threads, tiles));
  }

  private void outputs(int from, int to, float[] x, int xOffset, int rows, float[] y, int yOffset) {
    Scratch s = scratch.get();
    if (weight instanceof DirectRows direct) {
      for (int r = 0; r < rows; r++) {
        direct.multiply(from, to, x, xOffset + r * weight.columns, y, yOffset + r * weight.rows, s);
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
    int whole = Math.ceilDiv(depth, Lanes.N) * Lanes.N;
    for (int j = 0; j < Scratch.WIDTH; j += Lanes.N) {
      for (int i = 0; i < Lanes.N; i++) {
        int at = i * Scratch.STRIDE;
        if (j + i < width) {
          weight.read(first + j + i, column, depth, rows, at);
        } else {
          Arrays.fill(rows, at, at + depth, 0f);
        }
      }
      Transposition.run(rows, Scratch.STRIDE, whole, s.panel, j, Scratch.WIDTH);
    }
  }
}
