package org.lambdascope.engine.probe;

import org.jspecify.annotations.Nullable;
import smile.feature.extraction.PCA;

/** Principal components by Smile. */
final class PrincipalComponents {

  private static final int COMPONENTS = 2;

  /** Up to so many features a full decomposition takes a second or two. */
  private static final int MOST_FEATURES = 512;

  private PrincipalComponents() {}

  /**
   * Projects rows onto their first two principal components. A component's sign is arbitrary; it is
   * chosen so that its largest loading is positive, and equal data gives equal pictures.
   *
   * @param layer where the rows come from
   * @param rows {@code [positions, features]}
   * @return null when there are too few rows or features, or they hold NaN or infinities
   */
  static @Nullable HiddenPca fit(int layer, double[][] rows) {
    if (rows.length <= COMPONENTS || rows[0].length < COMPONENTS || !finite(rows)) {
      return null;
    }
    int features = rows[0].length;
    LeadingSubspace subspace = features > MOST_FEATURES ? new LeadingSubspace(rows) : null;
    double[][] fitted = subspace == null ? rows : subspace.coordinates();
    PCA pca = PCA.fit(fitted);
    double[][] points = pca.getProjection(COMPONENTS).apply(fitted);
    double total = variance(rows);
    double[] explained = new double[COMPONENTS];
    for (int c = 0; c < COMPONENTS; c++) {
      double sign = largestLoading(pca, c, features, subspace) < 0 ? -1 : 1;
      for (double[] point : points) {
        point[c] *= sign;
        explained[c] += point[c] * point[c] / total;
      }
    }
    return new HiddenPca(layer, points, explained);
  }

  private static double largestLoading(
      PCA pca, int component, int features, @Nullable LeadingSubspace subspace) {
    double largest = 0;
    for (int f = 0; f < features; f++) {
      double loading =
          subspace == null
              ? pca.loadings().get(f, component)
              : loading(pca, component, subspace.direction(f));
      if (Math.abs(loading) > Math.abs(largest)) {
        largest = loading;
      }
    }
    return largest;
  }

  private static double loading(PCA pca, int component, double[] direction) {
    double sum = 0;
    for (int k = 0; k < direction.length; k++) {
      sum += direction[k] * pca.loadings().get(k, component);
    }
    return sum;
  }

  /** Sum of squares about the mean. */
  private static double variance(double[][] rows) {
    double sum = 0;
    for (int f = 0; f < rows[0].length; f++) {
      double mean = 0;
      for (double[] row : rows) {
        mean += row[f] / rows.length;
      }
      for (double[] row : rows) {
        sum += (row[f] - mean) * (row[f] - mean);
      }
    }
    return sum;
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
