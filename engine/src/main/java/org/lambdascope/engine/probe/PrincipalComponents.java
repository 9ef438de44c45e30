package org.lambdascope.engine.probe;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.openblas.global.openblas;
import org.jspecify.annotations.Nullable;
import smile.feature.extraction.PCA;
import smile.math.matrix.Matrix;

/**
 * Principal components by Smile, of rows that were reduced to the few directions in which they vary
 * most.
 */
final class PrincipalComponents {

  private static final int COMPONENTS = 2;

  private PrincipalComponents() {}

  /**
   * Projects rows onto their first two principal components. A component's sign is arbitrary; it is
   * chosen so that its largest loading is positive, and equal data gives equal pictures.
   *
   * @param layer where the rows come from
   * @param rows {@code [positions, features]}; their mean is taken from them
   * @return null when there are too few rows or features, or they hold NaN or infinities
   */
  static @Nullable HiddenPca fit(int layer, double[][] rows) {
    if (rows.length <= COMPONENTS || rows[0].length < COMPONENTS || !finite(rows)) {
      return null;
    }
    centre(rows);
    double[][] directions = directions(rows);
    for (double[] direction : directions) {
      if (largestLoading(direction) < 0) {
        for (int f = 0; f < direction.length; f++) {
          direction[f] = -direction[f];
        }
      }
    }
    double[][] points = new double[rows.length][COMPONENTS];
    double[] norms = new double[rows.length];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(
            p -> {
              norms[p] = Vectors.dot(rows[p], rows[p]);
              Arrays.setAll(points[p], c -> Vectors.dot(directions[c], rows[p]));
            });
    double[] squares = new double[COMPONENTS];
    double total = 0;
    for (int p = 0; p < rows.length; p++) { // in order, so that equal data gives equal bits
      total += norms[p];
      for (int c = 0; c < COMPONENTS; c++) {
        squares[c] += points[p][c] * points[p][c];
      }
    }
    double[] explained = new double[COMPONENTS];
    for (int c = 0; c < COMPONENTS; c++) {
      explained[c] = squares[c] / total;
    }
    return new HiddenPca(layer, points, explained);
  }

  /** Unit vectors {@code [COMPONENTS, features]}. */
  private static double[][] directions(double[][] rows) {
    openblas.blas_set_num_threads(1); // its threads would spin, waiting for each other
    double[][] basis = new LeadingSubspace(Covariance.of(rows), rows[0].length, COMPONENTS).basis();
    double[][] coordinates = new double[rows.length][basis.length];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(p -> Arrays.setAll(coordinates[p], k -> Vectors.dot(basis[k], rows[p])));
    Matrix loadings = PCA.fit(coordinates).loadings();
    double[][] directions = new double[COMPONENTS][];
    for (int c = 0; c < COMPONENTS; c++) {
      directions[c] = Vectors.combination(basis, loadings.col(c));
    }
    return directions;
  }

  private static void centre(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      Vectors.add(mean, 1, row);
    }
    for (int f = 0; f < mean.length; f++) {
      mean[f] /= -rows.length;
    }
    for (double[] row : rows) {
      Vectors.add(row, 1, mean);
    }
  }

  private static double largestLoading(double[] direction) {
    double largest = 0;
    for (double loading : direction) {
      if (Math.abs(loading) > Math.abs(largest)) {
        largest = loading;
      }
    }
    return largest;
  }

  private static boolean finite(double[][] rows) {
    for (double[] row : rows) {
      for (double x : row) {
        if (!Double.isFinite(x)) {
          return false;
        }
      }
    }
    return true;
  }
}
