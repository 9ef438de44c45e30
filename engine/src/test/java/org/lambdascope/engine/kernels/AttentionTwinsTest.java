package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What attention multiplies, weighs and offers to observers: the vector twin against the scalar
 * one, and both against double precision.
 */
final class AttentionTwinsTest extends KernelTwins {

  @Test
  void scoresToTheSameBits() {
    for (int headDim : HEAD_DIMS) {
      for (int offset : OFFSETS) {
        float[] query = gaussians(headDim + 9, 1);
        float[] keys = gaussians(headDim * Kernels.BLOCK + 9, 1);
        float[] a = new float[Kernels.BLOCK + 9];
        float[] b = new float[Kernels.BLOCK + 9];
        SCALAR.scoreBlock(
            query, offset, keys, 5 - offset, Kernels.BLOCK, headDim, 0.125f, a, offset);
        VECTOR.scoreBlock(
            query, offset, keys, 5 - offset, Kernels.BLOCK, headDim, 0.125f, b, offset);
        assertThat(b).containsExactly(a);
        double expected = 0;
        for (int d = 0; d < headDim; d++) {
          expected += (double) query[offset + d] * keys[5 - offset + d * Kernels.BLOCK + 63];
        }
        assertThat((double) a[offset + 63]).isCloseTo(0.125 * expected, within(1e-5));
      }
    }
  }

  @Test
  void accumulatesAndFoldsToTheSameBits() {
    for (int headDim : HEAD_DIMS) {
      for (int offset : OFFSETS) {
        float[] weights = gaussians(Kernels.BLOCK + 9, 1);
        float[] values = gaussians(headDim * Kernels.BLOCK + 9, 1);
        float[] a = gaussians(headDim * Kernels.PARTIALS + 9, 1);
        float[] b = a.clone();
        double expected = 0;
        int last = headDim - 1;
        for (int p = 0; p < Kernels.PARTIALS; p++) {
          expected += a[offset + last * Kernels.PARTIALS + p];
        }
        for (int l = 0; l < Kernels.BLOCK; l++) {
          expected += (double) weights[offset + l] * values[5 - offset + last * Kernels.BLOCK + l];
        }
        SCALAR.accumulateValues(weights, offset, values, 5 - offset, headDim, a, offset);
        VECTOR.accumulateValues(weights, offset, values, 5 - offset, headDim, b, offset);
        assertThat(b).containsExactly(a);

        float[] foldedA = new float[headDim + 9];
        float[] foldedB = new float[headDim + 9];
        SCALAR.foldPartials(a, offset, headDim, 0.3f, foldedA, offset);
        VECTOR.foldPartials(b, offset, headDim, 0.3f, foldedB, offset);
        assertThat(foldedB).containsExactly(foldedA);
        assertThat((double) foldedA[offset + last]).isCloseTo(0.3 * expected, within(1e-5));
      }
    }
  }

  @Test
  void severalQueriesAtOnceGiveTheSameBits() {
    for (int headDim : HEAD_DIMS) {
      for (int count = 1; count <= 14; count++) {
        int stride = headDim + 3;
        float[] queries = gaussians(count * stride + 5, 1);
        float[] block = gaussians(headDim * Kernels.BLOCK + 2, 1);
        int outStride = Kernels.BLOCK + 7;
        float[] a = new float[count * outStride + 1];
        float[] b = a.clone();
        SCALAR.scoreBlocks(
            queries, 5, stride, count, block, 2, Kernels.BLOCK, headDim, 0.5f, a, 1, outStride);
        VECTOR.scoreBlocks(
            queries, 5, stride, count, block, 2, Kernels.BLOCK, headDim, 0.5f, b, 1, outStride);
        assertThat(b).containsExactly(a);

        int partialStride = headDim * Kernels.PARTIALS + 4;
        float[] c = gaussians(count * partialStride + 3, 1);
        float[] d = c.clone();
        SCALAR.accumulateBlocks(a, 1, outStride, count, block, 2, headDim, c, 3, partialStride);
        VECTOR.accumulateBlocks(a, 1, outStride, count, block, 2, headDim, d, 3, partialStride);
        assertThat(d).containsExactly(c);

        int width = Kernels.padded(headDim);
        float[] values = gaussians(width * Kernels.BLOCK + 2, 1);
        float[] e = gaussians(count * width, 1);
        float[] f = e.clone();
        double expected = e[count * width - 1];
        for (int l = 0; l < Kernels.BLOCK; l++) {
          expected += (double) a[1 + (count - 1) * outStride + l] * values[2 + (l + 1) * width - 1];
        }
        SCALAR.addWeightedRows(a, 1, outStride, count, values, 2, Kernels.BLOCK, width, e, 0);
        VECTOR.addWeightedRows(a, 1, outStride, count, values, 2, Kernels.BLOCK, width, f, 0);
        assertThat(f).containsExactly(e);
        assertThat((double) f[count * width - 1]).isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Test
  void tellsWhichLieAboveALimit() {
    for (int n = 0; n <= 64; n++) {
      float[] x = gaussians(n + 9, 1);
      x[3 + n / 2] = Float.NaN;
      x[3] = 0.5f;
      long bits = SCALAR.above(x, 3, n, 0.5f);
      assertThat(VECTOR.above(x, 3, n, 0.5f)).isEqualTo(bits);
      assertThat(bits & (1L << (n / 2) | 1)).isZero();
    }
  }

  @Test
  void addsDiagonalsAtEveryPlace() {
    Random random = new Random(3);
    for (int lanes : SIZES) {
      for (int rows : new int[] {1, 2, 12, 48}) {
        int stride = lanes + 7;
        float[] x = gaussians(5 + rows * stride, rows);
        x[5 + lanes / 2] = Float.NaN;
        int[] from = new int[rows];
        int[] to = new int[rows];
        // A band as a window has one, sinks that all see, a triangle, and anything.
        for (int shape = 0; shape < 4; shape++) {
          for (int r = 0; r < rows; r++) {
            from[r] = shape == 0 ? Math.min(r, lanes) : shape == 3 ? random.nextInt(lanes + 1) : 0;
            to[r] =
                switch (shape) {
                  case 0 -> Math.max(from[r], Math.min(lanes, lanes - rows + r));
                  case 1 -> lanes;
                  case 2 -> Math.min(lanes, r);
                  default -> random.nextInt(lanes + 1);
                };
          }
          addsDiagonalsAlike(x, stride, from, to, rows + 3);
        }
      }
    }
  }

  private void addsDiagonalsAlike(float[] x, int stride, int[] from, int[] to, int entry) {
    int n = entry + stride;
    double[][] sums = new double[2][n];
    double[][] squares = new double[2][n];
    float[] low = gaussians(n, 1);
    float[] high = gaussians(n, 1);
    float[][] mins = {low.clone(), low.clone()};
    float[][] maxs = {high.clone(), high.clone()};
    for (int k = 0; k < 2; k++) {
      TWINS[k].addDiagonals(
          x, 5, stride, from.length, from, to, entry, sums[k], squares[k], mins[k], maxs[k]);
    }
    assertThat(mins[1]).containsExactly(mins[0]);
    assertThat(maxs[1]).containsExactly(maxs[0]);
    assertThat(sums[1]).containsExactly(sums[0], within(1e-12));
    assertThat(squares[1]).containsExactly(squares[0], within(1e-12));
  }
}
