package org.lambdascope.engine.probe;

import org.bytedeco.openblas.global.openblas;

/**
 * Rows {@code [count, width]} less their mean, in double precision a few at a time: what is handed
 * to OpenBLAS is copied for it, and a few stay in the L2 cache. Its products take one thread: its
 * own threads would spin, waiting for each other, and sums would depend on how many there are.
 */
final class CentredRows {

  /** Values that are centred at a time. */
  private static final int BLOCK = 1 << 15;

  private final float[] rows;
  private final int count;
  private final int width;
  private final double[] mean;

  private CentredRows(float[] rows, int count, int width, double[] mean) {
    this.rows = rows;
    this.count = count;
    this.width = width;
    this.mean = mean;
    openblas.blas_set_num_threads(1);
  }

  /**
   * Of rows in single precision, which are kept and left as they are.
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
    return new CentredRows(rows, count, width, mean);
  }

  // A method for a row: called often, it is compiled sooner than a loop that runs once a fit.

  private static void add(float[] rows, int row, double[] mean) {
    for (int f = 0; f < mean.length; f++) {
      mean[f] += rows[row + f];
    }
  }

  private static void subtract(float[] rows, int row, double[] mean, double[] centred, int at) {
    for (int f = 0; f < mean.length; f++) {
      centred[at + f] = rows[row + f] - mean[f];
    }
  }

  int width() {
    return width;
  }

  /** What is done with rows that were centred. */
  private interface Use {
    /**
     * Takes a block.
     *
     * @param first index of its first row
     * @param n rows
     * @param centred {@code [≥ n, width]}; reused
     */
    void block(int first, int n, double[] centred);
  }

  private void forEachBlock(Use use) {
    int most = Math.clamp(BLOCK / width, 1, count);
    double[] centred = new double[most * width];
    for (int first = 0; first < count; first += most) {
      int n = Math.min(most, count - first);
      for (int p = 0; p < n; p++) {
        subtract(rows, (first + p) * width, mean, centred, p * width);
      }
      use.block(first, n, centred);
    }
  }

  /** The sum of all squares; NaN or infinite if a value is. */
  double squares() {
    double[] sum = new double[1];
    forEachBlock((first, n, centred) -> sum[0] += Vectors.dot(centred, centred, n * width));
    return sum[0];
  }

  /** {@code Xᵀ X}, {@code [width, width]}: the upper triangle, zeros below. */
  double[] squared() {
    double[] matrix = new double[width * width];
    forEachBlock(
        (first, n, centred) ->
            openblas.cblas_dsyrk(
                openblas.CblasRowMajor,
                openblas.CblasUpper,
                openblas.CblasTrans,
                width,
                n,
                1,
                centred,
                width,
                1,
                matrix,
                width));
    return matrix;
  }

  /**
   * {@code X Vᵀ}.
   *
   * @param vectors {@code [n, width]}
   * @return {@code [count, n]}
   */
  double[][] coordinates(double[][] vectors) {
    double[][] all = new double[count][];
    double[] flat = Vectors.flat(vectors);
    forEachBlock(
        (first, n, centred) -> {
          double[] products = products(centred, n, flat, vectors.length);
          System.arraycopy(Vectors.rows(products, vectors.length), 0, all, first, n);
        });
    return all;
  }

  /**
   * {@code V Xᵀ X}.
   *
   * @param vectors {@code [n, width]}
   * @return {@code [n, width]}
   */
  double[][] times(double[][] vectors) {
    int k = vectors.length;
    double[] flat = Vectors.flat(vectors);
    double[] out = new double[k * width];
    forEachBlock(
        (first, n, centred) ->
            openblas.cblas_dgemm(
                openblas.CblasRowMajor,
                openblas.CblasTrans,
                openblas.CblasNoTrans,
                k,
                width,
                n,
                1,
                products(centred, n, flat, k),
                k,
                centred,
                width,
                1,
                out,
                width));
    return Vectors.rows(out, width);
  }

  /** Of {@code n} centred rows with {@code k} vectors, {@code [n, k]}. */
  private double[] products(double[] centred, int n, double[] vectors, int k) {
    double[] out = new double[n * k];
    openblas.cblas_dgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        n,
        k,
        width,
        1,
        centred,
        width,
        vectors,
        width,
        0,
        out,
        k);
    return out;
  }
}
