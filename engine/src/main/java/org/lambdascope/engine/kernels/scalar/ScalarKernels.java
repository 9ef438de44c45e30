package org.lambdascope.engine.kernels.scalar;

import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.tensor.Tensor;

/**
 * The reference: plain loops. Sums are kept in double, except in {@code scoreBlock}, {@code
 * accumulateValues}, {@code addWeightedRows}, {@link #foldPartials} and {@link #addRamp}, whose
 * order of fused operations is part of the definition, so that both twins give the same bits.
 * Thread-safe.
 */
public final class ScalarKernels implements Kernels {

  /** Makes the kernels; they hold no state. */
  public ScalarKernels() {}

  @Override
  public String description() {
    return "scalar";
  }

  @Override
  public MatMul bind(Tensor weight) {
    return new ScalarMatMul(new ScalarRows(weight));
  }

  @Override
  public void readRow(Tensor weight, int row, float[] out, int outOffset) {
    new ScalarRows(weight).read(row, out, outOffset);
  }

  @Override
  public void add(float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] += x[xOffset + i];
    }
  }

  @Override
  public void scaleAndAdd(float[] y, int yOffset, float factor, float[] x, int xOffset, int n) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.fma(factor, y[yOffset + i], x[xOffset + i]);
    }
  }

  @Override
  public void rmsNorm(
      float[] x, int xOffset, float[] weight, float eps, float[] out, int outOffset, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double v = x[xOffset + i];
      sum += v * v;
    }
    float factor = (float) (1 / Math.sqrt(sum / n + eps));
    for (int i = 0; i < n; i++) {
      out[outOffset + i] = x[xOffset + i] * factor * weight[i];
    }
  }

  @Override
  public void layerNorm(
      float[] x,
      int xOffset,
      float[] weight,
      float[] bias,
      float eps,
      float[] out,
      int outOffset,
      int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xOffset + i];
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double v = x[xOffset + i] - mean;
      squares += v * v;
    }
    double factor = 1 / Math.sqrt(squares / n + eps);
    for (int i = 0; i < n; i++) {
      out[outOffset + i] = (float) ((x[xOffset + i] - mean) * factor * weight[i] + bias[i]);
    }
  }

  @Override
  public void gelu(float[] x, int offset, int n) {
    for (int i = offset; i < offset + n; i++) {
      x[i] = x[i] == Float.NEGATIVE_INFINITY ? 0 : (float) (x[i] * NormalDistribution.cdf(x[i]));
    }
  }

  @Override
  public void geluTanh(float[] x, int offset, int n) {
    double c = Math.sqrt(2 / Math.PI);
    for (int i = offset; i < offset + n; i++) {
      double z = x[i];
      // 1 + tanh u = 2 / (1 + e^−2u), which keeps its digits where tanh comes near −1.
      double u = c * (z + 0.044715 * z * z * z);
      x[i] = z == Double.NEGATIVE_INFINITY ? 0 : (float) (z / (1 + Math.exp(-2 * u)));
    }
  }

  @Override
  public void clamp(float[] x, int offset, int n, float limit) {
    for (int i = offset; i < offset + n; i++) {
      x[i] = Math.max(-limit, Math.min(limit, x[i]));
    }
  }

  @Override
  public void addRamp(float[] x, int offset, int n, float slope, int first, int step) {
    for (int i = 0; i < n; i++) {
      x[offset + i] = Math.fma(slope, first + i * step, x[offset + i]);
    }
  }

  @Override
  public void swiGlu(float[] gate, int gateOffset, float[] up, int upOffset, int n) {
    for (int i = 0; i < n; i++) {
      double z = gate[gateOffset + i];
      gate[gateOffset + i] = (float) (z / (1 + Math.exp(-z)) * up[upOffset + i]);
    }
  }

  @Override
  public void rotate(
      float[] x,
      int xOffset,
      int half,
      boolean interleaved,
      float[] cos,
      float[] sin,
      int tableOffset) {
    int step = interleaved ? 2 : 1;
    int other = interleaved ? 1 : half;
    for (int i = 0; i < half; i++) {
      float c = cos[tableOffset + i];
      float s = sin[tableOffset + i];
      int at = xOffset + i * step;
      float a = x[at];
      float b = x[at + other];
      x[at] = a * c - b * s;
      x[at + other] = b * c + a * s;
    }
  }

  @Override
  public void scoreBlock(
      float[] query,
      int queryOffset,
      float[] keys,
      int keysOffset,
      int lanes,
      int headDim,
      float scale,
      float[] out,
      int outOffset) {
    for (int l = 0; l < lanes; l++) {
      float sum = 0;
      for (int d = 0; d < headDim; d++) {
        sum = Math.fma(query[queryOffset + d], keys[keysOffset + d * BLOCK + l], sum);
      }
      out[outOffset + l] = scale * sum;
    }
  }

  @Override
  public void readPage(CachePage page, int head, float[] out) {
    boolean positions = page.order() == CachePage.Order.POSITIONS;
    int width = Kernels.padded(page.headDim());
    for (int d = 0; d < page.headDim(); d++) {
      for (int l = 0; l < BLOCK; l++) {
        out[positions ? d * BLOCK + l : l * width + d] = page.get(head, d, l);
      }
    }
  }

  @Override
  public float max(float[] x, int offset, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = x[offset + i] > max ? x[offset + i] : max;
    }
    return max;
  }

  @Override
  public long above(float[] x, int offset, int n, float limit) {
    long bits = 0;
    for (int i = 0; i < n; i++) {
      bits |= x[offset + i] > limit ? 1L << i : 0;
    }
    return bits;
  }

  @Override
  public void addDiagonals(
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
      float[] maxs) {
    for (int r = 0; r < rows; r++) {
      for (int l = from[r]; l < to[r]; l++) {
        float logit = x[offset + r * stride + l];
        int i = entry + l - r;
        sums[i] += logit;
        squareSums[i] += (double) logit * logit;
        mins[i] = logit < mins[i] ? logit : mins[i];
        maxs[i] = logit > maxs[i] ? logit : maxs[i];
      }
    }
  }

  @Override
  public float expAndSum(float[] x, int offset, int n, float max) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      float e = (float) Math.exp(x[offset + i] - max);
      x[offset + i] = e;
      sum += e;
    }
    return (float) sum;
  }

  @Override
  public float expAndSum(float[] x, int offset, int n, float max, double[] weighted, int at) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      float below = x[offset + i] - max;
      float e = (float) Math.exp(below);
      x[offset + i] = e;
      sum += e;
      weighted[at] += e == 0 ? 0 : e * below;
    }
    return (float) sum;
  }

  @Override
  public double logSumExp(float[] x, int offset, int n) {
    float max = max(x, offset, n);
    if (Float.isInfinite(max)) {
      return Kernels.unlessNaN(max, x, offset, n); // ∞ − ∞ below would make it NaN
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp((double) x[offset + i] - max);
    }
    return max + Math.log(sum);
  }

  @Override
  public void accumulateValues(
      float[] weights,
      int weightsOffset,
      float[] values,
      int valuesOffset,
      int headDim,
      float[] partials,
      int partialsOffset) {
    for (int d = 0; d < headDim; d++) {
      for (int l = 0; l < BLOCK; l++) {
        int at = partialsOffset + d * PARTIALS + l % PARTIALS;
        partials[at] =
            Math.fma(
                weights[weightsOffset + l], values[valuesOffset + d * BLOCK + l], partials[at]);
      }
    }
  }

  @Override
  public void addWeightedRows(
      float[] weights,
      int weightsOffset,
      int weightStride,
      int count,
      float[] values,
      int valuesOffset,
      int lanes,
      int width,
      float[] sums,
      int sumsOffset) {
    for (int q = 0; q < count; q++) {
      for (int l = 0; l < lanes; l++) {
        float weight = weights[weightsOffset + q * weightStride + l];
        for (int f = 0; f < width; f++) {
          int at = sumsOffset + q * width + f;
          sums[at] = Math.fma(weight, values[valuesOffset + l * width + f], sums[at]);
        }
      }
    }
  }

  @Override
  public void foldPartials(
      float[] partials, int partialsOffset, int headDim, float scale, float[] out, int outOffset) {
    float[] fold = new float[PARTIALS];
    for (int d = 0; d < headDim; d++) {
      System.arraycopy(partials, partialsOffset + d * PARTIALS, fold, 0, PARTIALS);
      for (int width = PARTIALS / 2; width > 0; width /= 2) {
        for (int p = 0; p < width; p++) {
          fold[p] += fold[p + width];
        }
      }
      out[outOffset + d] = scale * fold[0];
    }
  }

  @Override
  public long multiplyAdds(int rounds, float[] out) {
    float a = 1;
    float b = 2;
    float c = 3;
    float d = 4;
    for (int i = 0; i < rounds; i++) {
      a = Math.fma(a, 0.5f, 1);
      b = Math.fma(b, 0.5f, 1);
      c = Math.fma(c, 0.5f, 1);
      d = Math.fma(d, 0.5f, 1);
    }
    out[0] = a + b + c + d;
    return 4L * rounds;
  }

  @Override
  public float read(float[] x, int offset, int n) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[offset + i];
    }
    return sum;
  }
}
