package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/**
 * Arms that change positions against PyTorch; writes the table that {@code docs/arms.md} shows to
 * {@code target/position-arms.md}.
 */
final class PositionArmsTest {

  /** What rounding in float32 may amount to; the fixtures were computed in float64. */
  private static final float TOLERANCE = 1e-3f;

  /** Tokens per pass and per call: in one pass, in chunks, token by token. */
  private static final int[][] FEEDINGS = {{256, 256}, {7, 256}, {16, 23}, {1, 1}};

  /** Per arm and model. */
  private static final Map<String, Map<String, Float>> MEASURED = new ConcurrentSkipListMap<>();

  static List<String> models() {
    return ReferenceFixture.POSITIONS;
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyArmGivesTheLogitsOfItsDefinition(String name) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.readPositions(name);
    try (LoadedDecoder model = FixtureModels.open(fixture, 2);
        LoadedDecoder scalar = FixtureModels.open(fixture, 1, new ScalarKernels())) {
      for (Map.Entry<String, float[]> expected : fixture.logits().entrySet()) {
        Arm arm = FixtureModels.arm(expected.getKey());
        for (int[] feeding : FEEDINGS) {
          float[] logits =
              FixtureModels.logits(model.decoder(), arm, fixture.tokens(), feeding[0], feeding[1]);
          check(name, arm, Arrays.toString(feeding), logits, expected.getValue());
        }
        float[] logits = FixtureModels.logits(scalar.decoder(), arm, fixture.tokens(), 50, 256);
        check(name, arm, "scalar kernels", logits, expected.getValue());
      }
    }
  }

  private static void check(String name, Arm arm, String how, float[] logits, float[] expected) {
    float difference = FixtureModels.maxDifference(logits, expected);
    assertThat(difference)
        .as("%s, %s, %s: max |Δlogit| against PyTorch", name, arm, how)
        .isLessThanOrEqualTo(TOLERANCE);
    MEASURED
        .computeIfAbsent(arm.kind().id(), a -> new ConcurrentSkipListMap<>())
        .merge(name, difference, Math::max);
  }

  @Test
  void rescalingIsRefusedWhereNothingRotates() throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("mpt");
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      for (ArmKind kind :
          List.of(ArmKind.LINEAR_PI, ArmKind.NTK, ArmKind.DYNAMIC_NTK, ArmKind.YARN)) {
        assertThat(ArmSessions.canRun(model.decoder(), kind)).isFalse();
        assertThatThrownBy(
                () -> ArmSessions.start(model.decoder(), Arm.withDefaults(kind, 64), 8, Probe.NONE))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(
                kind.id()
                    + ": expected a model with rotary positions (RoPE), whose frequencies it"
                    + " rescales, found ALiBi");
      }
      assertThat(ArmSessions.canRun(model.decoder(), ArmKind.SELF_EXTEND)).isTrue();
    }
  }

  /** Layers that went on to other frequencies must come back when the pass is given again. */
  @ParameterizedTest
  @ValueSource(strings = {"dynamic", "longrope"})
  void aPassThatWasCancelledBetweenLayersMayBeGivenAgain(String name) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    int[] tokens = fixture.tokens();
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      int vocabulary = model.decoder().config().vocabularySize();
      DecoderSession session =
          model.decoder().newSession(ContextPolicies.vanilla(), 128, Probe.NONE);
      session.forward(tokens, 0, 20, Cancellation.NONE);
      int[] checks = {0};
      Cancellation afterOneLayer = () -> checks[0]++ > 0;
      assertThatThrownBy(() -> session.forward(tokens, 20, 110, afterOneLayer))
          .isInstanceOf(CancellationException.class);
      float[] found = new float[110 * vocabulary];
      session.forward(tokens, 20, 10, Cancellation.NONE);
      session.logits(0, 10, found, 0);
      session.forward(tokens, 30, 100, Cancellation.NONE);
      session.logits(0, 100, found, 10 * vocabulary);
      float[] expected = fixture.logits().getOrDefault("vanilla", new float[0]);
      assertThat(
              FixtureModels.maxDifference(
                  found, Arrays.copyOfRange(expected, 20 * vocabulary, 130 * vocabulary)))
          .isLessThanOrEqualTo(TOLERANCE);

      session.reset();
      session.forward(tokens, 0, 60, Cancellation.NONE);
      float[] again = new float[60 * vocabulary];
      session.logits(0, 60, again, 0);
      assertThat(
              FixtureModels.maxDifference(again, Arrays.copyOfRange(expected, 0, 60 * vocabulary)))
          .isLessThanOrEqualTo(TOLERANCE);
    }
  }

  @AfterAll
  static void writeTable() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(models().stream().collect(Collectors.joining(" | ", "| arm | ", " |")));
    lines.add("| --- |" + " --- |".repeat(models().size()));
    for (ArmKind kind : ArmKind.values()) {
      Map<String, Float> row = MEASURED.get(kind.id());
      if (row != null) {
        lines.add(
            models().stream()
                .map(m -> row.containsKey(m) ? format(row.get(m)) : "")
                .collect(Collectors.joining(" | ", "| `" + kind.id() + "` | ", " |")));
      }
    }
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "position-arms.md"), lines);
  }

  private static String format(float value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
