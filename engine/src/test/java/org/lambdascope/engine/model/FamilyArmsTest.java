package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/**
 * Every family under every arm against PyTorch; writes the table that {@code docs/families.md}
 * shows to {@code target/family-arms.md}.
 */
final class FamilyArmsTest {

  /** What rounding in float32 may amount to; the fixtures were computed in float64. */
  private static final float TOLERANCE = 1e-3f;

  /** Tokens per pass and per call: in one pass, in chunks, token by token. */
  private static final int[][] FEEDINGS = {{256, 256}, {7, 256}, {16, 23}, {1, 1}};

  private static final Map<String, Map<ArmKind, Float>> MEASURED = new ConcurrentHashMap<>();

  static List<String> models() {
    return Stream.concat(Stream.of("gqa"), ReferenceFixture.FAMILIES.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyArmGivesTheLogitsOfItsDefinition(String name) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    try (LoadedDecoder model = FixtureModels.open(fixture, 1);
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
        if (arm.kind()
            != ArmKind.TRUNCATE) { // which scores by strides, but continues from the tail
          checkNextLogits(name, model.decoder(), arm, fixture.tokens(), expected.getValue());
        }
      }
    }
  }

  private static void checkNextLogits(
      String name, Decoder decoder, Arm arm, int[] tokens, float[] expected) {
    ContextSession session = ArmSessions.start(decoder, arm, 32, Probe.NONE);
    session.feed(tokens, 0, tokens.length, null, Cancellation.NONE);
    int vocabulary = decoder.config().vocabularySize();
    float[] last = Arrays.copyOfRange(expected, expected.length - vocabulary, expected.length);
    check(name, arm, "next logits", session.nextLogits(Cancellation.NONE), last);
  }

  private static void check(String name, Arm arm, String how, float[] logits, float[] expected) {
    float difference = FixtureModels.maxDifference(logits, expected);
    assertThat(difference)
        .as("%s, %s, %s: max |Δlogit| against PyTorch", name, arm, how)
        .isLessThanOrEqualTo(TOLERANCE);
    MEASURED
        .computeIfAbsent(name, n -> new EnumMap<>(ArmKind.class))
        .merge(arm.kind(), difference, Math::max);
  }

  /** Design §2: up to {@code n_local} tokens LM-Infinite is vanilla, to the last bit. */
  @ParameterizedTest
  @MethodSource("models")
  void lmInfiniteIsVanillaUpToLocalTokens(String name) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    int[] tokens = Arrays.copyOf(fixture.tokens(), 100);
    Arm arm = FixtureModels.arm("lm-infinite:global=10,local=100,ceiling=100");
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      if (model.decoder().config().slidingWindow() < tokens.length) {
        return; // a model that forgets sees again what the global branch shows
      }
      for (int chunk : new int[] {7, 100}) {
        float[] vanilla =
            FixtureModels.logits(
                model.decoder(), FixtureModels.arm("vanilla"), tokens, chunk, tokens.length);
        float[] found = FixtureModels.logits(model.decoder(), arm, tokens, chunk, tokens.length);
        assertThat(Arrays.equals(found, vanilla)).as("%s: bit for bit", name).isTrue();
      }
    }
  }

  @AfterAll
  static void writeTable() throws IOException {
    List<ArmKind> kinds =
        Stream.of(ArmKind.values())
            .filter(k -> MEASURED.values().stream().anyMatch(row -> row.containsKey(k)))
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        kinds.stream()
            .map(k -> "`" + k.id() + "`")
            .collect(Collectors.joining(" | ", "| model | ", " |")));
    lines.add("| --- |" + " --- |".repeat(kinds.size()));
    for (String name : models()) {
      Map<ArmKind, Float> row = MEASURED.getOrDefault(name, Map.of());
      lines.add(
          kinds.stream()
              .map(k -> row.containsKey(k) ? format(row.get(k)) : "")
              .collect(Collectors.joining(" | ", "| " + name + " | ", " |")));
    }
    Files.write(Path.of("target", "family-arms.md"), lines);
  }

  private static String format(float value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
