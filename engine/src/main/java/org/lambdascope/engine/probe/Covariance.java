package org.lambdascope.engine.probe;

import org.bytedeco.openblas.global.openblas;

/** The covariance of centred rows, times their number. */
abstract sealed class Covariance {

  /** Up to so many features the matrix is formed: 2 MiB. */
  private static final int MOST_FORMED = 512;

  static Covariance of(CentredRows rows) {
    return rows.width() <= MOST_FORMED ? new Formed(rows) : new Implied(rows);
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

    private final double[] upper;
    private final int features;

    Formed(CentredRows rows) {
      upper = rows.squared();
      features = rows.width();
    }

    @Override
    double[][] times(double[][] vectors) {
      double[] out = new double[vectors.length * features];
      openblas.cblas_dsymm(
          openblas.CblasRowMajor,
          openblas.CblasRight,
          openblas.CblasUpper,
          vectors.length,
          features,
          1,
          upper,
          features,
          Vectors.flat(vectors),
          features,
          0,
          out,
          features);
      return Vectors.rows(out, features);
    }
  }

  /** As the rows themselves, where the matrix would be large. */
  private static final class Implied extends Covariance {

    private final CentredRows rows;

    Implied(CentredRows rows) {
      this.rows = rows;
    }

    @Override
    double[][] times(double[][] vectors) {
      return rows.times(vectors);
    }
  }
}
