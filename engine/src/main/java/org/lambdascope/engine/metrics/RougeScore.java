package org.lambdascope.engine.metrics;

/**
 * A ROUGE score, each part from 0 to 1.
 *
 * @param precision share of the prediction that is in the reference
 * @param recall share of the reference that is in the prediction
 * @param f their harmonic mean; 0 where both are 0
 */
public record RougeScore(double precision, double recall, double f) {

  static RougeScore of(long matches, long predicted, long expected) {
    double precision = matches / (double) Math.max(predicted, 1);
    double recall = matches / (double) Math.max(expected, 1);
    double sum = precision + recall;
    return new RougeScore(precision, recall, sum > 0 ? 2 * precision * recall / sum : 0);
  }
}
