package org.lambdascope.app.workbench;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ScoreResult;

/**
 * What is known of one run of one arm at one moment. All of it belongs to the same settings.
 *
 * @param arm the arm as it was run
 * @param tokens {@code [N]}: the text
 * @param nll {@code [N−1]}, in nats: entry {@code t − 1} belongs to token {@code t}
 * @param scored how many entries of {@code nll} are there
 * @param score the finished score with its diagnostics, once it is there
 * @param newIds generated ids; only the first {@code newCount} are there
 * @param newNll their negative log-likelihoods, likewise
 * @param newCount number of generated tokens
 */
public record ArmSnapshot(
    Arm arm,
    int[] tokens,
    float[] nll,
    int scored,
    @Nullable ScoreResult score,
    int[] newIds,
    float[] newNll,
    int newCount) {

  private static final int[] NO_IDS = {};
  private static final float[] NO_NLL = {};

  /** A text that is being scored. */
  static ArmSnapshot scoring(Arm arm, int[] tokens, float[] nll, int scored) {
    return new ArmSnapshot(arm, tokens, nll, scored, null, NO_IDS, NO_NLL, 0);
  }

  /** A text that is scored. */
  static ArmSnapshot scored(int[] tokens, ScoreResult score) {
    return new ArmSnapshot(
        score.arm(), tokens, score.nll(), score.scored(), score, NO_IDS, NO_NLL, 0);
  }

  /** This, with more of the continuation. */
  ArmSnapshot withGenerated(int[] ids, float[] idNll, int count) {
    return new ArmSnapshot(arm, tokens, nll, scored, score, ids, idNll, count);
  }

  /** Tokens of the text and its continuation together. */
  public int size() {
    return tokens.length + newCount;
  }

  /** The id at a position of the text or its continuation. */
  public int idAt(int position) {
    return position < tokens.length ? tokens[position] : newIds[position - tokens.length];
  }

  /** The negative log-likelihood of the token at a position, in nats; NaN when there is none. */
  public float nllAt(int position) {
    if (position < tokens.length) {
      return position >= 1 && position <= scored ? nll[position - 1] : Float.NaN;
    }
    int i = position - tokens.length;
    return i < newCount ? newNll[i] : Float.NaN;
  }

  /** Mean over what is scored of the text, in nats; NaN at first. */
  public double meanNll() {
    double sum = 0;
    for (int i = 0; i < scored; i++) {
      sum += nll[i];
    }
    return scored == 0 ? Double.NaN : sum / scored;
  }
}
