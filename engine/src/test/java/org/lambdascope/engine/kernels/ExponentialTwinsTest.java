package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Maxima, exponentials and their sums: the vector twin against the scalar one, and both against
 * double precision.
 */
final class ExponentialTwinsTest extends KernelTwins {

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
}
