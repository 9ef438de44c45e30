package org.lambdascope.engine.probe;

import org.bytedeco.openblas.global.openblas;

/**
 * Rows {@code [count, width]} in double precision, one after another, less their mean. Products
 * with them are OpenBLAS's, on one thread: its threads would spin, waiting for each other, and sums
 * would depend on how many there are.
 */
final class CentredRows {

  private final double[] values;
  private final int count;
  private final int width;

  private CentredRows(double[] values, int count, int width) {
    this.values = values;
    this.count = count;
    this.width = width;
    openblas.blas_set_num_threads(1);
  }

  /**
   * Of rows in single precision, which are left as they are.
   *
   * @param rows {@code [≥ count, width]}
   */
  static CentredRows of(float[] rows, int count, int width) {
    double[] mean = new double[width];
    for (int p = 0; p < count; p++) {
      add(rows, p * width, mean);
    }
    for (int f = 0; f < width; f++) {
      mean[f] /= count;
    }
    double[] centred = new double[count * width];
    for (int p = 0; p < count; p++) {
      subtract(rows, p * width, mean, centred);
    }
    return new CentredRows(centred, count, width);
  }

  // A method for a row: called often, it is compiled sooner than a loop that runs once a fit.

  private static void add(float[] rows, int row, double[] mean) {
    for (int f = 0; f < mean.length; f++) {
      mean[f] += rows[row + f];
    }
  }

  private static void subtract(float[] rows, int row, double[] mean, double[] centred) {
    for (int f = 0; f < mean.length; f++) {
      centred[row + f] = rows[row + f] - mean[f];
    }
  }

  int width() {
    return width;
  }

  /** The sum of all squares; NaN or infinite if a value is. */
  double squares() {
    return Vectors.dot(values, values);
  }

  /** {@code Xᵀ X}, {@code [width, width]}: the upper triangle, zeros below. */
  double[] squared() {
    double[] matrix = new double[width * width];
    openblas.cblas_dsyrk(
        openblas.CblasRowMajor,
        openblas.CblasUpper,
        openblas.CblasTrans,
        width,
        count,
        1,
        values,
        width,
        0,
        matrix,
        width);
    return matrix;
  }

  /**
   * {@code X Vᵀ}.
   *
   * @param vectors {@code [n, width]}
   * @return {@code [count, n]}
   */
  double[][] coordinates(double[][] vectors) {
    return Vectors.rows(products(vectors), vectors.length);
  }

  /**
   * {@code V Xᵀ X}.
   *
   * @param vectors {@code [n, width]}
   * @return {@code [n, width]}
   */
  double[][] times(double[][] vectors) {
    int n = vectors.length;
    double[] out = new double[n * width];
    openblas.cblas_dgemm(
        openblas.CblasRowMajor,
        openblas.CblasTrans,
        openblas.CblasNoTrans,
        n,
        width,
        count,
        1,
        products(vectors),
        n,
        values,
        width,
        0,
        out,
        width);
    return Vectors.rows(out, width);
  }

  /** {@code [count, n]}. */
  private double[] products(double[][] vectors) {
    int n = vectors.length;
    double[] out = new double[count * n];
    openblas.cblas_dgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        count,
        n,
        width,
        1,
        values,
        width,
        Vectors.flat(vectors),
        width,
        0,
        out,
        n);
    return out;
  }
}
