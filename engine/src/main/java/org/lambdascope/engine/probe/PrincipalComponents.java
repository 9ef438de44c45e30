package org.lambdascope.engine.probe;

import org.jspecify.annotations.Nullable;

/** Principal components. */
final class PrincipalComponents {

  private static final int COMPONENTS = 2;

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
    double[] mean = mean(rows);
    double[][] directions =
        new LeadingSubspace(Covariance.of(rows, mean), mean.length, COMPONENTS).directions();
    for (double[] direction : directions) {
      if (largestLoading(direction) < 0) {
        for (int f = 0; f < direction.length; f++) {
          direction[f] = -direction[f];
        }
      }
    }
    double[][] points = new double[rows.length][COMPONENTS];
    double[] squares = new double[COMPONENTS];
    double[] centred = new double[mean.length];
    double total = 0;
    for (int p = 0; p < rows.length; p++) {
      for (int f = 0; f < mean.length; f++) {
        centred[f] = rows[p][f] - mean[f];
      }
      total += Vectors.dot(centred, centred);
      for (int c = 0; c < COMPONENTS; c++) {
        points[p][c] = Vectors.dot(directions[c], centred);
        squares[c] += points[p][c] * points[p][c];
      }
    }
    double[] explained = new double[COMPONENTS];
    for (int c = 0; c < COMPONENTS; c++) {
      explained[c] = squares[c] / total;
    }
    return new HiddenPca(layer, points, explained);
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      Vectors.add(mean, 1, row);
    }
    for (int f = 0; f < mean.length; f++) {
      mean[f] /= rows.length;
    }
    return mean;
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
