package org.lambdascope.engine.kernels;

import org.lambdascope.engine.tensor.Tensor;

/**
 * The arithmetic of the engine. Two implementations exist: the scalar reference and its Vector-API
 * twin. Offsets are in elements; arrays never overlap unless a method says so.
 *
 * <p>Keys and values are cached in blocks of {@link #BLOCK} positions, keys {@code [headDim,
 * BLOCK]} with positions as the lanes, values {@code [BLOCK, headDim]} with features as the lanes.
 * So no kernel reduces across lanes per position.
 */
public interface Kernels {

  /** Positions per cache block. */
  int BLOCK = 64;

  /** Positions of which kernels over a block take multiples. */
  int LANES = 32;

  /**
   * Partial sums per output of {@link #accumulateValues}. Fixed, so that every vector width adds in
   * the same order and gives the same bits.
   */
  int PARTIALS = 16;

  /**
   * Rows of activations up to which a product comes out as if each row were multiplied alone, to
   * the last bit.
   */
  int TOGETHER = 7;

  /** Features of a row that whole vectors of any width read: the next multiple of 16. */
  static int padded(int features) {
    return Math.ceilDiv(features, 16) * 16;
  }

  /** The multiple of {@link #LANES} at or below a position. */
  static int lanesDown(int position) {
    return position / LANES * LANES;
  }

  /** The multiple of {@link #LANES} at or above a position. */
  static int lanesUp(int position) {
    return lanesDown(position + LANES - 1);
  }

  /** {@code result}, or NaN if one of {@code n} values is. */
  static double unlessNaN(double result, float[] x, int offset, int n) {
    for (int i = offset; i < offset + n; i++) {
      if (Float.isNaN(x[i])) {
        return Double.NaN;
      }
    }
    return result;
  }

  /** What it is, for people: "scalar", or "vector, 512 bits". */
  String description();

  /** Binds {@code weight [out, in]} to the kernel for its data type; the weight is not copied. */
  MatMul bind(Tensor weight);

  /**
   * {@code yᵢ = x · Wᵢᵀ} for matrices that read the same activations, in one parallel loop.
   *
   * @param weights bound by these kernels
   * @param x activations {@code [rows, inFeatures]}
   * @param ys results {@code [rows, outFeatures]} of each; overwritten
   */
  default void multiply(MatMul[] weights, float[] x, int rows, float[][] ys, ThreadTeam team) {
    for (int i = 0; i < weights.length; i++) {
      weights[i].apply(x, 0, rows, ys[i], 0, team);
    }
  }

  /** Reads row {@code row} of {@code weight [rows, n]} as floats. */
  void readRow(Tensor weight, int row, float[] out, int outOffset);

  /** {@code y[i] += x[i]}, {@code 0 ≤ i < n}. */
  void add(float[] x, int xOffset, float[] y, int yOffset, int n);

  /** {@code y[i] = factor · y[i] + x[i]} in one fused operation, {@code 0 ≤ i < n}. */
  void scaleAndAdd(float[] y, int yOffset, float factor, float[] x, int xOffset, int n);

  /**
   * RMSNorm of one row: {@code out = x / sqrt(mean(x²) + eps) · weight}. {@code out} may be {@code
   * x}.
   */
  void rmsNorm(
      float[] x, int xOffset, float[] weight, float eps, float[] out, int outOffset, int n);

  /**
   * LayerNorm of one row (arXiv 1607.06450): {@code out = (x − mean) / sqrt(variance + eps) ·
   * weight + bias}, with the variance over {@code n}. {@code out} may be {@code x}.
   *
   * @param weight {@code [n]}
   * @param bias {@code [n]}; zeros where the model has none
   */
  void layerNorm(
      float[] x,
      int xOffset,
      float[] weight,
      float[] bias,
      float eps,
      float[] out,
      int outOffset,
      int n);

  /** GELU (arXiv 1606.08415 §2) in place: {@code x[i] = x[i] · Φ(x[i])}, Φ the normal CDF. */
  void gelu(float[] x, int offset, int n);

  /**
   * GELU by its approximation (arXiv 1606.08415 §2) in place: {@code x[i] = x[i]/2 · (1 +
   * tanh(√(2/π) · (x[i] + 0.044715 · x[i]³)))}.
   */
  void geluTanh(float[] x, int offset, int n);

  /** Clips in place to {@code [−limit, limit]}; NaN stays. */
  void clamp(float[] x, int offset, int n, float limit);

  /** SwiGLU: {@code gate[i] = silu(gate[i]) · up[i]}, with {@code silu(z) = z / (1 + e^−z)}. */
  void swiGlu(float[] gate, int gateOffset, float[] up, int upOffset, int n);

  /**
   * Rotates {@code x[0 … 2·half)} in place by {@code half} angles.
   *
   * @param interleaved pairs are {@code (2i, 2i+1)} (GPT-J) when true, {@code (i, i + half)}
   *     (LLaMA) when false
   * @param cos cosines {@code [half]}, from {@code tableOffset}
   * @param sin sines {@code [half]}, from {@code tableOffset}
   */
  void rotate(
      float[] x,
      int xOffset,
      int half,
      boolean interleaved,
      float[] cos,
      float[] sin,
      int tableOffset);

  /**
   * Attention logits of one query against lanes of one block of keys: {@code out[l] = scale · Σ_d
   * query[d] · keys[d, l]}.
   *
   * @param query {@code [headDim]}
   * @param keys a block {@code [headDim, BLOCK]}, from the first lane that is read
   * @param lanes how many, a multiple of {@link #LANES}
   * @param out {@code [lanes]}; overwritten
   */
  void scoreBlock(
      float[] query,
      int queryOffset,
      float[] keys,
      int keysOffset,
      int lanes,
      int headDim,
      float scale,
      float[] out,
      int outOffset);

  /**
   * Reads one head of a cache page as floats, in the page's own order.
   *
   * @param out {@code [headDim, BLOCK]} or {@code [BLOCK, padded(headDim)]}; overwritten, but for
   *     what pads it
   */
  void readPage(CachePage page, int head, float[] out);

  /**
   * Adds a ramp: {@code x[i] += slope · (first + i · step)}, such as ALiBi's bias along the keys of
   * a block. The bracket is a whole number below 2^24 in size, so it is exact.
   */
  void addRamp(float[] x, int offset, int n, float slope, int first, int step);

  /**
   * {@link #scoreBlock} for several queries, to the same bits, reading the block once for a few.
   *
   * @param queries {@code [count, queryStride]}, of which {@code headDim} each are read
   * @param out {@code [count, outStride]}, of which {@code lanes} each are overwritten
   */
  default void scoreBlocks(
      float[] queries,
      int queriesOffset,
      int queryStride,
      int count,
      float[] keys,
      int keysOffset,
      int lanes,
      int headDim,
      float scale,
      float[] out,
      int outOffset,
      int outStride) {
    for (int q = 0; q < count; q++) {
      scoreBlock(
          queries,
          queriesOffset + q * queryStride,
          keys,
          keysOffset,
          lanes,
          headDim,
          scale,
          out,
          outOffset + q * outStride);
    }
  }

  /** The largest of {@code n ≥ 1} values that are numbers; −∞ if none is. */
  float max(float[] x, int offset, int n);

  /** Bit i is set where {@code x[offset + i] > limit}, for {@code 0 ≤ i < n ≤ 64}; NaN is not. */
  long above(float[] x, int offset, int n, float limit);

  /**
   * Adds to statistics along the diagonals of a tile: {@code x[r, l]}, for every row r and lane
   * {@code from[r] ≤ l < to[r]}, belongs to entry {@code entry + l − r}.
   *
   * @param x {@code [rows, stride]}
   * @param sums of an entry's values
   * @param squareSums of their squares
   * @param mins lowered to the least of them; NaN is passed over
   * @param maxs raised to the greatest; NaN is passed over
   */
  void addDiagonals(
      float[] x,
      int offset,
      int stride,
      int rows,
      int[] from,
      int[] to,
      int entry,
      double[] sums,
      double[] squareSums,
      float[] mins,
      float[] maxs);

  /**
   * {@code x[i] = e^(x[i] − max)} in place; {@code e^−∞ = 0} exactly. Relative error at most 2e-7.
   *
   * @return the sum of the results
   */
  float expAndSum(float[] x, int offset, int n, float max);

  /**
   * The same to the same bits, and adds {@code Σ e^(x[i] − max) (x[i] − max)} to {@code
   * weighted[at]}; at most {@link #BLOCK} terms of it are added in single precision. {@code p ln p}
   * is 0 at {@code p = 0}: what has weight 0 adds 0, also where x is −∞.
   */
  float expAndSum(float[] x, int offset, int n, float max, double[] weighted, int at);

  /** {@code ln Σ e^x[i]}, computed about the maximum; within 1e-6. */
  double logSumExp(float[] x, int offset, int n);

  /**
   * Adds one block's weighted values to the partial sums: {@code partials[d, l mod PARTIALS] +=
   * weights[l] · values[d, l]}.
   *
   * @param weights {@code [BLOCK]}; 0 for lanes that do not count
   * @param values a block {@code [headDim, BLOCK]}
   * @param partials {@code [headDim, PARTIALS]}
   */
  void accumulateValues(
      float[] weights,
      int weightsOffset,
      float[] values,
      int valuesOffset,
      int headDim,
      float[] partials,
      int partialsOffset);

  /**
   * {@link #accumulateValues} for several rows of weights, to the same bits, reading the block once
   * for a few.
   *
   * @param weights {@code [count, weightStride]}, of which {@link #BLOCK} each are read
   * @param partials {@code [count, partialStride]}, of which {@code headDim × PARTIALS} each are
   *     added to
   */
  default void accumulateBlocks(
      float[] weights,
      int weightsOffset,
      int weightStride,
      int count,
      float[] values,
      int valuesOffset,
      int headDim,
      float[] partials,
      int partialsOffset,
      int partialStride) {
    for (int q = 0; q < count; q++) {
      accumulateValues(
          weights,
          weightsOffset + q * weightStride,
          values,
          valuesOffset,
          headDim,
          partials,
          partialsOffset + q * partialStride);
    }
  }

  /**
   * Adds weighted rows: {@code sums[q, f] += Σ_l weights[q, l] · values[l, f]} for {@code l <
   * lanes}, one fused multiply-add after the other in the order of l.
   *
   * @param weights {@code [count, weightStride]}, of which {@code lanes} each are read; 0 for rows
   *     that do not count
   * @param values {@code [lanes, width]}
   * @param width features, a multiple of 16
   * @param sums {@code [count, width]}
   */
  void addWeightedRows(
      float[] weights,
      int weightsOffset,
      int weightStride,
      int count,
      float[] values,
      int valuesOffset,
      int lanes,
      int width,
      float[] sums,
      int sumsOffset);

  /**
   * Folds partial sums: {@code out[d] = scale · Σ_p partials[d, p]}.
   *
   * @param partials {@code [headDim, PARTIALS]}
   * @param out {@code [headDim]}; overwritten
   */
  void foldPartials(
      float[] partials, int partialsOffset, int headDim, float scale, float[] out, int outOffset);

  /**
   * Does nothing but multiply-adds in registers, to find out how many the machine can do.
   *
   * @param rounds of as many as the kernels keep under way at once
   * @param out {@code [1]}: a value that depends on all of them
   * @return how many multiply-adds that were
   */
  long multiplyAdds(int rounds, float[] out);

  /**
   * Does little but read, to find out how fast the machine does: a sum in no order that is
   * promised.
   */
  float read(float[] x, int offset, int n);
}
