package org.lambdascope.engine.probe;

import java.util.Random;

/**
 * Finds the few directions in which wide rows vary most, by subspace iteration (Golub and Van Loan,
 * Matrix Computations, §8.2): a full decomposition costs features³, and is thrown away but for two
 * directions. Equal rows give equal bits.
 */
final class LeadingSubspace {

  /** More than are wanted, so that those that are wanted converge fast. */
  private static final int DIRECTIONS = 16;

  /** A direction with 0.8 times the deviation of the wanted one fades to 2·10⁻⁵. */
  private static final int ITERATIONS = 24;

  private final double[][] rows;
  private final double[] mean;
  private final int features;
  private double[][] basis; // [features, DIRECTIONS], orthonormal columns

  /** Finds them in {@code rows [positions, features]}, which are left as they are. */
  LeadingSubspace(double[][] rows) {
    this.rows = rows;
    features = rows[0].length;
    mean = new double[features];
    for (double[] row : rows) {
      for (int f = 0; f < features; f++) {
        mean[f] += row[f] / rows.length;
      }
    }
    Random random = new Random(1);
    basis = new double[features][DIRECTIONS];
    for (double[] feature : basis) {
      for (int k = 0; k < DIRECTIONS; k++) {
        feature[k] = random.nextGaussian();
      }
    }
    orthonormalise();
    for (int i = 0; i < ITERATIONS; i++) {
      multiplyByCovariance();
      orthonormalise();
    }
  }

  /** The rows about their mean, in the basis: {@code [positions, DIRECTIONS]}. */
  double[][] coordinates() {
    double[][] out = new double[rows.length][];
    for (int p = 0; p < rows.length; p++) {
      out[p] = project(rows[p]);
    }
    return out;
  }

  /** The share of a feature in each direction, {@code [DIRECTIONS]}. */
  double[] direction(int feature) {
    return basis[feature];
  }

  private double[] project(double[] row) {
    double[] y = new double[DIRECTIONS];
    for (int f = 0; f < features; f++) {
      double x = row[f] - mean[f];
      double[] b = basis[f];
      for (int k = 0; k < DIRECTIONS; k++) {
        y[k] += x * b[k];
      }
    }
    return y;
  }

  private void multiplyByCovariance() {
    double[][] next = new double[features][DIRECTIONS];
    for (double[] row : rows) {
      double[] y = project(row);
      for (int f = 0; f < features; f++) {
        double x = row[f] - mean[f];
        double[] n = next[f];
        for (int k = 0; k < DIRECTIONS; k++) {
          n[k] += x * y[k];
        }
      }
    }
    basis = next;
  }

  /** Gram–Schmidt, each column twice: once is not enough for nearly parallel columns. */
  private void orthonormalise() {
    for (int k = 0; k < DIRECTIONS; k++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          double dot = dot(j, k);
          for (double[] b : basis) {
            b[k] -= dot * b[j];
          }
        }
      }
      double norm = Math.sqrt(dot(k, k));
      for (double[] b : basis) {
        b[k] = norm > 0 ? b[k] / norm : 0; // rows of lower rank leave directions empty
      }
    }
  }

  private double dot(int j, int k) {
    double sum = 0;
    for (double[] b : basis) {
      sum += b[j] * b[k];
    }
    return sum;
  }
}
