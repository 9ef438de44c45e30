package org.lambdascope.engine.kernels.scalar;

/** The standard normal distribution in double precision. */
final class NormalDistribution {

  /** From here on the continued fraction needs few terms, and the series would cancel. */
  private static final double TAIL = 4;

  private static final int TAIL_TERMS = 60;

  private NormalDistribution() {}

  /** Φ(x), the probability of a value up to {@code x}. Relative error at most 1e-11. */
  static double cdf(double x) {
    if (Double.isNaN(x)) {
      return Double.NaN;
    }
    if (Math.abs(x) >= TAIL) {
      double tail = upperTail(Math.abs(x));
      return x < 0 ? tail : 1 - tail;
    }
    // Φ(x) = 1/2 + φ(x) · (x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …)
    double term = x;
    double sum = x;
    for (int k = 3; Math.abs(term) > Math.ulp(sum) / 2; k += 2) {
      term *= x * x / k;
      sum += term;
    }
    return 0.5 + density(x) * sum;
  }

  /** 1 − Φ(x) = φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))). */
  private static double upperTail(double x) {
    double fraction = x;
    for (int k = TAIL_TERMS; k > 0; k--) {
      fraction = x + k / fraction;
    }
    return density(x) / fraction;
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
