package org.lambdascope.engine.probe;

import java.util.Arrays;

/** Sums over vectors of doubles, in a fixed order. */
final class Vectors {

  private Vectors() {}

  /** {@code Σ a_i b_i}: four sums side by side, as one would wait for each addition. */
  static double dot(double[] a, double[] b) {
    return dot(a, b, a.length);
  }

  /** The same of the first {@code n}. */
  static double dot(double[] a, double[] b, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < n; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** {@code to += factor · x}. */
  static void add(double[] to, double factor, double[] x) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * x[i];
    }
  }

  /** {@code Σ weights[j] · rows[j]}. */
  static double[] combination(double[][] rows, double[] weights) {
    double[] sum = new double[rows[0].length];
    for (int j = 0; j < rows.length; j++) {
      add(sum, weights[j], rows[j]);
    }
    return sum;
  }

  /** Rows one after another. */
  static double[] flat(double[][] rows) {
    int width = rows[0].length;
    double[] flat = new double[rows.length * width];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(rows[k], 0, flat, k * width, width);
    }
    return flat;
  }

  /** The rows of which {@link #flat} was made. */
  static double[][] rows(double[] flat, int width) {
    double[][] rows = new double[flat.length / width][];
    Arrays.setAll(rows, k -> Arrays.copyOfRange(flat, k * width, (k + 1) * width));
    return rows;
  }
}
