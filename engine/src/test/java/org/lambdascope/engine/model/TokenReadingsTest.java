package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.AttentionTiles;
import org.lambdascope.engine.experiment.Prediction;
import org.lambdascope.engine.experiment.TextWindows;
import org.lambdascope.engine.experiment.TokenReading;
import org.lambdascope.engine.experiment.TokenReadings;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.probe.HeadAttention;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;
import org.lambdascope.engine.task.Cancellation;

/** What is told of one token, against the logits and rows that the engine gives elsewhere. */
final class TokenReadingsTest {

  private static final TokenReadings.Options OPTIONS = new TokenReadings.Options(20, 1, 5);

  private static int[] tokens(ModelConfig config, int count) {
    return new Random(3).ints(count, 0, config.vocabularySize()).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mha|vanilla",
        "gqa|lm-infinite:global=4,local=16,ceiling=12",
        "gqa|streaming-llm:sink=3,recent=9",
        "mpt|lm-infinite:global=4,local=16,ceiling=12",
        "gptj|ceiling:ceiling=8",
        "neox-parallel|vanilla",
        "qwen3|vanilla",
        "phi3|vanilla",
        "cepe-mha|vanilla",
      })
  void theLastLensIsTheModelBitForBit(String name, String text) throws IOException {
    try (LoadedDecoder model = FixtureModels.open(fixture(name), 2)) {
      Decoder decoder = model.decoder();
      ModelConfig config = decoder.config();
      int[] tokens = tokens(config, 40);
      Arm arm = FixtureModels.arm(text);
      float[] last = new float[config.hiddenSize()];
      DecoderSession session =
          decoder.newSession(
              arm.policy(config.slidingWindow()),
              tokens.length,
              new Probe() {
                @Override
                public boolean wantsHidden(Tap tap, int layer) {
                  return tap == Tap.LAYER_OUTPUT && layer == config.layers() - 1;
                }

                @Override
                public void hidden(
                    Tap tap, int l, int first, int rows, float[] values, int offset, int width) {
                  System.arraycopy(values, offset + (rows - 1) * width, last, 0, width);
                }
              });
      session.forward(tokens, 0, tokens.length, Cancellation.NONE);
      float[] expected = new float[config.vocabularySize()];
      session.logits(tokens.length - 1, 1, expected, 0);

      float[] lens = new float[config.vocabularySize()];
      decoder.unembed(last, 0, lens);
      assertThat(lens).containsExactly(expected);

      TokenReading reading =
          TokenReadings.read(decoder, arm, tokens, tokens.length - 1, OPTIONS, Cancellation.NONE);
      assertThat(reading.lens()).hasSize(config.layers() + 1);
      Prediction own = Prediction.of(expected, 20, Prediction.UNKNOWN);
      assertThat(reading.next().ids()).containsExactly(own.ids());
      assertThat(reading.next().probabilities()).containsExactly(own.probabilities());
    }
  }

  private static ReferenceFixture fixture(String name) throws IOException {
    return ReferenceFixture.read(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gqa|vanilla",
        "gqa|lm-infinite:global=4,local=16,ceiling=12,k=3",
        "gqa|truncate:local=16,stride=8",
        "cepe-mha|cepe:chunk=8,context=64,window=16"
      })
  void headsAreThoseOfTheExactRows(String name, String text) throws IOException {
    try (LoadedDecoder model = FixtureModels.open(fixture(name), 2)) {
      Decoder decoder = model.decoder();
      ModelConfig config = decoder.config();
      int[] tokens = tokens(config, 46);
      Arm arm = FixtureModels.arm(text);
      int query = 44;
      TokenReading reading =
          TokenReadings.read(decoder, arm, tokens, query, OPTIONS, Cancellation.NONE);
      for (int layer = 0; layer < config.layers(); layer++) {
        for (int head = 0; head < config.heads(); head++) {
          AttentionTile tile =
              AttentionTiles.row(decoder, arm, tokens, layer, head, query, Cancellation.NONE);
          double entropy = 0;
          double[] profile = new double[HeadAttention.BINS];
          for (int k = 0; k < tile.keys().length; k++) {
            double p = tile.probabilities()[k];
            entropy -= p > 0 ? p * Math.log(p) : 0;
            profile[HeadAttention.bin(query - tile.keys()[k])] += p;
          }
          HeadAttention found = reading.attention(layer, head);
          assertThat(found.entropy()).isCloseTo(entropy, within(1e-4));
          assertThat(found.visible()).isEqualTo(tile.keys().length);
          for (int b = 0; b < profile.length; b++) {
            assertThat((double) found.profile()[b]).isCloseTo(profile[b], within(1e-5));
          }
        }
      }
      int[] positions = reading.positions();
      assertThat(positions[positions.length - 1]).isEqualTo(query);
      assertThat(reading.neighbours())
          .hasSize(5)
          .isSortedAccordingTo(
              Comparator.comparingDouble(TokenReading.Neighbour::cosine).reversed())
          .allMatch(n -> n.cosine() <= 1 + 1e-9 && n.position() != query);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gqa|truncate:local=16,stride=8",
        "cepe-mha|cepe:chunk=8,context=64,window=16",
        "gqa|lm-infinite:global=4,local=16,ceiling=12"
      })
  void aGeneratedTokenIsReadAsGenerationReadIt(String name, String text) throws IOException {
    try (LoadedDecoder model = FixtureModels.open(fixture(name), 2)) {
      Decoder decoder = model.decoder();
      Arm arm = FixtureModels.arm(text);
      int[] tokens = tokens(decoder.config(), 60);
      ContextSession session = ArmSessions.start(decoder, arm, 256, Probe.NONE);
      session.feed(tokens, 0, 40, (position, logits, offset) -> {}, Cancellation.NONE);
      for (int query = 39; query < 58; query++) {
        float[] expected = session.nextLogits(Cancellation.NONE);
        TokenReading reading =
            TokenReadings.read(
                decoder, arm, tokens, query, OPTIONS, TextWindows.of(query, 40), Cancellation.NONE);
        Prediction own = Prediction.of(expected, 20, Prediction.UNKNOWN);
        assertThat(reading.next().ids()).as("query %d", query).containsExactly(own.ids());
        assertThat(reading.next().probabilities())
            .containsExactly(own.probabilities(), within(1e-6));
        session.feed(tokens, query + 1, query + 2, null, Cancellation.NONE);
      }
    }
  }

  @Test
  void theSameTokenInTheSamePlaceIsTheNearest() throws IOException {
    try (LoadedDecoder model = FixtureModels.open(fixture("mha"), 1)) {
      // A window of one key: what a token becomes does not depend on where it stands.
      int[] tokens = {5, 9, 7, 11, 9, 8, 9};
      TokenReading reading =
          TokenReadings.read(
              model.decoder(),
              FixtureModels.arm("window:local=1"),
              tokens,
              6,
              OPTIONS,
              Cancellation.NONE);
      assertThat(reading.neighbours().subList(0, 2))
          .extracting(TokenReading.Neighbour::position)
          .containsExactlyInAnyOrder(1, 4);
      assertThat(reading.neighbours().getFirst().cosine()).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void theNearestAreLookedForAmongAllTokensOfALongText() throws IOException {
    try (LoadedDecoder model = FixtureModels.open(fixture("mha"), 2)) {
      // A window of one key: what a token becomes does not depend on where it stands.
      int[] tokens = new int[5000];
      Arrays.setAll(tokens, i -> 4 + i % 7);
      tokens[2501] = 19; // no multiple of what a sample would step by
      tokens[3333] = 19;
      tokens[4999] = 19;
      TokenReading reading =
          TokenReadings.read(
              model.decoder(),
              FixtureModels.arm("window:local=1"),
              tokens,
              4999,
              OPTIONS,
              Cancellation.NONE);
      assertThat(reading.neighbours().subList(0, 2))
          .extracting(TokenReading.Neighbour::position)
          .containsExactly(2501, 3333);
      assertThat(reading.compared()).isEqualTo(new TokenReading.Compared(4999, 4999));
    }
  }

  @Test
  void aLongTextIsThinnedOut() throws IOException {
    try (LoadedDecoder model = FixtureModels.open(fixture("mha"), 2)) {
      int[] tokens = tokens(model.decoder().config(), 5000);
      TokenReading reading =
          TokenReadings.read(
              model.decoder(),
              FixtureModels.arm("window:local=4"),
              tokens,
              4999,
              OPTIONS,
              Cancellation.NONE);
      assertThat(reading.positions().length).isBetween(1024, 2048);
      assertThat(Arrays.copyOf(reading.positions(), 4)).containsExactly(0, 1, 2, 3);
      assertThat(reading.positions()[reading.positions().length - 1]).isEqualTo(4999);
    }
  }

  @Test
  void predictionsAreSortedAndSumToOne() {
    Prediction all = Prediction.of(new float[] {1, 3, 2, 3}, 10, 2);
    assertThat(all.targetRank()).isEqualTo(3);
    assertThat(Prediction.of(new float[] {1, 3, 2, 3}, 1, 3).targetRank()).isEqualTo(2);
    assertThat(all.ids()).containsExactly(1, 3, 2, 0);
    assertThat(Arrays.stream(all.probabilities()).sum()).isCloseTo(1, within(1e-12));
    assertThat(Prediction.of(new float[] {4, 4, 4, 4}, 2, 3).entropy())
        .isCloseTo(Math.log(4), within(1e-12));
    assertThat(Prediction.of(new float[] {1, 3, 2, 3}, 2, 0).ids()).containsExactly(1, 3);
    assertThat(all.probabilityOf(7)).isNaN();
    assertThat(all.target()).isEqualTo(all.probabilities()[2]);
  }

  @Test
  void replugIsRefusedAndCancellingEndsIt() throws IOException {
    try (LoadedDecoder model = FixtureModels.open(fixture("mha"), 1)) {
      int[] tokens = tokens(model.decoder().config(), 20);
      assertThatThrownBy(
              () ->
                  TokenReadings.read(
                      model.decoder(),
                      FixtureModels.arm("replug:chunk=8,window=8,passages=1"),
                      tokens,
                      3,
                      OPTIONS,
                      Cancellation.NONE))
          .hasMessageContaining("replug");
      assertThatThrownBy(
              () ->
                  TokenReadings.read(
                      model.decoder(),
                      FixtureModels.arm("vanilla"),
                      tokens,
                      3,
                      OPTIONS,
                      () -> true))
          .isInstanceOf(CancellationException.class);
    }
  }
}
