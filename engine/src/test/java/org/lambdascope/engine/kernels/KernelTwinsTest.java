package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.kernels.vector.VectorKernels;

/** The vector twin against the scalar one, and both against double precision. */
final class KernelTwinsTest {

  private static final Kernels SCALAR = new ScalarKernels();
  private static final Kernels VECTOR = new VectorKernels();
  private static final Kernels[] TWINS = {SCALAR, VECTOR};
  private static final int[] SIZES = {
    1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 172, 1000, 5000
  };
  private static final int[] OFFSETS = {0, 1, 5};
  private static final int[] HEAD_DIMS = {2, 4, 8, 16, 20, 48, 64, 80, 128};

  private final Random random = new Random(7);

  @Test
  void usesTheWidthThatItIsTold() {
    String bits = System.getProperty("lambdascope.vectorBits");
    if (bits != null) {
      assertThat(VECTOR.description()).isEqualTo("vector, " + bits + " bits");
    }
    assertThat(SCALAR.description()).isEqualTo("scalar");
  }

  @Test
  void addsAlike() {
    for (int n : SIZES) {
      for (int offset : OFFSETS) {
        float[] x = gaussians(n + 9, 1);
        float[] a = gaussians(n + 9, 1);
        float[] b = a.clone();
        SCALAR.add(x, offset, a, 6 - offset, n);
        VECTOR.add(x, offset, b, 6 - offset, n);
        assertThat(b).containsExactly(a);
        SCALAR.scaleAndAdd(a, 6 - offset, 0.7f, x, offset, n);
        VECTOR.scaleAndAdd(b, 6 - offset, 0.7f, x, offset, n);
        assertThat(b).containsExactly(a);
      }
    }
  }

  @Test
  void normalisesAlike() {
    for (int n : SIZES) {
      for (int offset : OFFSETS) {
        float[] x = gaussians(n + 9, 3);
        float[] weight = gaussians(n, 1);
        float[] a = new float[n + 9];
        SCALAR.rmsNorm(x, offset, weight, 1e-5f, a, 6 - offset, n);
        float[] b = new float[n + 9];
        VECTOR.rmsNorm(x, offset, weight, 1e-5f, b, 6 - offset, n);
        close(b, a, 1e-6, 0, "rmsNorm " + n);
        VECTOR.rmsNorm(x, offset, weight, 1e-5f, x, offset, n);
        assertThat(Arrays.copyOfRange(x, offset, offset + n))
            .containsExactly(Arrays.copyOfRange(b, 6 - offset, 6 - offset + n));
      }
    }
  }

  @Test
  void gatesAlike() {
    for (int n : SIZES) {
      for (int offset : OFFSETS) {
        float[] a = gaussians(n + 9, 20);
        float[] b = a.clone();
        float[] up = gaussians(n + 9, 1);
        SCALAR.swiGlu(a, offset, up, 6 - offset, n);
        VECTOR.swiGlu(b, offset, up, 6 - offset, n);
        close(b, a, 1e-6, 1e-36, "swiGlu " + n);
      }
    }
  }

  @Test
  void gatesExtremeValues() {
    float[] z = {
      0f,
      -0f,
      1e-30f,
      100,
      -100,
      1e4f,
      -1e4f,
      3e38f,
      -3e38f,
      88,
      -88,
      87.4f,
      -87.4f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      1,
      -1
    };
    float[] ones = new float[z.length];
    Arrays.fill(ones, 1f);
    for (Kernels kernels : TWINS) {
      float[] gate = z.clone();
      kernels.swiGlu(gate, 0, ones, 0, z.length);
      for (int i = 0; i < z.length; i++) {
        double expected = z[i] / (1 + Math.exp(-(double) z[i]));
        double error = 1e-6 * Math.abs(expected) + 1e-35;
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
          assertThat(Double.valueOf(gate[i])).isEqualTo(Double.valueOf(expected));
        } else {
          assertThat((double) gate[i]).as("silu(%s)", z[i]).isCloseTo(expected, within(error));
        }
      }
    }
  }

  @Test
  void rotatesAlike() {
    for (int half : new int[] {1, 2, 3, 4, 8, 10, 15, 16, 17, 32, 40, 64}) {
      for (boolean interleaved : new boolean[] {false, true}) {
        float[] x = gaussians(2 * half + 7, 1);
        float[] cos = new float[half + 3];
        float[] sin = new float[half + 3];
        for (int i = 0; i < half + 3; i++) {
          cos[i] = (float) Math.cos(i);
          sin[i] = (float) Math.sin(i);
        }
        for (Kernels kernels : TWINS) {
          float[] y = x.clone();
          kernels.rotate(y, 5, half, interleaved, cos, sin, 3);
          float[] expected = x.clone();
          for (int i = 0; i < half; i++) {
            int a = 5 + (interleaved ? 2 * i : i);
            int b = interleaved ? a + 1 : a + half;
            double angle = i + 3;
            expected[a] = (float) (x[a] * Math.cos(angle) - x[b] * Math.sin(angle));
            expected[b] = (float) (x[b] * Math.cos(angle) + x[a] * Math.sin(angle));
          }
          close(y, expected, 1e-6, 1e-6, kernels.description() + " rotate " + half);
        }
      }
    }
  }

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
  void findsTheMaximum() {
    for (int n : SIZES) {
      float[] x = gaussians(n + 5, 1);
      assertThat(VECTOR.max(x, 5, n)).isEqualTo(SCALAR.max(x, 5, n));
      for (int at : new int[] {0, n / 2, n - 1}) {
        float[] y = x.clone();
        y[5 + at] = 100;
        float[] z = y.clone();
        z[5 + (at + 1) % n] = Float.NaN;
        float[] broken = new float[n + 5];
        Arrays.fill(broken, Float.NaN);
        float[] infinite = new float[n + 5];
        Arrays.fill(infinite, Float.NEGATIVE_INFINITY);
        for (Kernels kernels : TWINS) {
          assertThat(kernels.max(y, 5, n)).isEqualTo(100f);
          assertThat(kernels.max(z, 5, n)).isEqualTo(n == 1 ? Float.NEGATIVE_INFINITY : 100f);
          assertThat(kernels.max(broken, 5, n)).isEqualTo(Float.NEGATIVE_INFINITY);
          assertThat(kernels.max(infinite, 5, n)).isEqualTo(Float.NEGATIVE_INFINITY);
        }
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

  @Test
  void exponentiatesWithinTheBound() {
    int n = 200_003;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (-87.3 * i / n);
    }
    for (Kernels kernels : TWINS) {
      float[] e = x.clone();
      float sum = kernels.expAndSum(e, 0, n, 0);
      double expectedSum = 0;
      double worst = 0;
      for (int i = 0; i < n; i++) {
        double expected = Math.exp(x[i]);
        expectedSum += expected;
        worst = Math.max(worst, Math.abs(e[i] - expected) / expected);
      }
      assertThat(worst).as(kernels.description()).isLessThanOrEqualTo(2e-7);
      assertThat((double) sum).isCloseTo(expectedSum, within(1e-5 * expectedSum));
    }
  }

  @Test
  void exponentiatesSpecialValues() {
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {0, -inf, -200, -1e30f, Float.NaN, 1, 0, -0f, -88, -104, 80, inf};
    for (Kernels kernels : TWINS) {
      // At every alignment: each value passes through the vectors and through the tail.
      for (int shift = 0; shift < 33; shift++) {
        float[] y = new float[shift + x.length];
        System.arraycopy(x, 0, y, shift, x.length);
        kernels.expAndSum(y, 0, y.length, 0);
        assertThat(Arrays.copyOfRange(y, shift, shift + 5)).containsExactly(1, 0, 0, 0, Float.NaN);
        assertThat(y[shift + 6]).isEqualTo(1f);
        assertThat(y[shift + 7]).isEqualTo(1f);
        assertThat(y[shift + 8]).isBetween(0f, Float.MIN_NORMAL);
        assertThat(y[shift + 9]).isBetween(0f, Float.MIN_NORMAL);
        assertThat((double) y[shift + 10]).isCloseTo(Math.exp(80), within(1e-6 * Math.exp(80)));
        assertThat(y[shift + 11]).isEqualTo(inf);
      }
    }
  }

  @Test
  void exponentiatesAlike() {
    for (int n : SIZES) {
      for (int offset : OFFSETS) {
        float[] a = gaussians(n + 9, 5);
        float[] b = a.clone();
        float max = SCALAR.max(a, offset, n);
        float sumA = SCALAR.expAndSum(a, offset, n, max);
        float sumB = VECTOR.expAndSum(b, offset, n, max);
        close(b, a, 4e-7, 0, "expAndSum " + n);
        assertThat((double) sumB).isCloseTo(sumA, within(1e-6 * sumA));
      }
    }
  }

  @Test
  void sumsWeightedLogitsAlike() {
    for (int n : SIZES) {
      float[] x = gaussians(n, 5);
      x[n / 2] = Float.NEGATIVE_INFINITY;
      x[n - 1] = 4;
      float max = SCALAR.max(x, 0, n);
      double[] weighted = {0, 1};
      float[] a = x.clone();
      SCALAR.expAndSum(a, 0, n, max, weighted, 0);
      float[] b = x.clone();
      float sum = VECTOR.expAndSum(b, 0, n, max, weighted, 1);
      assertThat(weighted[1]).isCloseTo(weighted[0] + 1, within(1e-6 * (1 - weighted[0])));
      float[] alone = x.clone();
      assertThat(VECTOR.expAndSum(alone, 0, n, max)).isEqualTo(sum);
      assertThat(alone).containsExactly(b);
      close(b, a, 4e-7, 0, "expAndSum " + n);
      double[] moved = {1};
      float[] later = new float[n + 3];
      System.arraycopy(x, 0, later, 3, n);
      VECTOR.expAndSum(later, 3, n, max, moved, 0);
      assertThat(moved[0]).isEqualTo(weighted[1]);
    }
  }

  @Test
  void readsAllOfIt() {
    for (int n : SIZES) {
      float[] x = new float[n + 9];
      Arrays.fill(x, Float.NaN);
      for (int i = 0; i < n; i++) {
        x[5 + i] = i;
      }
      for (Kernels kernels : TWINS) {
        double expected = n * (n - 1) / 2.0;
        assertThat((double) kernels.read(x, 5, n))
            .isCloseTo(expected, within(1e-5 * (1 + expected)));
      }
    }
  }

  @Test
  void sumsLogarithmicallyAlike() {
    for (int n : SIZES) {
      for (float shift : new float[] {0, 1e4f, -1e4f}) {
        float[] x = gaussians(n + 5, 5);
        double sum = 0;
        for (int i = 0; i < n; i++) {
          x[5 + i] += shift;
          sum += Math.exp((double) x[5 + i] - shift);
        }
        double expected = shift + Math.log(sum);
        float[] before = x.clone();
        for (Kernels kernels : TWINS) {
          assertThat(kernels.logSumExp(x, 5, n)).isCloseTo(expected, within(1e-6));
          assertThat(x).containsExactly(before);
        }
      }
    }
  }

  @Test
  void sumsLogarithmicallySpecialValues() {
    float inf = Float.POSITIVE_INFINITY;
    float[] none = new float[40];
    Arrays.fill(none, -inf);
    float[] one = none.clone();
    one[20] = 3;
    float[] all = none.clone();
    all[39] = inf;
    float[] nan = none.clone();
    nan[0] = Float.NaN;
    for (Kernels kernels : TWINS) {
      assertThat(kernels.logSumExp(none, 0, 40)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(kernels.logSumExp(one, 0, 40)).isEqualTo(3.0);
      assertThat(kernels.logSumExp(all, 0, 40)).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(kernels.logSumExp(nan, 0, 40)).isNaN();
    }
  }

  private static void close(
      float[] actual, float[] expected, double relative, double absolute, String what) {
    for (int i = 0; i < expected.length; i++) {
      double error = relative * Math.abs(expected[i]) + absolute;
      if (!(Math.abs((double) actual[i] - expected[i]) <= error)) {
        assertThat((double) actual[i])
            .as("%s, element %d", what, i)
            .isCloseTo(expected[i], within(error));
      }
    }
  }

  private float[] gaussians(int n, double size) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (size * random.nextGaussian());
    }
    return x;
  }
}
