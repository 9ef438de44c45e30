package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.Equivalence;
import org.lambdascope.engine.experiment.Equivalences;
import org.lambdascope.engine.task.Cancellation;

/** How far arms are vanilla, measured, against how far their definitions say that they are. */
final class EquivalencesTest {

  private static final int TOKENS = 200;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gqa|lm-infinite:global=4,local=40,ceiling=40",
        "gqa|window:local=70",
        "gqa|streaming-llm:sink=3,recent=61",
        "gqa|rerope:window=33",
        "mpt|lm-infinite:global=4,local=40,ceiling=40",
      })
  void armsDifferWhereTheirDefinitionsDo(String name, String text) throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read(name), 2)) {
      Arm arm = FixtureModels.arm(text);
      int may = arm.policy().firstDifferenceFrom(ContextPolicies.vanilla(), TOKENS);
      Equivalence found = measure(model.decoder(), arm, may);
      assertThat(found.holds()).isTrue();
      assertThat(found.maxDifference()).isLessThan(1e-4);
      assertThat(found.differedAt()).isBetween(may, may + 8);
      assertThat(found.compared()).as("it ends soon after").isLessThanOrEqualTo(may + 128);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"truncate:local=64|63", "cepe:chunk=16,context=64,window=64|63"})
  void armsOfWindowsDifferFromTheSecondWindowOn(String text, int may) throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read("cepe-mha"), 2)) {
      Equivalence found = measure(model.decoder(), FixtureModels.arm(text), may);
      assertThat(found.holds()).isTrue();
      assertThat(found.differedAt()).isBetween(may, may + 8);
    }
  }

  @Test
  void logProbabilitiesAreComparedWithLogProbabilities() throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read("cepe-mha"), 2)) {
      Arm arm = FixtureModels.arm("replug:passages=2,chunk=16,window=64");
      Equivalence found = measure(model.decoder(), arm, 63);
      assertThat(found.holds()).isTrue();
      assertThat(found.maxDifference()).isLessThan(1e-4);
      assertThat(found.differedAt()).isBetween(63, 71);
    }
  }

  @ParameterizedTest
  @CsvSource({"window:local=1000", "ceiling:ceiling=1000"})
  void armsThatNeverDifferAreVanillaThroughout(String text) throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read("gqa"), 2)) {
      Equivalence found = measure(model.decoder(), FixtureModels.arm(text), Integer.MAX_VALUE);
      assertThat(found.differedAt()).isEqualTo(Equivalence.NOWHERE);
      assertThat(found.compared()).isEqualTo(TOKENS);
      assertThat(found.maxDifference()).isLessThan(1e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({"window:local=40"})
  void aWrongExpectationDoesNotHold(String text) throws IOException {
    try (LoadedDecoder model = FixtureModels.open(ReferenceFixture.read("gqa"), 2)) {
      Equivalence found = measure(model.decoder(), FixtureModels.arm(text), 100);
      assertThat(found.holds()).isFalse();
      assertThat(found.differedAt()).isBetween(40, 60);
      assertThat(found.maxDifference()).isGreaterThan(Equivalence.ROUNDING);
    }
  }

  private static Equivalence measure(Decoder decoder, Arm arm, int mayDifferAt) {
    int[] tokens = new Random(8).ints(TOKENS, 0, decoder.config().vocabularySize()).toArray();
    return Equivalences.measure(decoder, arm, tokens, mayDifferAt, TOKENS, Cancellation.NONE);
  }
}
