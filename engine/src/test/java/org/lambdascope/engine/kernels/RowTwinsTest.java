package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Sums, norms, gates and rotations of rows: the vector twin against the scalar one, and both
 * against double precision.
 */
final class RowTwinsTest extends KernelTwins {

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
}
