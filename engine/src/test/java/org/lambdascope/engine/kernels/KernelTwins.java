package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.kernels.vector.VectorKernels;

/** Tests of the vector twin against the scalar one. */
abstract class KernelTwins {

  static final Kernels SCALAR = new ScalarKernels();
  static final Kernels VECTOR = new VectorKernels();
  static final Kernels[] TWINS = {SCALAR, VECTOR};
  static final int[] SIZES = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 172, 1000, 5000};
  static final int[] OFFSETS = {0, 1, 5};
  static final int[] HEAD_DIMS = {2, 4, 8, 16, 20, 48, 64, 80, 128};

  final Random random = new Random(7);

  static void close(
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

  final float[] gaussians(int n, double size) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (size * random.nextGaussian());
    }
    return x;
  }
}
