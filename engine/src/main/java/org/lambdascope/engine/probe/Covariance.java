package org.lambdascope.engine.probe;

import java.util.Arrays;

/** The covariance of rows about their mean, times their number. */
abstract sealed class Covariance {

  /** Up to so many features the matrix is formed: 2 MiB. */
  private static final int MOST_FORMED = 512;

  /** Of rows {@code [positions, features]}, which are left as they are. */
  static Covariance of(double[][] rows, double[] mean) {
    return mean.length <= MOST_FORMED ? new Formed(rows, mean) : new Implied(rows, mean);
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
    private static final int TOGETHER = 4;

    private final double[][] matrix;

    Formed(double[][] rows, double[] mean) {
      int features = mean.length;
      matrix = new double[features][features];
      double[][] centred = new double[TOGETHER][features];
      for (int p = 0; p < rows.length; p += TOGETHER) {
        for (int r = 0; r < TOGETHER; r++) {
          if (p + r < rows.length) {
            centre(rows[p + r], mean, centred[r]);
          } else {
            Arrays.fill(centred[r], 0);
          }
        }
        for (int f = 0; f < features; f++) {
          addOuter(matrix[f], f, centred[0], centred[1], centred[2], centred[3]);
        }
      }
      for (int f = 0; f < features; f++) {
        for (int g = 0; g < f; g++) {
          matrix[f][g] = matrix[g][f];
        }
      }
    }

    private static void addOuter(
        double[] row, int f, double[] x0, double[] x1, double[] x2, double[] x3) {
      double a0 = x0[f];
      double a1 = x1[f];
      double a2 = x2[f];
      double a3 = x3[f];
      for (int g = f; g < row.length; g++) {
        row[g] += a0 * x0[g] + a1 * x1[g] + a2 * x2[g] + a3 * x3[g];
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
    private final double[] mean;

    Implied(double[][] rows, double[] mean) {
      this.rows = rows;
      this.mean = mean;
    }

    @Override
    double[][] times(double[][] vectors) {
      double[][] out = new double[vectors.length][mean.length];
      double[] centred = new double[mean.length];
      for (double[] row : rows) {
        centre(row, mean, centred);
        for (int k = 0; k < vectors.length; k++) {
          Vectors.add(out[k], Vectors.dot(vectors[k], centred), centred);
        }
      }
      return out;
    }
  }

  private static void centre(double[] row, double[] mean, double[] out) {
    for (int f = 0; f < mean.length; f++) {
      out[f] = row[f] - mean[f];
    }
  }
}
