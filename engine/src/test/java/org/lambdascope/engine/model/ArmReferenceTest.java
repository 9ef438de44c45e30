package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/** The arms against their definitions in PyTorch, over head layouts, stored types and chunkings. */
final class ArmReferenceTest {

  /** What rounding in float32 may amount to; the fixtures were computed in float64. */
  private static final float TOLERANCE = 1e-3f;

  /**
   * How a text goes in.
   *
   * @param chunk tokens per forward pass
   * @param piece tokens per call
   */
  record Feeding(String name, int chunk, int piece) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Feeding> FEEDINGS =
      List.of(
          new Feeding("in one pass", 256, 256),
          new Feeding("in chunks of 7", 7, 256),
          new Feeding("in chunks of 16, a call each", 16, 16),
          new Feeding("in calls of 23, chunks of 16", 16, 23),
          new Feeding("token by token", 1, 1),
          new Feeding("token by token, room for 64", 64, 1));

  private static final Map<String, Float> MEASURED = new ConcurrentSkipListMap<>();

  static Stream<String> models() {
    return Stream.concat(
        ReferenceFixture.ALL_ARMS.stream(), ReferenceFixture.STORED_TYPES.stream());
  }

  static Stream<Arguments> cases() {
    return models()
        .flatMap(model -> FEEDINGS.stream().map(feeding -> Arguments.of(model, feeding)));
  }

  /** Surefire drops published entries, and the figures are wanted: they go to target/. */
  @AfterAll
  static void writeMeasured() throws IOException {
    Files.write(
        Path.of("target", "arm-reference.txt"),
        MEASURED.entrySet().stream()
            .map(e -> "%-48s max |Δlogit| %.1e".formatted(e.getKey(), e.getValue()))
            .toList());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void everyArmGivesTheLogitsOfItsDefinition(String name, Feeding feeding, TestReporter reporter)
      throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    float worst = 0;
    try (LoadedDecoder model = FixtureModels.open(fixture, 2)) {
      for (Map.Entry<String, float[]> expected : fixture.logits().entrySet()) {
        Arm arm = FixtureModels.arm(expected.getKey());
        float[] logits =
            FixtureModels.logits(
                model.decoder(), arm, fixture.tokens(), feeding.chunk(), feeding.piece());
        float difference = FixtureModels.maxDifference(logits, expected.getValue());
        assertThat(difference)
            .as("%s, %s, %s: max |Δlogit| against PyTorch", name, arm, feeding)
            .isLessThanOrEqualTo(TOLERANCE);
        worst = Math.max(worst, difference);
      }
    }
    publish(reporter, name + ", " + feeding, worst);
  }

  @ParameterizedTest
  @MethodSource("models")
  void scalarKernelsGiveThemToo(String name, TestReporter reporter) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    float worst = 0;
    try (LoadedDecoder model = FixtureModels.open(fixture, 1, new ScalarKernels())) {
      for (Map.Entry<String, float[]> expected : fixture.logits().entrySet()) {
        Arm arm = FixtureModels.arm(expected.getKey());
        float[] logits = FixtureModels.logits(model.decoder(), arm, fixture.tokens(), 50, 256);
        float difference = FixtureModels.maxDifference(logits, expected.getValue());
        assertThat(difference)
            .as("%s, %s, scalar: max |Δlogit| against PyTorch", name, arm)
            .isLessThanOrEqualTo(TOLERANCE);
        worst = Math.max(worst, difference);
      }
    }
    publish(reporter, name + ", scalar kernels", worst);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mha", "gqa", "mqa-bias", "mha-odd"})
  void nextLogitsAreTheLastRow(String name) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    int[] tokens = fixture.tokens();
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      int vocabulary = model.decoder().config().vocabularySize();
      for (Map.Entry<String, float[]> expected : fixture.logits().entrySet()) {
        Arm arm = FixtureModels.arm(expected.getKey());
        if (arm.kind() == ArmKind.TRUNCATE) {
          continue; // it scores by strides, but continues from the text's tail: tested below
        }
        ContextSession session = ArmSessions.start(model.decoder(), arm, 32, Probe.NONE);
        session.feed(tokens, 0, tokens.length, null, Cancellation.NONE);
        float[] last =
            Arrays.copyOfRange(
                expected.getValue(), (tokens.length - 1) * vocabulary, tokens.length * vocabulary);
        assertThat(FixtureModels.maxDifference(session.nextLogits(Cancellation.NONE), last))
            .as("%s, %s: max |Δlogit| of the last row", name, arm)
            .isLessThanOrEqualTo(TOLERANCE);
      }
    }
  }

  @Test
  void truncateContinuesFromTheLastTokensReEncoded() throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("mha");
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      int vocabulary = model.decoder().config().vocabularySize();
      ContextSession session =
          ArmSessions.start(
              model.decoder(), FixtureModels.arm("truncate:local=16,stride=8"), 8, Probe.NONE);
      for (int n = 1; n <= 40; n++) {
        session.feed(fixture.tokens(), n - 1, n, null, Cancellation.NONE);
        int[] tail = Arrays.copyOfRange(fixture.tokens(), Math.max(0, n - 16), n);
        float[] alone =
            FixtureModels.logits(model.decoder(), FixtureModels.arm("vanilla"), tail, 16, 16);
        float[] last = Arrays.copyOfRange(alone, alone.length - vocabulary, alone.length);
        assertThat(FixtureModels.maxDifference(session.nextLogits(Cancellation.NONE), last))
            .as("after %d tokens", n)
            .isLessThanOrEqualTo(1e-4f);
      }
    }
  }

  /** Design §2: up to {@code n_local} tokens LM-Infinite is vanilla, to the last bit. */
  @ParameterizedTest
  @ValueSource(strings = {"mha", "gqa", "mqa-bias", "mha-odd", "bf16", "gguf-q4_0"})
  void lmInfiniteIsVanillaUpToLocalTokens(String name) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    try (LoadedDecoder model = FixtureModels.open(fixture, 2)) {
      for (int length : new int[] {1, 2, 16, 63, 64, 65, fixture.tokens().length}) {
        int[] tokens = Arrays.copyOf(fixture.tokens(), length);
        for (int chunk : new int[] {1, 7, 256}) {
          float[] vanilla =
              FixtureModels.logits(
                  model.decoder(), FixtureModels.arm("vanilla"), tokens, chunk, length);
          for (int global : new int[] {0, 1, 10, 70}) {
            Arm arm =
                FixtureModels.arm(
                    "lm-infinite:global=%d,local=%d,ceiling=%d".formatted(global, length, length));
            float[] logits = FixtureModels.logits(model.decoder(), arm, tokens, chunk, length);
            assertThat(Arrays.equals(logits, vanilla))
                .as(
                    "%s, %s, chunks of %d: bit for bit, found max |Δlogit| %s",
                    name, arm, chunk, FixtureModels.maxDifference(logits, vanilla))
                .isTrue();
          }
        }
      }
    }
  }

  private static void publish(TestReporter reporter, String name, float worst) {
    reporter.publishEntry(name + ": max |Δlogit|", "%.1e".formatted(worst));
    MEASURED.put(name, worst);
  }
}
