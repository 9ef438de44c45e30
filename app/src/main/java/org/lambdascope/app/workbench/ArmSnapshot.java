package org.lambdascope.app.workbench;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.experiment.TextWindows;
import org.lambdascope.engine.kernels.CacheType;

/**
 * What is known of one run of one arm at one moment. All of it belongs to the same settings.
 *
 * @param arm the arm as it was run
 * @param cache how keys and values were stored
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
    CacheType cache,
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
  static ArmSnapshot scoring(RunRequest run, float[] nll, int scored) {
    return new ArmSnapshot(
        run.arm(), run.cache(), run.tokens(), nll, scored, null, NO_IDS, NO_NLL, 0);
  }

  /** A text that is scored. */
  static ArmSnapshot scored(int[] tokens, CacheType cache, ScoreResult score) {
    return new ArmSnapshot(
        score.arm(), cache, tokens, score.nll(), score.scored(), score, NO_IDS, NO_NLL, 0);
  }

  /** This, with more of the continuation. */
  ArmSnapshot withGenerated(int[] ids, float[] idNll, int count) {
    return new ArmSnapshot(arm, cache, tokens, nll, scored, score, ids, idNll, count);
  }

  /** Tokens of the text and its continuation together. */
  public int size() {
    return tokens.length + newCount;
  }

  /** The id at a position of the text or its continuation. */
  public int idAt(int position) {
    return position < tokens.length ? tokens[position] : newIds[position - tokens.length];
  }

  /** {@code [count]}: the first ids of the text and its continuation. */
  public int[] first(int count) {
    int[] ids = Arrays.copyOf(tokens, count);
    for (int i = tokens.length; i < count; i++) {
      ids[i] = newIds[i - tokens.length];
    }
    return ids;
  }

  /** The windows in which a row of the text or of its continuation was read. */
  public TextWindows windows(int row) {
    return TextWindows.of(row, scoredTokens());
  }

  /**
   * The tokens after which all were read in windows of generation; {@link Edge#UNBOUNDED} where
   * none was.
   */
  public int scoredTokens() {
    return newCount > 0 && arm.kind().readsWindows() ? tokens.length : Edge.UNBOUNDED;
  }

  /** What decides what reading a token once more gives, beside the model and the text. */
  public record ReadAs(Arm arm, CacheType cache, int text, TextWindows windows) {}

  /** How the token at a position was read, and the next one was predicted. */
  public ReadAs readAs(int position) {
    return new ReadAs(arm, cache, Math.min(tokens.length, position + 2), windows(position));
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
