package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** LayerNorm, GELU, clipping and ALiBi's ramp: the vector twin against the scalar one. */
final class ActivationTwinsTest extends KernelTwins {

  @Test
  void layerNormsAlike() {
    for (int n : SIZES) {
      for (int offset : OFFSETS) {
        float[] x = gaussians(n + 9, 3);
        for (int i = 0; i < x.length; i++) {
          x[i] += 2; // a mean that matters
        }
        float[] weight = gaussians(n, 1);
        float[] bias = gaussians(n, 1);
        float[] a = new float[n + 9];
        SCALAR.layerNorm(x, offset, weight, bias, 1e-5f, a, 6 - offset, n);
        float[] b = new float[n + 9];
        VECTOR.layerNorm(x, offset, weight, bias, 1e-5f, b, 6 - offset, n);
        // At one element, x − mean is the rounding error of the mean.
        close(b, a, 1e-5, n == 1 ? 1e-3 : 1e-5, "layerNorm " + n);
        VECTOR.layerNorm(x, offset, weight, bias, 1e-5f, x, offset, n);
        assertThat(Arrays.copyOfRange(x, offset, offset + n))
            .containsExactly(Arrays.copyOfRange(b, 6 - offset, 6 - offset + n));
      }
    }
  }

  @Test
  void layerNormHasNoMeanAndUnitVariance() {
    float[] x = gaussians(1000, 4);
    float[] ones = new float[1000];
    Arrays.fill(ones, 1);
    for (Kernels kernels : TWINS) {
      float[] y = new float[1000];
      kernels.layerNorm(x, 0, ones, new float[1000], 0, y, 0, 1000);
      double mean = 0;
      double squares = 0;
      for (float v : y) {
        mean += v / 1000;
        squares += (double) v * v / 1000;
      }
      assertThat(mean).isCloseTo(0, within(1e-6));
      assertThat(squares).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void activatesAlike() {
    double tail = 1e-18; // where e^−2u is huge, so is the part of its error that u's rounding makes
    for (int n : SIZES) {
      for (int offset : OFFSETS) {
        float[] x = gaussians(n + 9, 3);
        float[] a = x.clone();
        float[] b = x.clone();
        SCALAR.gelu(a, offset, n);
        VECTOR.gelu(b, offset, n);
        close(b, a, 3e-6, tail, "gelu " + n);
        a = x.clone();
        b = x.clone();
        SCALAR.geluTanh(a, offset, n);
        VECTOR.geluTanh(b, offset, n);
        close(b, a, 3e-6, tail, "geluTanh " + n);
      }
    }
  }

  /** The two differ by up to 5e-4 and both are near x or 0 far out. */
  @Test
  void theApproximationIsNearTheDefinition() {
    for (Kernels kernels : TWINS) {
      for (float x = -12; x <= 12; x += 0.01f) {
        float[] exact = {x};
        float[] approximate = {x};
        kernels.gelu(exact, 0, 1);
        kernels.geluTanh(approximate, 0, 1);
        assertThat(approximate[0]).as("gelu(%s)", x).isCloseTo(exact[0], within(5e-4f));
      }
    }
  }

  /** Values of x · Φ(x) from mpmath at 30 digits. */
  @Test
  void geluHasItsTrueValues() {
    float[] x = {0.5f, -0.5f, 1, -1, 2, -2, 3.75f, -3.75f, -4, -4.25f, -6, -8, 6};
    double[] expected = {
      0.345731230637007,
      -0.154268769362993,
      0.841344746068543,
      -0.158655253931457,
      1.95449973610364,
      -0.0455002638963584,
      3.7496684351805,
      -3.31564819503015e-4,
      -1.2668496733248e-4,
      -4.54262345434713e-5,
      -5.91952587022619e-9,
      -4.97676845941743e-15,
      5.99999999408047,
    };
    for (Kernels kernels : TWINS) {
      for (int shift = 0; shift < 17; shift++) { // through the vectors and through the tail
        float[] y = new float[shift + x.length];
        System.arraycopy(x, 0, y, shift, x.length);
        kernels.gelu(y, 0, y.length);
        for (int i = 0; i < x.length; i++) {
          assertThat((double) y[shift + i])
              .as("%s: gelu(%s)", kernels.description(), x[i])
              .isCloseTo(expected[i], within(3e-6 * Math.abs(expected[i])));
        }
      }
    }
  }

  @Test
  void activatesExtremeValues() {
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {
      0, -0f, 1e-30f, -1e-30f, 20, -20, 1e7f, -1e7f, 3e38f, -3e38f, inf, -inf, Float.NaN
    };
    float[] expected = {0, 0, 5e-31f, -5e-31f, 20, 0, 1e7f, 0, 3e38f, 0, inf, 0, Float.NaN};
    for (Kernels kernels : TWINS) {
      for (int shift = 0; shift < 33; shift++) {
        for (boolean exact : new boolean[] {true, false}) {
          float[] y = new float[shift + x.length];
          System.arraycopy(x, 0, y, shift, x.length);
          if (exact) {
            kernels.gelu(y, 0, y.length);
          } else {
            kernels.geluTanh(y, 0, y.length);
          }
          for (int i = 0; i < x.length; i++) {
            if (Float.isFinite(expected[i])) {
              assertThat(y[shift + i])
                  .as("%s, %s", kernels.description(), x[i])
                  .isCloseTo(expected[i], within(1e-6f * Math.abs(expected[i])));
            } else {
              assertThat(Float.valueOf(y[shift + i])).isEqualTo(Float.valueOf(expected[i]));
            }
          }
        }
      }
    }
  }

  @Test
  void clipsAlike() {
    for (int n : SIZES) {
      for (int offset : OFFSETS) {
        float[] a = gaussians(n + 9, 3);
        a[offset] = Float.NaN;
        a[offset + n - 1] = n > 1 ? Float.NEGATIVE_INFINITY : Float.NaN;
        float[] b = a.clone();
        SCALAR.clamp(a, offset, n, 1.5f);
        VECTOR.clamp(b, offset, n, 1.5f);
        assertThat(b).containsExactly(a);
        assertThat(a[offset]).isNaN();
        if (n > 1) {
          assertThat(a[offset + n - 1]).isEqualTo(-1.5f);
        }
      }
    }
  }

  @Test
  void addsARampToTheSameBits() {
    for (int n : SIZES) {
      for (int step : new int[] {-1, 0, 1}) {
        for (int first : new int[] {0, -1, -70_000, 12}) {
          float[] x = gaussians(n + 9, 3);
          float[] a = x.clone();
          float[] b = x.clone();
          SCALAR.addRamp(a, 5, n, 0.37f, first, step);
          VECTOR.addRamp(b, 5, n, 0.37f, first, step);
          assertThat(b).containsExactly(a);
          assertThat(a[5 + n - 1])
              .isEqualTo((float) (x[5 + n - 1] + 0.37f * (double) (first + (n - 1) * step)));
          assertThat(a[4]).isEqualTo(x[4]);
          assertThat(a[5 + n]).isEqualTo(x[5 + n]);
        }
      }
    }
  }
}
