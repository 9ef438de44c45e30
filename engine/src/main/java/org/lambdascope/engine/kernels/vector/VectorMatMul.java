package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.lambdascope.engine.kernels.Kernels;
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
  static final int MANY = Kernels.TOGETHER + 1;

  /**
   * Weights per part when there are few rows: few enough to stay in the cache for the next row of
   * x, and for all threads to end together.
   */
  private static final long PART_BYTES = 32 << 10;

  /** Rows per part when there are fewer tiles than threads want. */
  private static final int PART_ROWS = 96;

  /** Outputs per part when there are many rows. */
  private static final int PART_OUTPUTS = Scratch.PANELS * Scratch.WIDTH;

  /** Rows that meet all panels of a part in turn: whole groups that stay in the L2 cache. */
  private static final int BLOCK_ROWS = 120;

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
    int tiles = Math.ceilDiv(weight.rows, PART_OUTPUTS);
    return tiles * rowChunks(rows, tiles, threads);
  }

  /**
   * Does one of {@link #parts}.
   *
   * @param packed the same rows of x, if there are {@link #MANY}
   */
  void part(
      int i,
      int threads,
      float[] x,
      int xOffset,
      float[] packed,
      int rows,
      float[] y,
      int yOffset) {
    if (rows < MANY) {
      int step = outputsPerPart(threads);
      outputs(i * step, Math.min(weight.rows, (i + 1) * step), x, xOffset, rows, y, yOffset);
      return;
    }
    int tiles = Math.ceilDiv(weight.rows, PART_OUTPUTS);
    int chunkRows =
        Math.ceilDiv(rows, rowChunks(rows, tiles, threads) * OuterProduct.ROWS) * OuterProduct.ROWS;
    int from = i / tiles * chunkRows;
    tiles(i % tiles, from, Math.min(rows, from + chunkRows), x, xOffset, packed, y, yOffset);
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
      direct.multiply(from, to, x, xOffset, rows, y, yOffset, s);
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

  /**
   * The outputs of some panels for rows {@code from}, the first of a group, to {@code to}. A block
   * of rows meets all panels before the next block comes.
   */
  private void tiles(
      int part, int from, int to, float[] x, int xOffset, float[] packed, float[] y, int yOffset) {
    if (from >= to) {
      return;
    }
    Scratch s = scratch.get();
    int first = part * PART_OUTPUTS;
    int last = Math.min(weight.rows, first + PART_OUTPUTS);
    int wholeEnd = from + (to - from) / OuterProduct.ROWS * OuterProduct.ROWS;
    float[] edge = (last - first) % Scratch.WIDTH == 0 ? y : s.edge(to - from);
    for (int k = 0; k < weight.columns; k += Scratch.DEPTH) {
      int depth = Math.min(Scratch.DEPTH, weight.columns - k);
      for (int output = first, t = 0; output < last; output += Scratch.WIDTH, t++) {
        pack(s, s.panels[t], output, Math.min(Scratch.WIDTH, last - output), k, depth);
      }
      for (int row = from; row < to; ) {
        int end = row < wholeEnd ? Math.min(wholeEnd, row + BLOCK_ROWS) : to;
        for (int output = first, t = 0; output < last; output += Scratch.WIDTH, t++) {
          boolean whole = output + Scratch.WIDTH <= last;
          float[] target = whole ? y : edge;
          int stride = whole ? weight.rows : Scratch.WIDTH;
          int at = whole ? yOffset + row * stride + output : (row - from) * stride;
          MemorySegment panel = s.panels[t];
          if (row < wholeEnd) {
            int xAt = row * weight.columns + k * OuterProduct.ROWS;
            OuterProduct.groups(
                panel, depth, packed, xAt, weight.columns, end - row, target, at, stride, k > 0);
          } else {
            int xAt = xOffset + row * weight.columns + k;
            OuterProduct.rows(
                panel, depth, x, xAt, weight.columns, end - row, target, at, stride, k > 0);
          }
        }
        row = end;
      }
    }
    int narrow = (last - first) % Scratch.WIDTH;
    for (int r = from; r < to && narrow > 0; r++) {
      int at = yOffset + r * weight.rows + last - narrow;
      System.arraycopy(edge, (r - from) * Scratch.WIDTH, y, at, narrow);
    }
  }

  /**
   * Fills the panel with {@code W[first + j, column + k]} at {@code [k, j]}; zeros beyond width.
   */
  private void pack(Scratch s, MemorySegment panel, int first, int width, int column, int depth) {
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
      Transposition.run(rows, Scratch.STRIDE, whole, panel, j, Scratch.WIDTH);
    }
  }
}
