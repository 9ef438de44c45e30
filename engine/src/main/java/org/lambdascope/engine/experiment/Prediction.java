package org.lambdascope.engine.experiment;

import java.util.Arrays;

/**
 * A next-token distribution, in short.
 *
 * @param ids {@code [k]}: the most probable tokens, most probable first; of equal ones the one with
 *     the lower id
 * @param probabilities {@code [k]}: theirs
 * @param entropy of the whole distribution, in nats
 * @param target the probability of the token that does come next; NaN if none is known
 * @param targetRank its place among all tokens by probability, from 1; of equal ones the one with
 *     the lower id comes first; 0 if none is known
 */
public record Prediction(
    int[] ids, double[] probabilities, double entropy, double target, int targetRank) {

  /** Stands for a next token that is not known. */
  public static final int UNKNOWN = -1;

  /**
   * The distribution of logits.
   *
   * @param logits {@code [vocabulary]}
   * @param most how many tokens are named
   * @param target id of the token that does come next, or {@link #UNKNOWN}
   */
  public static Prediction of(float[] logits, int most, int target) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    double weighted = 0;
    for (float logit : logits) {
      double weight = Math.exp((double) logit - max);
      sum += weight;
      weighted += weight == 0 ? 0 : weight * ((double) logit - max);
    }
    double logSum = max + Math.log(sum);
    int[] ids = highest(logits, Math.min(most, logits.length));
    double[] probabilities = new double[ids.length];
    for (int k = 0; k < ids.length; k++) {
      probabilities[k] = Math.exp(logits[ids[k]] - logSum);
    }
    return new Prediction(
        ids,
        probabilities,
        Math.log(sum) - weighted / sum,
        target == UNKNOWN ? Double.NaN : Math.exp(logits[target] - logSum),
        target == UNKNOWN ? 0 : rank(logits, target));
  }

  private static int rank(float[] logits, int target) {
    int rank = 1;
    for (int id = 0; id < logits.length; id++) {
      boolean before = logits[id] > logits[target] || (logits[id] == logits[target] && id < target);
      rank += before ? 1 : 0;
    }
    return rank;
  }

  private static int[] highest(float[] logits, int most) {
    int[] ids = new int[most];
    int n = 0;
    for (int id = 0; id < logits.length; id++) {
      if (n == most && !(logits[id] > logits[ids[n - 1]])) {
        continue;
      }
      int at = n < most ? n++ : n - 1;
      while (at > 0 && logits[id] > logits[ids[at - 1]]) {
        ids[at] = ids[at - 1];
        at--;
      }
      ids[at] = id;
    }
    return Arrays.copyOf(ids, n);
  }

  /** The probability of a token, if it is among the named ones; NaN if not. */
  public double probabilityOf(int id) {
    for (int k = 0; k < ids.length; k++) {
      if (ids[k] == id) {
        return probabilities[k];
      }
    }
    return Double.NaN;
  }
}
