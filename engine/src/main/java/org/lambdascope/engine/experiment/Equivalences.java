package org.lambdascope.engine.experiment;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/**
 * Measures how far arms give the logits of vanilla. Where an arm gives log-probabilities they are
 * compared with those of vanilla: logits are known but for a constant per position.
 */
public final class Equivalences {

  private static final int CHUNK = 64;

  private Equivalences() {}

  /**
   * Reads a text under an arm and under vanilla, side by side, and compares all logits. It ends
   * with the chunk in which the arm first differs from where it may on.
   *
   * @param tokens the text
   * @param mayDifferAt the first position at which the arm may differ by its definition
   * @param most the most positions that are compared
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public static Equivalence measure(
      Decoder decoder,
      Arm arm,
      int[] tokens,
      int mayDifferAt,
      int most,
      Cancellation cancellation) {
    int end = Math.min(tokens.length, most);
    Arm vanilla = Arm.withDefaults(ArmKind.VANILLA, 1);
    ContextSession expected = ArmSessions.start(decoder, vanilla, CHUNK, Probe.NONE);
    ContextSession found = ArmSessions.start(decoder, arm, CHUNK, Probe.NONE);
    Comparison comparison =
        new Comparison(
            decoder.config().vocabularySize(),
            mayDifferAt,
            arm.kind().givesLogProbabilities() ? decoder.kernels() : null);
    int from = 0;
    while (from < end && comparison.differedAt < mayDifferAt) {
      int to = Math.min(from + CHUNK, end);
      comparison.first = from;
      expected.feed(tokens, from, to, comparison::keep, cancellation);
      found.feed(tokens, from, to, comparison::compare, cancellation);
      from = to;
    }
    return new Equivalence(mayDifferAt, from, comparison.most, comparison.differedAt);
  }

  private static final class Comparison {

    private final int vocabulary;
    private final int mayDifferAt;
    private final float[] rows;
    private final @Nullable Kernels normalising; // null: logits are compared as they are
    private int first;
    private double most = Double.NaN;
    private int differedAt = Equivalence.NOWHERE;

    Comparison(int vocabulary, int mayDifferAt, @Nullable Kernels normalising) {
      this.vocabulary = vocabulary;
      this.mayDifferAt = mayDifferAt;
      this.normalising = normalising;
      this.rows = new float[Math.multiplyExact(CHUNK, vocabulary)];
    }

    void keep(int position, float[] logits, int offset) {
      int row = (position - first) * vocabulary;
      System.arraycopy(logits, offset, rows, row, vocabulary);
      if (normalising != null) {
        float normaliser = (float) normalising.logSumExp(logits, offset, vocabulary);
        for (int v = row; v < row + vocabulary; v++) {
          rows[v] -= normaliser;
        }
      }
    }

    void compare(int position, float[] logits, int offset) {
      double difference = 0;
      int row = (position - first) * vocabulary;
      for (int v = 0; v < vocabulary; v++) {
        difference = Math.max(difference, Math.abs(logits[offset + v] - (double) rows[row + v]));
      }
      if (position < mayDifferAt) {
        most = Double.isNaN(most) ? difference : Math.max(most, difference);
      }
      if (differedAt == Equivalence.NOWHERE && !(difference <= Equivalence.ROUNDING)) {
        differedAt = position;
      }
    }
  }
}
