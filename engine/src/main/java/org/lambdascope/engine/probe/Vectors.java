package org.lambdascope.engine.probe;

/** Sums over vectors of doubles, in a fixed order. */
final class Vectors {

  private Vectors() {}

  /** {@code Σ a_i b_i}: four sums side by side, as one would wait for each addition. */
  static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
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
}
