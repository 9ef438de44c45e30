package org.lambdascope.engine.probe;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations (Golub and
 * Van Loan, Matrix Computations, §8.5).
 */
final class JacobiEigen {

  private static final int MOST_SWEEPS = 30;

  private final double[][] a;
  private final double[][] vectors; // columns
  private final int[] order;

  /**
   * Decomposes.
   *
   * @param matrix {@code [n, n]}, symmetric; overwritten
   */
  JacobiEigen(double[][] matrix) {
    a = matrix;
    int n = a.length;
    vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && !diagonal(); sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(p, q);
        }
      }
    }
    order = new int[n];
    for (int i = 0; i < n; i++) {
      int at = i;
      for (; at > 0 && a[order[at - 1]][order[at - 1]] < a[i][i]; at--) {
        order[at] = order[at - 1];
      }
      order[at] = i;
    }
  }

  /** The {@code c}-th largest eigenvalue, from 0. */
  double value(int c) {
    return a[order[c]][order[c]];
  }

  /** Its eigenvector, of length 1. */
  double[] vector(int c) {
    double[] out = new double[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = vectors[i][order[c]];
    }
    return out;
  }

  private boolean diagonal() {
    double off = 0;
    double on = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        double square = a[i][j] * a[i][j];
        off += i == j ? 0 : square;
        on += i == j ? square : 0;
      }
    }
    return off <= 1e-32 * on;
  }

  /** Makes {@code a[p][q]} zero (§8.5.2). */
  private void rotate(int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.hypot(1, tau));
    double cos = 1 / Math.hypot(1, t);
    double sin = t * cos;
    for (int k = 0; k < a.length; k++) {
      double x = a[k][p];
      double y = a[k][q];
      a[k][p] = cos * x - sin * y;
      a[k][q] = sin * x + cos * y;
    }
    for (int k = 0; k < a.length; k++) {
      double x = a[p][k];
      double y = a[q][k];
      a[p][k] = cos * x - sin * y;
      a[q][k] = sin * x + cos * y;
      x = vectors[k][p];
      y = vectors[k][q];
      vectors[k][p] = cos * x - sin * y;
      vectors[k][q] = sin * x + cos * y;
    }
  }
}
