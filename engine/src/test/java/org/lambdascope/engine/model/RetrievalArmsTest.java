package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.AttentionTiles;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/** Arms that retrieve keys, against PyTorch and against arms that show the same keys. */
final class RetrievalArmsTest {

  /** What rounding in float32 may amount to; the fixtures were computed in float64. */
  private static final float TOLERANCE = 1e-3f;

  private static final int[][] FEEDINGS = {{256, 256}, {7, 23}, {1, 1}};

  static List<String> models() {
    return ReferenceFixture.RETRIEVAL;
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyArmGivesTheLogitsOfItsDefinition(String name, TestReporter reporter)
      throws IOException {
    ReferenceFixture fixture = ReferenceFixture.readRetrieval(name);
    float worst = 0;
    try (LoadedDecoder model = FixtureModels.open(fixture, 2);
        LoadedDecoder scalar = FixtureModels.open(fixture, 1, new ScalarKernels())) {
      for (Map.Entry<String, float[]> expected : fixture.logits().entrySet()) {
        Arm arm = FixtureModels.arm(expected.getKey());
        for (int[] feeding : FEEDINGS) {
          float[] logits =
              FixtureModels.logits(model.decoder(), arm, fixture.tokens(), feeding[0], feeding[1]);
          worst = Math.max(worst, check(name, arm, Arrays.toString(feeding), logits, expected));
        }
        float[] logits = FixtureModels.logits(scalar.decoder(), arm, fixture.tokens(), 50, 256);
        worst = Math.max(worst, check(name, arm, "scalar kernels", logits, expected));
      }
    }
    reporter.publishEntry(name + ": max |Δlogit|", "%.1e".formatted(worst));
  }

  private static float check(
      String name, Arm arm, String how, float[] logits, Map.Entry<String, float[]> expected) {
    float difference = FixtureModels.maxDifference(logits, expected.getValue());
    assertThat(difference)
        .as("%s, %s, %s: max |Δlogit| against PyTorch", name, arm, how)
        .isLessThanOrEqualTo(TOLERANCE);
    return difference;
  }

  @ParameterizedTest
  @MethodSource("models")
  void noKeysIsLmInfinite(String name) throws IOException {
    String plain = "lm-infinite:global=4,local=16,ceiling=12";
    ReferenceFixture fixture = ReferenceFixture.readRetrieval(name);
    try (LoadedDecoder model = FixtureModels.open(fixture, 2)) {
      float[] expected = logits(model, plain, fixture.tokens());
      assertThat(logits(model, plain + ",k=0,from=1,to=2,middle=3", fixture.tokens()))
          .containsExactly(expected);
      // No layer retrieves; but the cache keeps the middle, so sums run over other pages.
      float[] noLayer = logits(model, plain + ",k=3,from=1,to=1", fixture.tokens());
      assertThat(FixtureModels.maxDifference(noLayer, expected)).isLessThanOrEqualTo(1e-4f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gqa", "qwen3", "mpt-odd", "gptj", "neox-parallel"})
  void allMiddleKeysAtTheCeilingIsCeiling(String name) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.readRetrieval(name);
    try (LoadedDecoder model = FixtureModels.open(fixture, 2)) {
      float[] expected = logits(model, "ceiling:ceiling=16", fixture.tokens());
      for (String arm :
          List.of(
              "lm-infinite:global=4,local=16,ceiling=16,k=1000,middle=16",
              "infllm:global=4,local=16,block=5,representatives=2,blocks=1000",
              "infllm:global=0,local=16,block=64,representatives=4,blocks=0")) {
        if (arm.endsWith("blocks=0")) {
          // Until the first block is whole, all of it is shown.
          int[] tokens = Arrays.copyOf(fixture.tokens(), 16 + 63);
          float[] some = logits(model, "ceiling:ceiling=16", tokens);
          assertThat(FixtureModels.maxDifference(logits(model, arm, tokens), some))
              .as("%s, %s", name, arm)
              .isLessThanOrEqualTo(1e-4f);
        } else {
          assertThat(FixtureModels.maxDifference(logits(model, arm, fixture.tokens()), expected))
              .as("%s, %s", name, arm)
              .isLessThanOrEqualTo(1e-4f);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gqa", "mpt-odd"})
  void predictsTheBytesThatItHolds(String name) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.readRetrieval(name);
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      for (String text :
          List.of(
              "lm-infinite:global=4,local=16,ceiling=16,k=5",
              "infllm:global=4,local=16,block=1,representatives=2,blocks=3",
              "infllm:global=4,local=500,block=4,representatives=2,blocks=3")) {
        Arm arm = FixtureModels.arm(text);
        for (int length : new int[] {1, 20, 64, 65, 100}) {
          Decoder decoder = model.decoder().storing(CacheType.BF16);
          ContextSession session = ArmSessions.start(decoder, arm, 16, Probe.NONE);
          session.feed(fixture.tokens(), 0, length, null, Cancellation.NONE);
          assertThat(session.cacheBytes())
              .as("%s after %d tokens", arm, length)
              .isEqualTo(ArmSessions.predictedCacheBytes(decoder, arm, 16, length));
        }
      }
    }
  }

  @Test
  void rowsShowWhatWasRetrieved() throws IOException {
    ReferenceFixture fixture = ReferenceFixture.readRetrieval("gqa");
    Arm arm = FixtureModels.arm("lm-infinite:global=4,local=16,ceiling=20,k=5,middle=11");
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      AttentionTile tile =
          AttentionTiles.row(model.decoder(), arm, fixture.tokens(), 1, 2, 90, Cancellation.NONE);
      assertThat(tile.keys()).hasSize(4 + 5 + 16).isSorted().doesNotHaveDuplicates();
      double sum = 0;
      for (int k = 0; k < tile.keys().length; k++) {
        sum += tile.probabilities()[k];
        boolean middle = k >= 4 && k < 9;
        assertThat(tile.effectiveDistances()[k])
            .isEqualTo(middle ? 11 : Math.min(20, 90 - tile.keys()[k]));
        assertThat(tile.global()[k]).isEqualTo(k < 4);
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  private static float[] logits(LoadedDecoder model, String arm, int[] tokens) {
    return FixtureModels.logits(model.decoder(), FixtureModels.arm(arm), tokens, 30, 256);
  }
}
