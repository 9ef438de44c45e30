package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.attention.AttentionRow;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.AttentionTiles;
import org.lambdascope.engine.experiment.ScoreListener;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/**
 * What sessions do at their edges: cancelled, shared, closed, with parameters out of proportion.
 */
final class SessionEdgesTest {

  private static LoadedDecoder open(int threads) throws IOException {
    return FixtureModels.open(ReferenceFixture.read("gqa"), threads);
  }

  private static int[] tokens(int length) throws IOException {
    return Arrays.copyOf(ReferenceFixture.read("gqa").tokens(), length);
  }

  /** Larger than any text, a parameter bounds nothing; the cache must still find every key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "window:local=2147483647",
        "lambda-mask:global=2147483647,local=2147483647",
        "lambda-mask:global=2147483647,local=3",
        "lm-infinite:global=2147483647,local=2147483647,ceiling=2147483647",
        "streaming-llm:sink=2147483647,recent=2147483647",
        "streaming-llm:sink=2147483647,recent=1",
        "truncate:local=2147483647,stride=2147483646",
      })
  void parametersBeyondAnyTextGiveVanilla(String text) throws IOException {
    int[] tokens = tokens(150);
    try (LoadedDecoder model = open(1)) {
      float[] vanilla =
          FixtureModels.logits(model.decoder(), FixtureModels.arm("vanilla"), tokens, 40, 90);
      float[] found =
          FixtureModels.logits(model.decoder(), FixtureModels.arm(text), tokens, 40, 90);
      assertThat(FixtureModels.maxDifference(found, vanilla)).isLessThanOrEqualTo(1e-4f);
    }
  }

  @Test
  void aGlobalBranchBeyondAnyTextIsTheCeilingArm() throws IOException {
    int[] tokens = tokens(150);
    try (LoadedDecoder model = open(1)) {
      float[] ceiling =
          FixtureModels.logits(
              model.decoder(), FixtureModels.arm("ceiling:ceiling=9"), tokens, 40, 90);
      float[] found =
          FixtureModels.logits(
              model.decoder(),
              FixtureModels.arm("lm-infinite:global=2000000000,local=5,ceiling=9"),
              tokens,
              40,
              90);
      assertThat(FixtureModels.maxDifference(found, ceiling)).isLessThanOrEqualTo(1e-4f);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vanilla",
        "lm-infinite:global=3,local=16,ceiling=12",
        "streaming-llm:sink=2,recent=9",
        "truncate:local=48,stride=7",
      })
  void aCancelledFeedIsTakenUpWhereItStands(String text) throws IOException {
    int[] tokens = tokens(150);
    Arm arm = FixtureModels.arm(text);
    try (LoadedDecoder model = open(1)) {
      int vocabulary = model.decoder().config().vocabularySize();
      float[] whole = FixtureModels.logits(model.decoder(), arm, tokens, 20, tokens.length);
      float[] found = new float[whole.length];
      ContextSession session = ArmSessions.start(model.decoder(), arm, 20, Probe.NONE);
      int[] next = {0};
      int cancelled = 0;
      while (session.position() < tokens.length) {
        int[] checks = {0};
        int allowed = 3 + cancelled; // stops in the middle of a pass, later each time
        try {
          session.feed(
              tokens,
              session.position(),
              tokens.length,
              (position, logits, offset) -> {
                assertThat(position).isEqualTo(next[0]++);
                System.arraycopy(logits, offset, found, position * vocabulary, vocabulary);
              },
              () -> checks[0]++ >= allowed);
        } catch (CancellationException e) {
          cancelled++;
          assertThat(session.position()).isEqualTo(next[0]);
        }
      }
      assertThat(cancelled).isPositive();
      assertThat(next[0]).isEqualTo(tokens.length);
      assertThat(FixtureModels.maxDifference(found, whole)).isLessThanOrEqualTo(1e-4f);
    }
  }

  @Test
  void aCancelledPassHasNoLogits() throws IOException {
    int[] tokens = tokens(10);
    try (LoadedDecoder model = open(1)) {
      DecoderSession session =
          model.decoder().newSession(ContextPolicies.vanilla(), 10, Probe.NONE);
      float[] out = new float[model.decoder().config().vocabularySize()];
      session.forward(tokens, 0, 4, Cancellation.NONE);
      session.logits(3, 1, out, 0);
      assertThatThrownBy(() -> session.forward(tokens, 4, 6, () -> true))
          .isInstanceOf(CancellationException.class);
      assertThat(session.position()).isEqualTo(4);
      assertThatThrownBy(() -> session.logits(3, 1, out, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[0, 0)");
    }
  }

  @Test
  void aResetSessionForgets() throws IOException {
    int[] tokens = tokens(150);
    try (LoadedDecoder model = open(1)) {
      float[] fresh = new float[model.decoder().config().vocabularySize()];
      float[] again = fresh.clone();
      DecoderSession session =
          model.decoder().newSession(ContextPolicies.lmInfinite(3, 16, 12), 50, Probe.NONE);
      session.forward(tokens, 0, 50, Cancellation.NONE);
      session.logits(49, 1, fresh, 0);
      session.forward(tokens, 50, 50, Cancellation.NONE);
      session.forward(tokens, 100, 50, Cancellation.NONE);
      session.reset();
      session.forward(tokens, 0, 50, Cancellation.NONE);
      session.logits(49, 1, again, 0);
      assertThat(again).isEqualTo(fresh);
    }
  }

  @Test
  void chunksThatNoArrayHoldsAreRefused() throws IOException {
    try (LoadedDecoder model = open(1)) {
      assertThatThrownBy(
              () ->
                  model
                      .decoder()
                      .newSession(ContextPolicies.vanilla(), Integer.MAX_VALUE, Probe.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("chunk: expected 1 to ");
    }
  }

  @Test
  void idsBeyondTheVocabularyAreRefusedBeforeAnythingIsRead() throws IOException {
    try (LoadedDecoder model = open(1)) {
      int vocabulary = model.decoder().config().vocabularySize();
      assertThatThrownBy(
              () ->
                  Scoring.score(
                      model.decoder(),
                      FixtureModels.arm("vanilla"),
                      new int[] {1, 2, vocabulary},
                      ScoreOptions.DEFAULT,
                      ScoreListener.NONE,
                      Cancellation.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "token 2: expected an id in [0, %d), found %d".formatted(vocabulary, vocabulary));
    }
  }

  /** Generation re-encodes the window at each step; every row is offered once all the same. */
  @Test
  void aProbeHearsEachRowOfATruncatedTextOnce() throws IOException {
    int[] tokens = tokens(40);
    int[] heard = new int[40];
    Probe probe =
        new Probe() {
          @Override
          public boolean wantsAttention(int layer) {
            return layer == 0;
          }

          @Override
          public void attention(int layer, int head, AttentionRow row) {
            if (head == 0) {
              heard[row.query()]++;
            }
          }
        };
    try (LoadedDecoder model = open(1)) {
      ContextSession session =
          ArmSessions.start(
              model.decoder(), FixtureModels.arm("truncate:local=16,stride=8"), 5, probe);
      session.feed(tokens, 0, 12, null, Cancellation.NONE);
      session.nextLogits(Cancellation.NONE);
      for (int i = 12; i < 40; i++) {
        session.feed(tokens, i, i + 1, null, Cancellation.NONE);
        session.nextLogits(Cancellation.NONE);
      }
      assertThat(heard).containsOnly(1);
    }
  }

  /** The window computes an attention row while a run goes on. */
  @Test
  void sessionsOfOneDecoderRunSideBySide() throws Exception {
    int[] tokens = tokens(150);
    Arm arm = FixtureModels.arm("lm-infinite:global=3,local=16,ceiling=12");
    try (LoadedDecoder model = open(2);
        ExecutorService others = Executors.newFixedThreadPool(3)) {
      float[] alone = FixtureModels.logits(model.decoder(), arm, tokens, 20, 150);
      AttentionTile tile =
          AttentionTiles.row(model.decoder(), arm, tokens, 1, 1, 120, Cancellation.NONE);
      Future<float[]> first =
          others.submit(() -> FixtureModels.logits(model.decoder(), arm, tokens, 20, 150));
      Future<float[]> second =
          others.submit(() -> FixtureModels.logits(model.decoder(), arm, tokens, 20, 150));
      Future<AttentionTile> row =
          others.submit(
              () -> AttentionTiles.row(model.decoder(), arm, tokens, 1, 1, 120, Cancellation.NONE));
      assertThat(first.get()).isEqualTo(alone);
      assertThat(second.get()).isEqualTo(alone);
      assertThat(row.get().logits()).isEqualTo(tile.logits());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void closingUnderARunEndsItWithAnException(int threads) throws Exception {
    int[] tokens = tokens(150);
    Arm arm = FixtureModels.arm("vanilla");
    LoadedDecoder model = open(threads);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> run =
          other.submit(
              () -> {
                while (true) {
                  FixtureModels.logits(model.decoder(), arm, tokens, 20, 150);
                }
              });
      FixtureModels.logits(model.decoder(), arm, tokens, 20, 150);
      model.close();
      assertThatThrownBy(run::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }
}
