package org.lambdascope.engine.probe;

import java.util.stream.IntStream;

/** The covariance of centred rows, times their number. */
abstract sealed class Covariance {

  /** Up to so many features the matrix is formed: 2 MiB. */
  private static final int MOST_FORMED = 512;

  /** Of rows {@code [positions, features]} whose mean is 0, which are left as they are. */
  static Covariance of(double[][] rows) {
    return rows[0].length <= MOST_FORMED ? new Formed(rows) : new Implied(rows);
  }

  /**
   * The product with vectors.
   *
   * @param vectors {@code [n, features]}
   * @return {@code [n, features]}
   */
  abstract double[][] times(double[][] vectors);

  /** As a matrix. */
  private static final class Formed extends Covariance {

    /** Rows that are added to the matrix together, so that it is read and written once for all. */
    private static final int TOGETHER = 8;

    /** Rows of the matrix that one thread forms at a time: they stay in its cache. */
    private static final int SHARE = 16;

    private final double[][] matrix;

    Formed(double[][] rows) {
      int features = rows[0].length;
      matrix = new double[features][features];
      IntStream.range(0, Math.ceilDiv(features, SHARE))
          .parallel()
          .forEach(share -> form(rows, share * SHARE, Math.min(features, (share + 1) * SHARE)));
      for (int f = 0; f < features; f++) {
        for (int g = 0; g < f; g++) {
          matrix[f][g] = matrix[g][f];
        }
      }
    }

    /** Rows {@code first ≤ f < end} of the upper triangle. */
    private void form(double[][] rows, int first, int end) {
      double[] none = new double[matrix.length];
      double[][] x = new double[TOGETHER][];
      for (int p = 0; p < rows.length; p += TOGETHER) {
        for (int i = 0; i < TOGETHER; i++) {
          x[i] = p + i < rows.length ? rows[p + i] : none;
        }
        for (int f = first; f < end; f++) {
          addOuter(matrix[f], f, x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]);
        }
      }
    }

    private static void addOuter(
        double[] row,
        int f,
        double[] x0,
        double[] x1,
        double[] x2,
        double[] x3,
        double[] x4,
        double[] x5,
        double[] x6,
        double[] x7) {
      double a0 = x0[f];
      double a1 = x1[f];
      double a2 = x2[f];
      double a3 = x3[f];
      double a4 = x4[f];
      double a5 = x5[f];
      double a6 = x6[f];
      double a7 = x7[f];
      for (int g = f; g < row.length; g++) {
        row[g] +=
            ((a0 * x0[g] + a1 * x1[g]) + (a2 * x2[g] + a3 * x3[g]))
                + ((a4 * x4[g] + a5 * x5[g]) + (a6 * x6[g] + a7 * x7[g]));
      }
    }

    @Override
    double[][] times(double[][] vectors) {
      double[][] out = new double[vectors.length][matrix.length];
      for (int k = 0; k < vectors.length; k++) {
        for (int f = 0; f < matrix.length; f++) {
          Vectors.add(out[k], vectors[k][f], matrix[f]);
        }
      }
      return out;
    }
  }

  /** As the rows themselves, where the matrix would be large. */
  private static final class Implied extends Covariance {

    private final double[][] rows;

    Implied(double[][] rows) {
      this.rows = rows;
    }

    @Override
    double[][] times(double[][] vectors) {
      double[][] out = new double[vectors.length][rows[0].length];
      for (double[] row : rows) {
        for (int k = 0; k < vectors.length; k++) {
          Vectors.add(out[k], Vectors.dot(vectors[k], row), row);
        }
      }
      return out;
    }
  }
}
