package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Cache pages: what they store, and the kernels that read them. */
final class CacheTwinsTest extends KernelTwins {

  private static final int HEADS = 3;
  private static final int[] PAGE_HEAD_DIMS = {2, 4, 10, 16, 20, 32, 48, 64, 80, 128};

  @ParameterizedTest
  @EnumSource
  void twinsReadTheSameBits(CacheType type) {
    for (int headDim : PAGE_HEAD_DIMS) {
      for (CachePage.Order order : CachePage.Order.values()) {
        CachePage page = page(type, order, headDim, 1);
        boolean positions = order == CachePage.Order.POSITIONS;
        int width = Kernels.padded(headDim);
        for (int head = 0; head < HEADS; head++) {
          float[] a = new float[width * Kernels.BLOCK];
          float[] b = a.clone();
          SCALAR.readPage(page, head, a);
          VECTOR.readPage(page, head, b);
          assertThat(b).as("%s, %s, head size %d", type, order, headDim).containsExactly(a);
          int last = headDim - 1;
          assertThat(a[positions ? last * Kernels.BLOCK + 3 : 3 * width + last])
              .isEqualTo(page.get(head, last, 3));
        }
      }
    }
  }

  /**
   * Half a unit in the last place of the type, relative to the number or to its group's largest.
   */
  @ParameterizedTest
  @CsvSource({"F32, 0", "F16, 4.89e-4", "BF16, 3.91e-3", "Q8, 3.94e-3"})
  void storesWithinHalfAStep(CacheType type, double step) {
    for (int headDim : PAGE_HEAD_DIMS) {
      for (double size : new double[] {1e-2, 1, 300}) {
        float[][] rows = new float[Kernels.BLOCK][];
        CachePage.Order order =
            random.nextBoolean() ? CachePage.Order.FEATURES : CachePage.Order.POSITIONS;
        CachePage page = type.newPage(order, HEADS, headDim);
        for (int lane = 0; lane < Kernels.BLOCK; lane++) {
          rows[lane] = gaussians(HEADS * headDim, size);
          for (int head = 0; head < HEADS; head++) {
            page.write(head, lane, rows[lane], head * headDim);
          }
        }
        for (int lane = 0; lane < Kernels.BLOCK; lane++) {
          for (int i = 0; i < HEADS * headDim; i++) {
            float x = rows[lane][i];
            double about = type == CacheType.Q8 ? largest(rows[lane], i, headDim) : Math.abs(x);
            assertThat((double) page.get(i / headDim, i % headDim, lane))
                .isCloseTo(x, within(step * about + (type == CacheType.F16 ? 3e-8 : 0)));
          }
        }
      }
    }
  }

  /** The largest of the group that entry {@code i} belongs to. */
  private static double largest(float[] row, int i, int headDim) {
    int head = i / headDim;
    int from = i % headDim / CachePage.Q8.GROUP * CachePage.Q8.GROUP;
    double most = 0;
    for (int d = from; d < Math.min(from + CachePage.Q8.GROUP, headDim); d++) {
      most = Math.max(most, Math.abs(row[head * headDim + d]));
    }
    return most;
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoNumberStaysNone(CacheType type) {
    for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1 / 0f}) {
      CachePage page = type.newPage(CachePage.Order.FEATURES, 1, 4);
      page.write(0, 5, new float[] {1, broken, 2, 3}, 0);
      assertThat(page.get(0, 1, 5)).isNotFinite();
    }
    CachePage page = type.newPage(CachePage.Order.FEATURES, 1, 2);
    page.write(0, 0, new float[] {Float.intBitsToFloat(0x7f800001), 0}, 0);
    assertThat(page.get(0, 0, 0)).isNaN();
  }

  @ParameterizedTest
  @EnumSource
  void storesZerosAndTheSmallestNumbers(CacheType type) {
    CachePage page = type.newPage(CachePage.Order.FEATURES, 1, 3);
    page.write(0, 0, new float[] {0, -0f, 0}, 0);
    page.write(0, 1, new float[] {190 * Float.MIN_VALUE, -190 * Float.MIN_VALUE, 0}, 0);
    for (int d = 0; d < 3; d++) {
      assertThat(page.get(0, d, 0)).isZero();
      assertThat(Math.abs(page.get(0, d, 1))).isLessThan(1e-40f);
    }
  }

  @ParameterizedTest
  @CsvSource({"F32, 262144", "F16, 131072", "BF16, 131072", "Q8, 73728"})
  void bytesOfAPage(CacheType type, long bytes) {
    assertThat(type.pageBytes(8, 128)).isEqualTo(bytes);
  }

  @Test
  void theFullRangeOfBf16RoundsToEven() {
    CachePage page = CacheType.BF16.newPage(CachePage.Order.FEATURES, 1, 4);
    float[] x = {
      Float.intBitsToFloat(0x3f808000), // halfway, even below
      Float.intBitsToFloat(0x3f818000), // halfway, even above
      Float.intBitsToFloat(0xbf808001),
      Float.MAX_VALUE
    };
    page.write(0, 0, x, 0);
    assertThat(page.get(0, 0, 0)).isEqualTo(Float.intBitsToFloat(0x3f800000));
    assertThat(page.get(0, 1, 0)).isEqualTo(Float.intBitsToFloat(0x3f820000));
    assertThat(page.get(0, 2, 0)).isEqualTo(Float.intBitsToFloat(0xbf810000));
    assertThat(page.get(0, 3, 0)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  private CachePage page(CacheType type, CachePage.Order order, int headDim, double size) {
    CachePage page = type.newPage(order, HEADS, headDim);
    for (int lane = 0; lane < Kernels.BLOCK; lane++) {
      float[] row = gaussians(HEADS * headDim, size);
      for (int head = 0; head < HEADS; head++) {
        page.write(head, lane, row, head * headDim);
      }
    }
    return page;
  }
}
