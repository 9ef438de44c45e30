package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.AttentionTiles;
import org.lambdascope.engine.experiment.ContextOptions;
import org.lambdascope.engine.experiment.ScoreListener;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.probe.CrossAttentionSummary;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.retrieval.ScoredPassage;
import org.lambdascope.engine.task.Cancellation;

/** The {@code cepe} arms against their definition, window by window. */
final class EncodedContextSessionTest {

  private static final float TOLERANCE = 1e-4f;
  private static final int LENGTH = 130;
  private static final int BOS = 1;

  private static LoadedDecoder open() throws IOException {
    return ModelLoader.openDecoder(ReferenceFixture.folder("cepe-gqa"), 2);
  }

  private static int[] text() throws IOException {
    return Arrays.copyOf(CepeFixture.read("cepe-gqa").context(), LENGTH);
  }

  /** Row by row: the window that holds the row's target, BOS in front, all earlier text encoded. */
  private static float[] byDefinition(ContextDecoder decoder, Arm arm, int[] text, int row) {
    int window = arm.get("window");
    int start = (row + 1) / window * window;
    return decode(decoder, arm, text, start, row);
  }

  private static float[] decode(ContextDecoder decoder, Arm arm, int[] text, int start, int row) {
    int chunk = arm.get("chunk");
    List<int[]> chunks = new ArrayList<>();
    for (int from = 0; from < start; from += chunk) {
      if (from >= start - arm.get("context")) {
        chunks.add(Arrays.copyOfRange(text, from, Math.min(from + chunk, start)));
      }
    }
    List<Integer> inputs = new ArrayList<>();
    if (start > 0) {
      inputs.add(BOS);
    }
    for (int t = start; t <= row; t++) {
      inputs.add(text[t]);
    }
    int[] ids = inputs.stream().mapToInt(Integer::intValue).toArray();
    ContextDecoderSession session =
        decoder.newSession(
            ContextPolicies.vanilla(), ids.length, CrossAttentionForm.ABSORBED, Probe.NONE);
    session.attendTo(new EncodedContext(decoder.encoder().encode(chunks, Cancellation.NONE)));
    session.forward(ids, 0, ids.length, Cancellation.NONE);
    float[] logits = new float[decoder.config().vocabularySize()];
    session.logits(ids.length - 1, 1, logits, 0);
    return logits;
  }

  @ParameterizedTest
  @CsvSource({
    "'cepe:chunk=8,context=131072,window=16', 16, 130",
    "'cepe:chunk=8,context=24,window=20', 7, 13",
    "'cepe-distilled:chunk=5,context=17,window=2', 1, 1",
    "'cepe:chunk=30,context=30,window=200', 64, 50"
  })
  void scoresByWindows(String text, int pass, int piece) throws IOException {
    Arm arm = FixtureModels.arm(text);
    int[] tokens = text();
    try (LoadedDecoder model = open()) {
      ContextDecoder decoder = (ContextDecoder) model.decoder();
      int vocabulary = decoder.config().vocabularySize();
      float[] found = FixtureModels.logits(decoder, arm, tokens, pass, piece);
      for (int row = 0; row < LENGTH; row++) {
        assertThat(
                FixtureModels.maxDifference(
                    Arrays.copyOfRange(found, row * vocabulary, (row + 1) * vocabulary),
                    byDefinition(decoder, arm, tokens, row)))
            .as("row %d", row)
            .isLessThanOrEqualTo(TOLERANCE);
      }
    }
  }

  @Test
  void theFirstWindowIsVanillaBitForBit() throws IOException {
    int[] tokens = Arrays.copyOf(text(), 31);
    try (LoadedDecoder model = open()) {
      float[] vanilla =
          FixtureModels.logits(model.decoder(), FixtureModels.arm("vanilla"), tokens, 8, 31);
      Arm arm = FixtureModels.arm("cepe:chunk=8,context=64,window=32");
      assertThat(FixtureModels.logits(model.decoder(), arm, tokens, 8, 31)).isEqualTo(vanilla);
    }
  }

  /** The window begins at multiples of window / 2, so that it is never nearly empty. */
  @Test
  void generatesFromAWindowThatSlidesByHalf() throws IOException {
    Arm arm = FixtureModels.arm("cepe:chunk=8,context=48,window=12");
    int[] tokens = text();
    try (LoadedDecoder model = open()) {
      ContextDecoder decoder = (ContextDecoder) model.decoder();
      ContextSession session = ArmSessions.start(decoder, arm, 5, Probe.NONE);
      session.feed(tokens, 0, 3, null, Cancellation.NONE);
      for (int n = 3; n < LENGTH; n++) {
        int start = 0;
        while (n - start + (start > 0 ? 1 : 0) > 12) {
          start += 6;
        }
        assertThat(
                FixtureModels.maxDifference(
                    session.nextLogits(Cancellation.NONE),
                    decode(decoder, arm, tokens, start, n - 1)))
            .as("after %d tokens, window from %d", n, start)
            .isLessThanOrEqualTo(TOLERANCE);
        session.feed(tokens, n, n + 1, null, Cancellation.NONE);
      }
    }
  }

  @Test
  void passagesTakeThePlaceOfEarlierText() throws IOException {
    Arm arm = FixtureModels.arm("cepe:chunk=8,context=48,window=64");
    int[] passage = Arrays.copyOfRange(text(), 60, 81);
    int[] tokens = Arrays.copyOf(text(), 20);
    try (LoadedDecoder model = open()) {
      ContextDecoder decoder = (ContextDecoder) model.decoder();
      ContextSession session =
          ArmSessions.start(
              decoder,
              arm,
              32,
              Probe.NONE,
              new ContextOptions(null, List.of(new ScoredPassage(passage, 0))));
      session.feed(tokens, 0, 20, null, Cancellation.NONE);
      ContextDecoderSession expected =
          decoder.newSession(
              ContextPolicies.vanilla(), 20, CrossAttentionForm.MATERIALISED, Probe.NONE);
      expected.attendTo(
          new EncodedContext(
              decoder
                  .encoder()
                  .encode(
                      List.of(
                          Arrays.copyOfRange(passage, 0, 8),
                          Arrays.copyOfRange(passage, 8, 16),
                          Arrays.copyOfRange(passage, 16, 21)),
                      Cancellation.NONE)));
      expected.forward(tokens, 0, 20, Cancellation.NONE);
      float[] logits = new float[decoder.config().vocabularySize()];
      expected.logits(19, 1, logits, 0);
      assertThat(FixtureModels.maxDifference(session.nextLogits(Cancellation.NONE), logits))
          .isLessThanOrEqualTo(TOLERANCE);
    }
  }

  @Test
  void aCancelledFeedIsTakenUpWhereItStands() throws IOException {
    Arm arm = FixtureModels.arm("cepe:chunk=8,context=48,window=16");
    int[] tokens = text();
    try (LoadedDecoder model = open()) {
      int vocabulary = model.decoder().config().vocabularySize();
      float[] whole = FixtureModels.logits(model.decoder(), arm, tokens, 6, LENGTH);
      float[] found = new float[whole.length];
      ContextSession session = ArmSessions.start(model.decoder(), arm, 6, Probe.NONE);
      int cancelled = 0;
      while (session.position() < LENGTH) {
        int[] checks = {0};
        int allowed = 3 + cancelled;
        try {
          session.feed(
              tokens,
              session.position(),
              LENGTH,
              (position, logits, offset) ->
                  System.arraycopy(logits, offset, found, position * vocabulary, vocabulary),
              () -> checks[0]++ >= allowed);
        } catch (CancellationException e) {
          cancelled++;
        }
      }
      assertThat(cancelled).isPositive();
      assertThat(FixtureModels.maxDifference(found, whole)).isLessThanOrEqualTo(TOLERANCE);
    }
  }

  @Test
  void attentionRowsAreTheWindowsOwn() throws IOException {
    Arm arm = FixtureModels.arm("cepe:chunk=8,context=48,window=16");
    try (LoadedDecoder model = open()) {
      AttentionTile tile =
          AttentionTiles.row(model.decoder(), arm, text(), 1, 0, 70, Cancellation.NONE);
      // Token 71 is scored in the window [64, 80), whose BOS stands in the place of token 63.
      assertThat(tile.keys()).containsExactly(63, 64, 65, 66, 67, 68, 69, 70);
      assertThat(tile.effectiveDistances()[0]).isEqualTo(7);
      float sum = 0;
      for (float p : tile.probabilities()) {
        sum += p;
      }
      assertThat(sum).isBetween(0.999f, 1.001f);
    }
  }

  @Test
  void diagnosticsSayWhatWasTakenFromTheContext() throws IOException {
    Arm arm = FixtureModels.arm("cepe:chunk=8,context=48,window=16");
    try (LoadedDecoder model = open()) {
      CrossAttentionSummary found =
          Objects.requireNonNull(
              Scoring.score(
                      model.decoder(),
                      arm,
                      text(),
                      new ScoreOptions(7, CaptureOptions.PAPER),
                      ScoreListener.NONE,
                      Cancellation.NONE)
                  .diagnostics()
                  .crossAttention());
      assertThat(found.chunks()).isEqualTo(17);
      assertThat(found.positionBins()).isEqualTo(LENGTH);
      for (int position = 0; position < LENGTH; position++) {
        assertThat(found.ratio(0, position)).as("a layer without cross-attention").isNaN();
        int start = (position + 1) / 16 * 16;
        if (start == 0) {
          assertThat(found.ratio(1, position)).isNaN();
          continue;
        }
        assertThat(found.ratio(1, position)).isPositive();
        float sum = 0;
        for (int chunk = 0; chunk < found.chunkBins(); chunk++) {
          boolean visible = chunk * 8 >= start - 48 && chunk * 8 < start;
          float share = found.mass(1, position, chunk);
          assertThat(share > 0).as("position %d, chunk %d", position, chunk).isEqualTo(visible);
          sum += share;
        }
        assertThat(sum).isBetween(0.9999f, 1.0001f);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cepe", "cepe-distilled"})
  void aModelWithoutEncoderIsRefused(String arm) throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read("mha"), 1)) {
      assertThat(ArmSessions.canRun(model.decoder(), FixtureModels.arm(arm).kind())).isFalse();
      Arm parsed = FixtureModels.arm(arm);
      assertThatThrownBy(() -> ArmSessions.start(model.decoder(), parsed, 8, Probe.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected a model with an encoder");
    }
  }
}
