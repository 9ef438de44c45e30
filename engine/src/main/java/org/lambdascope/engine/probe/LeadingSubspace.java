package org.lambdascope.engine.probe;

import java.util.Arrays;
import java.util.Random;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * Finds the few directions in which rows vary most, by subspace iteration (Golub and Van Loan,
 * Matrix Computations, §8.2.4): a full decomposition costs features³ or more, and is thrown away
 * but for two directions.
 */
final class LeadingSubspace {

  /** More than are wanted, so that those that are wanted converge fast. */
  private static final int DIRECTIONS = 16;

  /** Iterations between two looks at how far the wanted directions are. */
  private static final int CHECK = 4;

  /** Where directions vary almost alike, which of them are found matters to no one. */
  private static final int MOST_ITERATIONS = 100;

  /** {@code ‖Cv − λv‖ / λ₁} at which a direction has converged. */
  private static final double RESIDUAL = 1e-11;

  private final Covariance covariance;
  private final int wanted;
  private double[][] basis; // [DIRECTIONS, features], orthonormal rows

  /**
   * Finds them.
   *
   * @param wanted how many are to be exact, at most {@code features}
   */
  LeadingSubspace(Covariance covariance, int features, int wanted) {
    this.covariance = covariance;
    this.wanted = wanted;
    Random random = new Random(1);
    basis = new double[Math.min(DIRECTIONS, features)][features];
    for (double[] direction : basis) {
      Arrays.setAll(direction, f -> random.nextGaussian());
    }
    orthonormalise();
    iterate();
  }

  /** Orthonormal rows {@code [directions, features]} whose span holds the wanted ones. */
  double[][] basis() {
    return basis;
  }

  private void iterate() {
    for (int i = 1; i <= MOST_ITERATIONS; i++) {
      double[][] image = covariance.times(basis);
      if (i % CHECK == 0 && converged(image)) {
        return;
      }
      basis = image;
      orthonormalise();
    }
  }

  /**
   * Whether the best directions within the basis are the best of all (Rayleigh–Ritz, §8.1.4).
   *
   * @param image of the basis under the covariance
   */
  private boolean converged(double[][] image) {
    int n = basis.length;
    double[][] ritz = new double[n][n];
    for (int j = 0; j < n; j++) {
      for (int k = 0; k <= j; k++) {
        ritz[j][k] = Vectors.dot(basis[j], image[k]);
        ritz[k][j] = ritz[j][k];
      }
    }
    Matrix symmetric = Matrix.of(ritz);
    symmetric.uplo(UPLO.LOWER);
    Matrix.EVD eigen = symmetric.eigen(false, true, false).sort();
    for (int c = 0; c < wanted; c++) {
      double[] weights = eigen.Vr.col(c);
      double[] residual = Vectors.combination(image, weights);
      Vectors.add(residual, -eigen.wr[c], Vectors.combination(basis, weights));
      if (!(Math.sqrt(Vectors.dot(residual, residual)) <= RESIDUAL * eigen.wr[0])) {
        return false;
      }
    }
    return true;
  }

  /** Gram–Schmidt, each row twice: once is not enough for nearly parallel rows. */
  private void orthonormalise() {
    for (int k = 0; k < basis.length; k++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          Vectors.add(basis[k], -Vectors.dot(basis[j], basis[k]), basis[j]);
        }
      }
      double norm = Math.sqrt(Vectors.dot(basis[k], basis[k]));
      for (int f = 0; f < basis[k].length; f++) {
        basis[k][f] = norm > 0 ? basis[k][f] / norm : 0; // rows of lower rank leave some empty
      }
    }
  }
}
