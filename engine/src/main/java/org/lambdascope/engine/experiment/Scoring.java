package org.lambdascope.engine.experiment;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.probe.Diagnostics;
import org.lambdascope.engine.probe.DiagnosticsProbe;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/** Scores a text under an arm: negative log-likelihood per position, and diagnostics. */
public final class Scoring {

  private final Decoder decoder;
  private final Arm arm;
  private final int[] tokens;
  private final ScoreListener listener;
  private final Kernels kernels;
  private final float[] nll;
  private int scored;

  private Scoring(Decoder decoder, Arm arm, int[] tokens, ScoreListener listener) {
    this.decoder = decoder;
    this.arm = arm;
    this.tokens = tokens;
    this.listener = listener;
    this.kernels = decoder.kernels();
    this.nll = new float[tokens.length - 1];
    Arrays.fill(nll, Float.NaN);
  }

  /**
   * Scores a text. When cancelled it returns what it has, but no PCA, which takes its time. Where
   * the model overflows the values are NaN or infinite; they are no error.
   *
   * @param tokens at least 2 ids, each in {@code [0, vocabularySize)}
   */
  public static ScoreResult score(
      Decoder decoder,
      Arm arm,
      int[] tokens,
      ScoreOptions options,
      ScoreListener listener,
      Cancellation cancellation) {
    return scoreAndKeep(decoder, arm, tokens, options, listener, cancellation).result();
  }

  /** As {@link #score}, and hands out the session, so that the text can be continued. */
  public static ScoredText scoreAndKeep(
      Decoder decoder,
      Arm arm,
      int[] tokens,
      ScoreOptions options,
      ScoreListener listener,
      Cancellation cancellation) {
    // A memory without room takes nothing over and keeps nothing.
    return scoreAndKeep(decoder, arm, tokens, options, new ScoreMemory(0), listener, cancellation);
  }

  /**
   * As above, but takes over what an earlier run of the same text left in {@code memory}, as far as
   * that is exact, and leaves there what it finds itself. Results are those of a run without one.
   */
  public static ScoredText scoreAndKeep(
      Decoder decoder,
      Arm arm,
      int[] tokens,
      ScoreOptions options,
      ScoreMemory memory,
      ScoreListener listener,
      Cancellation cancellation) {
    if (tokens.length < 2) {
      throw new IllegalArgumentException(
          "expected at least 2 tokens to score, found " + tokens.length);
    }
    int vocabulary = decoder.config().vocabularySize();
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= vocabulary) {
        throw new IllegalArgumentException(
            "token %d: expected an id in [0, %d), found %d".formatted(i, vocabulary, tokens[i]));
      }
    }
    return new Scoring(decoder, arm, tokens, listener).run(options, memory, cancellation);
  }

  private ScoredText run(ScoreOptions options, ScoreMemory memory, Cancellation cancellation) {
    ModelConfig config = decoder.config();
    DiagnosticsProbe diagnostics =
        new DiagnosticsProbe(
            decoder.kernels(),
            options.captures(),
            config.layers(),
            config.heads(),
            config.hiddenSize(),
            tokens.length,
            arm.policy().hasGlobalBranch(),
            arm.contextChunks(tokens.length));
    ScoreMemory.Run remembered = memory.begin(decoder, arm, tokens, options, diagnostics);
    Probe probe = remembered.listening(options.captures().any() ? diagnostics : Probe.NONE);
    int chunk = Math.min(options.chunk(), tokens.length);
    ContextSession session = ArmSessions.start(decoder, arm, chunk, probe, options.context());
    remembered.restore(session, nll);
    long start = System.nanoTime();
    try {
      if (remembered.reused() > 0) {
        scored = remembered.reused();
        listener.scored(0, scored, nll);
      }
      for (int from = remembered.reused(); from < tokens.length; from += chunk) {
        int to = Math.min(from + chunk, tokens.length);
        int first = scored;
        session.feed(tokens, from, to, this::accept, cancellation);
        remembered.reached(to, chunk, remembered.seconds(to, secondsSince(start)));
        listener.scored(first, scored, nll);
      }
    } catch (CancellationException e) {
      // Asked for: what is there is the result.
    }
    double seconds = remembered.seconds(session.position(), secondsSince(start));
    Diagnostics found = scored < nll.length ? diagnostics.streamed() : diagnostics.result();
    ScoreResult result = new ScoreResult(arm, nll, scored, seconds, session.cacheBytes(), found);
    return new ScoredText(result, session, remembered.reused());
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private void accept(int position, float[] logits, int offset) {
    if (position + 1 < tokens.length) {
      int target = tokens[position + 1];
      int vocabulary = decoder.config().vocabularySize();
      nll[position] =
          (float) (kernels.logSumExp(logits, offset, vocabulary) - logits[offset + target]);
      scored = position + 1;
    }
  }
}
