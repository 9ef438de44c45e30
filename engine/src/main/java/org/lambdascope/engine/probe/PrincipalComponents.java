package org.lambdascope.engine.probe;

import java.util.Arrays;
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
   * @param rows {@code [≥ positions, features]}
   * @return null when there are too few rows or features, or they hold NaN or infinities
   */
  static @Nullable HiddenPca fit(int layer, float[] rows, int positions, int features) {
    if (positions <= COMPONENTS || features < COMPONENTS) {
      return null;
    }
    CentredRows centred = CentredRows.of(rows, positions, features);
    double total = centred.squares();
    if (!Double.isFinite(total)) {
      return null;
    }
    double[][] basis = new LeadingSubspace(Covariance.of(centred), features, COMPONENTS).basis();
    double[][] coordinates = centred.coordinates(basis);
    double[][] loadings = loadings(coordinates, basis);
    double[][] points = new double[positions][COMPONENTS];
    double[] squares = new double[COMPONENTS];
    for (int p = 0; p < positions; p++) {
      for (int c = 0; c < COMPONENTS; c++) {
        points[p][c] = Vectors.dot(loadings[c], coordinates[p]);
        squares[c] += points[p][c] * points[p][c];
      }
    }
    double[] explained = new double[COMPONENTS];
    Arrays.setAll(explained, c -> squares[c] / total);
    return new HiddenPca(layer, points, explained);
  }

  /** The components in the basis, {@code [COMPONENTS, basis]}, with their signs. */
  private static double[][] loadings(double[][] coordinates, double[][] basis) {
    Matrix found = PCA.fit(coordinates).loadings();
    double[][] loadings = new double[COMPONENTS][];
    for (int c = 0; c < COMPONENTS; c++) {
      loadings[c] = found.col(c);
      if (largestLoading(Vectors.combination(basis, loadings[c])) < 0) {
        for (int k = 0; k < loadings[c].length; k++) {
          loadings[c][k] = -loadings[c][k];
        }
      }
    }
    return loadings;
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
}
