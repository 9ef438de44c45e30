package org.lambdascope.engine.experiment;

import java.util.Arrays;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/**
 * How sure an arm is of each next token. A run does not need it, so it does not pay for it: the
 * text is read again when somebody looks.
 */
public final class PredictiveEntropies {

  private static final int CHUNK = ScoreOptions.DEFAULT.chunk();

  private PredictiveEntropies() {}

  /**
   * Entropies of the next-token distributions, {@code −Σ p ln p} over the vocabulary.
   *
   * @param tokens {@code [N]}, each in {@code [0, vocabularySize)}
   * @return {@code [N]}, in nats, 0 to ln V: entry {@code t} is of the distribution that predicted
   *     token {@code t}; NaN for the first, which nothing predicts
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public static float[] of(Decoder decoder, Arm arm, int[] tokens, Cancellation cancellation) {
    int vocabulary = decoder.config().vocabularySize();
    float[] entropies = new float[tokens.length];
    Arrays.fill(entropies, Float.NaN);
    int chunk = Math.max(1, Math.min(CHUNK, tokens.length));
    ContextSession session = ArmSessions.start(decoder, arm, chunk, Probe.NONE);
    for (int from = 0; from < tokens.length; from += chunk) {
      session.feed(
          tokens,
          from,
          Math.min(from + chunk, tokens.length),
          (position, logits, offset) -> {
            if (position + 1 < entropies.length) {
              entropies[position + 1] = (float) entropy(logits, offset, vocabulary);
            }
          },
          cancellation);
    }
    return entropies;
  }

  /** In nats, about the maximum, so that no logit overflows. */
  static double entropy(float[] logits, int offset, int vocabulary) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < vocabulary; i++) {
      max = Math.max(max, logits[offset + i]);
    }
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < vocabulary; i++) {
      double below = (double) logits[offset + i] - max;
      double weight = Math.exp(below);
      sum += weight;
      weighted += weight == 0 ? 0 : weight * below; // 0 · −∞ counts as 0
    }
    return Math.log(sum) - weighted / sum;
  }
}
