package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.tensor.Tensor;

/**
 * The Vector-API twin. Thread-safe; scratch space belongs to the threads.
 *
 * <p>The launcher has its methods compiled alone (docs/decisions/0010-kernels-compiled-alone.md),
 * so none of them may take a vector or return one.
 */
public final class VectorKernels implements Kernels {

  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /**
   * Makes the kernels.
   *
   * @throws IllegalArgumentException if the property lambdascope.vectorBits is not 128, 256 or 512
   */
  public VectorKernels() {
    // Here, because in a static initialiser it would surface as a linkage error.
    Lanes.check(System.getProperty(Lanes.PROPERTY));
  }

  @Override
  public String description() {
    return "vector, %d bits".formatted(Lanes.F.vectorBitSize());
  }

  @Override
  public MatMul bind(Tensor weight) {
    return new VectorMatMul(weight, scratch);
  }

  @Override
  public void multiply(MatMul[] weights, float[] x, int rows, float[][] ys, ThreadTeam team) {
    scratch.get().loop.run(weights, x, 0, rows, ys, 0, team);
  }

  @Override
  public void readRow(Tensor weight, int row, float[] out, int outOffset) {
    WeightRows rows = WeightRows.ofRow(weight, row);
    rows.read(0, 0, rows.columns, out, outOffset);
  }

  @Override
  public void add(float[] x, int xOffset, float[] y, int yOffset, int n) {
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      FloatVector.fromArray(Lanes.F, y, yOffset + i)
          .add(FloatVector.fromArray(Lanes.F, x, xOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] += x[xOffset + i];
    }
  }

  @Override
  public void scaleAndAdd(float[] y, int yOffset, float factor, float[] x, int xOffset, int n) {
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      FloatVector.fromArray(Lanes.F, y, yOffset + i)
          .fma(
              FloatVector.broadcast(Lanes.F, factor),
              FloatVector.fromArray(Lanes.F, x, xOffset + i))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = Math.fma(factor, y[yOffset + i], x[xOffset + i]);
    }
  }

  @Override
  public void rmsNorm(
      float[] x, int xOffset, float[] weight, float eps, float[] out, int outOffset, int n) {
    // Two chains: one would wait for the latency of each multiply-add.
    FloatVector a = FloatVector.zero(Lanes.F);
    FloatVector b = a;
    int i = 0;
    for (; i + 2 * Lanes.N <= n; i += 2 * Lanes.N) {
      FloatVector u = FloatVector.fromArray(Lanes.F, x, xOffset + i);
      FloatVector v = FloatVector.fromArray(Lanes.F, x, xOffset + i + Lanes.N);
      a = u.fma(u, a);
      b = v.fma(v, b);
    }
    double sum = Lanes.sum(a.add(b));
    for (; i < n; i++) {
      double v = x[xOffset + i];
      sum += v * v;
    }
    float factor = (float) (1 / Math.sqrt(sum / n + eps));
    i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      FloatVector.fromArray(Lanes.F, x, xOffset + i)
          .mul(factor)
          .mul(FloatVector.fromArray(Lanes.F, weight, i))
          .intoArray(out, outOffset + i);
    }
    for (; i < n; i++) {
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
    VectorLayerNorm.apply(x, xOffset, weight, bias, eps, out, outOffset, n);
  }

  @Override
  public void gelu(float[] x, int offset, int n) {
    Gelu.exact(x, offset, n);
  }

  @Override
  public void geluTanh(float[] x, int offset, int n) {
    Gelu.tanh(x, offset, n);
  }

  @Override
  public void clamp(float[] x, int offset, int n, float limit) {
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      FloatVector.fromArray(Lanes.F, x, offset + i).min(limit).max(-limit).intoArray(x, offset + i);
    }
    for (; i < n; i++) {
      x[offset + i] = Math.max(-limit, Math.min(limit, x[offset + i]));
    }
  }

  /**
   * The sigmoid is computed from {@code e^−|z|}, which cannot overflow: {@code 1 / (1 + e)} for
   * positive z, {@code e / (1 + e)} for negative.
   */
  @Override
  public void swiGlu(float[] gate, int gateOffset, float[] up, int upOffset, int n) {
    int i = 0;
    for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
      FloatVector z = FloatVector.fromArray(Lanes.F, gate, gateOffset + i);
      FloatVector e = Exponential.exp(z.abs().neg());
      FloatVector one = FloatVector.broadcast(Lanes.F, 1f);
      FloatVector sigmoid = e.blend(one, z.compare(VectorOperators.GE, 0f)).div(e.add(1f));
      z.mul(sigmoid)
          .mul(FloatVector.fromArray(Lanes.F, up, upOffset + i))
          .intoArray(gate, gateOffset + i);
    }
    for (; i < n; i++) {
      float z = gate[gateOffset + i];
      float e = Exponential.exp(-Math.abs(z));
      float sigmoid = (z >= 0 ? 1f : e) / (e + 1f);
      gate[gateOffset + i] = z * sigmoid * up[upOffset + i];
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
    VectorRotation.rotate(x, xOffset, half, interleaved, cos, sin, tableOffset);
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
    VectorAttention.score(
        query, queryOffset, keys, keysOffset, lanes, headDim, scale, out, outOffset);
  }

  @Override
  public void readPage(CachePage page, int head, float[] out) {
    PageLanes.read(page, head, out);
  }

  @Override
  public void addRamp(float[] x, int offset, int n, float slope, int first, int step) {
    VectorAttention.addRamp(x, offset, n, slope, first, step);
  }

  @Override
  public void scoreBlocks(
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
    VectorAttention.scores(
        queries,
        queriesOffset,
        queryStride,
        count,
        keys,
        keysOffset,
        lanes,
        headDim,
        scale,
        out,
        outOffset,
        outStride);
  }

  @Override
  public float max(float[] x, int offset, int n) {
    return VectorSoftmax.max(x, offset, n);
  }

  @Override
  public long above(float[] x, int offset, int n, float limit) {
    return VectorSoftmax.above(x, offset, n, limit);
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
    Diagonals.add(x, offset, stride, rows, from, to, entry, sums, squareSums, mins, maxs);
  }

  @Override
  public float expAndSum(float[] x, int offset, int n, float max) {
    return VectorSoftmax.expAndSum(x, offset, n, max);
  }

  @Override
  public float expAndSum(float[] x, int offset, int n, float max, double[] weighted, int at) {
    return VectorSoftmax.expAndSum(x, offset, n, max, weighted, at);
  }

  @Override
  public double logSumExp(float[] x, int offset, int n) {
    float max = max(x, offset, n);
    if (Float.isInfinite(max)) {
      return Kernels.unlessNaN(max, x, offset, n); // ∞ − ∞ below would make it NaN
    }
    float[] part = scratch.get().rows;
    double sum = 0;
    for (int start = 0; start < n; start += part.length) {
      int m = Math.min(part.length, n - start);
      System.arraycopy(x, offset + start, part, 0, m);
      sum += expAndSum(part, 0, m, max);
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
    VectorAttention.accumulate(
        weights, weightsOffset, values, valuesOffset, headDim, partials, partialsOffset);
  }

  @Override
  public void accumulateBlocks(
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
    int q = 0;
    for (; q + 2 <= count; q += 2) {
      VectorAttention.accumulateTwo(
          weights,
          weightsOffset + q * weightStride,
          weightStride,
          values,
          valuesOffset,
          headDim,
          partials,
          partialsOffset + q * partialStride,
          partialStride);
    }
    if (q < count) {
      VectorAttention.accumulate(
          weights,
          weightsOffset + q * weightStride,
          values,
          valuesOffset,
          headDim,
          partials,
          partialsOffset + q * partialStride);
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
    WeightedRows.add(
        weights,
        weightsOffset,
        weightStride,
        count,
        values,
        valuesOffset,
        lanes,
        width,
        sums,
        sumsOffset);
  }

  @Override
  public void foldPartials(
      float[] partials, int partialsOffset, int headDim, float scale, float[] out, int outOffset) {
    VectorAttention.fold(partials, partialsOffset, headDim, scale, out, outOffset);
  }

  @Override
  public long multiplyAdds(int rounds, float[] out) {
    return FusedMultiplyAdds.run(rounds, out);
  }

  @Override
  public float read(float[] x, int offset, int n) {
    return Reading.sum(x, offset, n);
  }
}
