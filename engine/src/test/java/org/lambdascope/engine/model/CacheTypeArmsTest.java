package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/** Every arm with keys and values stored in every type. */
final class CacheTypeArmsTest {

  /** In one pass, and in chunks that close the rings at odd places. */
  private static final int[][] FEEDINGS = {{256, 256}, {7, 23}};

  /** F32 is what every other test runs on. */
  private static final CacheType[] STORED = {CacheType.F16, CacheType.BF16, CacheType.Q8};

  static Stream<Arguments> cases() {
    return Stream.of("gqa", "mpt-odd", "gptj")
        .flatMap(m -> Stream.of(STORED).map(t -> Arguments.of(m, t)));
  }

  /**
   * What rounding in the cache may amount to in these models, whose random weights are far wider
   * than trained ones: several times what was found.
   */
  private static float tolerance(CacheType type) {
    return switch (type) {
      case F32 -> 1e-3f;
      case F16 -> 0.06f;
      case BF16 -> 0.4f;
      case Q8 -> 0.6f;
    };
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void everyArmStaysNearItsDefinition(String name, CacheType type, TestReporter reporter)
      throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    float worst = 0;
    try (LoadedDecoder model = FixtureModels.open(fixture, 2)) {
      Decoder storing = model.decoder().storing(type);
      for (Map.Entry<String, float[]> expected : fixture.logits().entrySet()) {
        Arm arm = FixtureModels.arm(expected.getKey());
        for (int[] feeding : FEEDINGS) {
          float[] logits =
              FixtureModels.logits(storing, arm, fixture.tokens(), feeding[0], feeding[1]);
          float difference = FixtureModels.maxDifference(logits, expected.getValue());
          assertThat(difference)
              .as("%s, %s, %s, %s", name, type, arm, Arrays.toString(feeding))
              .isLessThanOrEqualTo(tolerance(type));
          worst = Math.max(worst, difference);
        }
      }
    }
    reporter.publishEntry(name + ", " + type, "%.1e".formatted(worst));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void twinsAgree(String name, CacheType type) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    int[] tokens = Arrays.copyOf(fixture.tokens(), 100);
    try (LoadedDecoder model = FixtureModels.open(fixture, 1);
        LoadedDecoder scalar = FixtureModels.open(fixture, 1, new ScalarKernels())) {
      for (String text : new String[] {"vanilla", "lm-infinite:global=4,local=16,ceiling=12"}) {
        Arm arm = FixtureModels.arm(text);
        float[] a = FixtureModels.logits(model.decoder().storing(type), arm, tokens, 30, 100);
        float[] b = FixtureModels.logits(scalar.decoder().storing(type), arm, tokens, 30, 100);
        assertThat(FixtureModels.maxDifference(a, b))
            .as("%s, %s, %s", name, type, arm)
            .isLessThanOrEqualTo(tolerance(type));
      }
    }
  }

  /** Both read the same stored numbers in the same order. */
  @ParameterizedTest
  @EnumSource
  void lmInfiniteIsVanillaUpToLocalTokens(CacheType type) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("gqa");
    int[] tokens = fixture.tokens();
    try (LoadedDecoder model = FixtureModels.open(fixture, 2)) {
      Decoder storing = model.decoder().storing(type);
      Arm arm =
          FixtureModels.arm(
              "lm-infinite:global=10,local=%1$d,ceiling=%1$d".formatted(tokens.length));
      for (int chunk : new int[] {1, 7, 256}) {
        assertThat(FixtureModels.logits(storing, arm, tokens, chunk, tokens.length))
            .containsExactly(
                FixtureModels.logits(
                    storing, FixtureModels.arm("vanilla"), tokens, chunk, tokens.length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void predictsTheBytesThatItHolds(CacheType type) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("gqa");
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      Decoder storing = model.decoder().storing(type);
      for (String text : new String[] {"vanilla", "ceiling", "lm-infinite:local=20"}) {
        Arm arm = FixtureModels.arm(text);
        ContextSession session = ArmSessions.start(storing, arm, 16, Probe.NONE);
        session.feed(fixture.tokens(), 0, fixture.tokens().length, null, Cancellation.NONE);
        assertThat(session.cacheBytes())
            .as("%s, %s", type, arm)
            .isEqualTo(ArmSessions.predictedCacheBytes(storing, arm, 16, fixture.tokens().length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "F32", mode = EnumSource.Mode.EXCLUDE)
  void smallerTypesTakeLess(CacheType type) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("cepe-mha");
    try (LoadedDecoder model = ModelLoader.openDecoder(fixture.model(), 1)) {
      Decoder storing = model.decoder().storing(type);
      assertThat(storing).isInstanceOf(ContextDecoder.class);
      Arm arm = FixtureModels.arm("lm-infinite");
      assertThat(ArmSessions.predictedCacheBytes(storing, arm, 64, 100_000))
          .isLessThanOrEqualTo(
              ArmSessions.predictedCacheBytes(model.decoder(), arm, 64, 100_000) / 2);
    }
  }
}
