package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.kernels.vector.VectorKernels;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/** Both twins against a product in double precision. */
final class MatMulTwinsTest {

  private static final Kernels[] TWINS = {new ScalarKernels(), new VectorKernels()};
  private static final int[] SIZES = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 172};
  private static final float UNTOUCHED = 12345f;

  private static ThreadTeam team;

  @BeforeAll
  static void start() {
    team = new ThreadTeam(3);
  }

  @AfterAll
  static void stop() {
    team.close();
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void agreesOverOddOutputs(DType dtype) {
    Random random = new Random(1);
    for (int out : SIZES) {
      for (int rows = 1; rows <= 13; rows++) {
        check(dtype, rows, wholeBlocks(dtype, 64), out, random);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void agreesOverOddInputs(DType dtype) {
    Random random = new Random(2);
    for (int size : sizes(dtype)) {
      int in = size * dtype.blockSize();
      for (int rows : new int[] {1, 2, 7, 8, 13}) {
        check(dtype, rows, in, 37, random);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void agreesBeyondOnePanelAndOnePart(DType dtype) {
    Random random = new Random(3);
    check(dtype, 1, wholeBlocks(dtype, 1056), 210, random);
    check(dtype, 5, 512, 150, random);
    check(dtype, 33, wholeBlocks(dtype, 1056), 37, random);
    check(dtype, 200, wholeBlocks(dtype, 544), 12, random);
    check(dtype, 201, wholeBlocks(dtype, 64), 70, random);
    check(dtype, 1, wholeBlocks(dtype, 2080), 5, random);
    check(dtype, 1033, wholeBlocks(dtype, 32), 70, random);
    check(dtype, 2100, wholeBlocks(dtype, 32), 5, random);
  }

  private static int wholeBlocks(DType dtype, int columns) {
    return Math.ceilDiv(columns, dtype.blockSize()) * dtype.blockSize();
  }

  /** Columns in blocks; of large blocks, few, which is as odd. */
  private static int[] sizes(DType dtype) {
    return dtype.blockSize() > 32 ? new int[] {1, 2, 3, 5} : SIZES;
  }

  private static void check(DType dtype, int rows, int in, int out, Random random) {
    Weights weights = Weights.random(dtype, out, in, random.nextBoolean(), random);
    int xOffset = random.nextInt(5);
    int yOffset = random.nextInt(5);
    float[] x = gaussians(xOffset + rows * in, random);
    for (Kernels kernels : TWINS) {
      MatMul matMul = kernels.bind(weights.tensor());
      assertThat(matMul.inFeatures()).isEqualTo(in);
      assertThat(matMul.outFeatures()).isEqualTo(out);
      float[] y = new float[yOffset + rows * out + 3];
      Arrays.fill(y, UNTOUCHED);
      matMul.apply(x, xOffset, rows, y, yOffset, team);
      for (int i = 0; i < y.length; i++) {
        int at = i - yOffset;
        if (at < 0 || at >= rows * out) {
          assertThat(y[i]).as("outside the result, at %d", i).isEqualTo(UNTOUCHED);
          continue;
        }
        double sum = 0;
        double size = 0;
        for (int k = 0; k < in; k++) {
          double term = (double) weights.values()[at % out][k] * x[xOffset + at / out * in + k];
          sum += term;
          size += Math.abs(term);
        }
        if (!(Math.abs(y[i] - sum) <= 1e-6 * size + 1e-30)) {
          assertThat((double) y[i])
              .as(
                  "%s, %s, rows %d, in %d, out %d: row %d, output %d",
                  kernels.description(), dtype, rows, in, out, at / out, at % out)
              .isCloseTo(sum, within(1e-6 * size + 1e-30));
        }
      }
    }
  }

  /** What texts that share a pass rest on. */
  @ParameterizedTest
  @EnumSource(DType.class)
  void fewRowsComeOutAsIfEachWereAlone(DType dtype) {
    Random random = new Random(8);
    int in = wholeBlocks(dtype, 2400);
    int out = 37;
    Weights weights = Weights.random(dtype, out, in, true, random);
    float[] x = gaussians(Kernels.TOGETHER * in, random);
    for (Kernels kernels : TWINS) {
      MatMul matMul = kernels.bind(weights.tensor());
      float[] one = new float[out];
      for (int rows = 2; rows <= Kernels.TOGETHER; rows++) {
        float[] y = new float[rows * out];
        matMul.apply(x, 0, rows, y, 0, team);
        for (int r = 0; r < rows; r++) {
          matMul.apply(x, r * in, 1, one, 0, team);
          assertThat(Arrays.copyOfRange(y, r * out, (r + 1) * out))
              .as("%s, %s, row %d of %d", kernels.description(), dtype, r, rows)
              .isEqualTo(one);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void readsRowsExactly(DType dtype) {
    Random random = new Random(4);
    for (int size : sizes(dtype)) {
      int n = size * dtype.blockSize();
      for (boolean offHeap : new boolean[] {false, true}) {
        Weights weights = Weights.random(dtype, 3, n, offHeap, random);
        for (Kernels kernels : TWINS) {
          for (int row = 0; row < 3; row++) {
            float[] out = new float[n + 3];
            kernels.readRow(weights.tensor(), row, out, 2);
            assertThat(Arrays.copyOfRange(out, 2, n + 2))
                .as("%s, %s, row %d of %d", kernels.description(), dtype, row, n)
                .containsExactly(weights.values()[row]);
            assertThat(out[n + 2]).isZero();
          }
        }
      }
    }
  }

  @Test
  void readsEveryBinary16() {
    short[] bits = new short[1 << 16];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (short) i;
    }
    Tensor tensor =
        new Tensor("all", DType.F16, new long[] {1, bits.length}, MemorySegment.ofArray(bits));
    for (Kernels kernels : TWINS) {
      float[] out = new float[bits.length];
      kernels.readRow(tensor, 0, out, 0);
      for (int i = 0; i < bits.length; i++) {
        float expected = Float.float16ToFloat(bits[i]);
        if (Float.floatToIntBits(out[i]) != Float.floatToIntBits(expected)) {
          assertThat(out[i]).as("%s: 0x%04x", kernels.description(), i).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void multipliesEveryBinary16() {
    int in = 32; // one number per row, the others are 0
    short[] bits = new short[in << 16];
    for (int row = 0; row < 1 << 16; row++) {
      bits[row * in + row % in] = (short) row;
    }
    Tensor tensor =
        new Tensor("all", DType.F16, new long[] {1 << 16, in}, MemorySegment.ofArray(bits));
    float[] ones = new float[in];
    Arrays.fill(ones, 1f);
    for (Kernels kernels : TWINS) {
      float[] y = new float[1 << 16];
      kernels.bind(tensor).apply(ones, 0, 1, y, 0, team);
      for (int row = 0; row < y.length; row++) {
        float expected = Float.float16ToFloat((short) row);
        if (y[row] != expected && !(Float.isNaN(y[row]) && Float.isNaN(expected))) {
          assertThat(y[row]).as("%s: 0x%04x", kernels.description(), row).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void passesSpecialValuesOn() {
    for (Kernels kernels : TWINS) {
      for (int rows : new int[] {1, 9}) {
        int in = 40;
        float[] w = new float[in * 5];
        Arrays.fill(w, 1f);
        w[in + 3] = Float.NaN;
        w[2 * in + 39] = Float.POSITIVE_INFINITY;
        w[3 * in + 1] = Float.NEGATIVE_INFINITY;
        float[] x = new float[in * rows];
        Arrays.fill(x, 1f);
        float[] y = new float[5 * rows];
        kernels.bind(Tensor.ofFloats("w", w, 5, in)).apply(x, 0, rows, y, 0, team);
        for (int r = 0; r < rows; r++) {
          assertThat(Arrays.copyOfRange(y, 5 * r, 5 * r + 5))
              .containsExactly(
                  40f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 40f);
        }
      }
    }
  }

  @Test
  void refusesWhatIsNotThere() {
    for (Kernels kernels : TWINS) {
      assertThatThrownBy(() -> kernels.bind(Tensor.ofFloats("v", new float[4], 4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("tensor v: expected 2 dimensions, found [4]");
      Tensor matrix = Tensor.ofFloats("m", new float[4], 2, 2);
      for (int row : new int[] {-1, 2}) {
        assertThatThrownBy(() -> kernels.readRow(matrix, row, new float[2], 0))
            .isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessage("tensor m: expected a row in [0, 2), found %d", row);
      }
    }
  }

  private static float[] gaussians(int n, Random random) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
