package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.PredictiveEntropies;
import org.lambdascope.engine.experiment.TokenReadings;
import org.lambdascope.engine.task.Cancellation;

/** Entropies of predictions, against what one token's reading says. */
final class PredictiveEntropiesTest {

  private static int[] tokens(ModelConfig config, int count) {
    return new Random(3).ints(count, 0, config.vocabularySize()).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mha|vanilla",
        "gqa|lm-infinite:global=4,local=16,ceiling=12",
        "mpt|streaming-llm:sink=3,recent=9",
        "cepe-mha|vanilla",
      })
  void eachIsThatOfTheTokenBefore(String name, String text) throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read(name), 2)) {
      Decoder decoder = model.decoder();
      int[] tokens = tokens(decoder.config(), 40);
      Arm arm = FixtureModels.arm(text);
      float[] entropies = PredictiveEntropies.of(decoder, arm, tokens, Cancellation.NONE);
      assertThat(entropies).hasSize(40);
      assertThat(entropies[0]).isNaN();
      for (int t : new int[] {1, 17, 39}) {
        double read =
            TokenReadings.read(
                    decoder,
                    arm,
                    tokens,
                    t - 1,
                    new TokenReadings.Options(1, 0, 1),
                    Cancellation.NONE)
                .next()
                .entropy();
        assertThat((double) entropies[t]).isCloseTo(read, within(1e-4));
      }
    }
  }

  @Test
  void armsThatReadWindowsHaveThemToo() throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read("mha"), 2)) {
      int[] tokens = tokens(model.decoder().config(), 40);
      Arm arm = FixtureModels.arm("truncate:local=16,stride=8");
      float[] entropies = PredictiveEntropies.of(model.decoder(), arm, tokens, Cancellation.NONE);
      double most = Math.log(model.decoder().config().vocabularySize());
      for (int t = 1; t < tokens.length; t++) {
        assertThat((double) entropies[t]).isBetween(0.0, most + 1e-4);
      }
    }
  }

  @Test
  void stopsWhenAsked() throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read("mha"), 2)) {
      int[] tokens = tokens(model.decoder().config(), 40);
      assertThatThrownBy(
              () ->
                  PredictiveEntropies.of(
                      model.decoder(), FixtureModels.arm("vanilla"), tokens, () -> true))
          .isInstanceOf(CancellationException.class);
    }
  }
}
