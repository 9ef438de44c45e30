package org.lambdascope.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.ScoreListener;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.generation.GenerationListener;
import org.lambdascope.engine.generation.GenerationOptions;
import org.lambdascope.engine.generation.GenerationResult;
import org.lambdascope.engine.generation.Generator;
import org.lambdascope.engine.generation.SamplingOptions;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real trained model, as a Hugging Face folder and as GGUF, against Hugging Face transformers.
 */
final class StoriesModelTest {

  private static final int PRETRAIN_LENGTH = 512;

  private static LanguageModel open(String file) throws IOException {
    return ModelLoader.open(SharedData.require("models/" + file));
  }

  private static JsonNode reference() {
    Path file = SharedData.require("models/stories260K/reference.json");
    return JsonMapper.shared().readTree(file.toFile());
  }

  private static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stories260K", "stories260K/stories260K.gguf"})
  void promptLogitsAreThoseOfTransformers(String file) throws IOException {
    JsonNode expected = reference().get("prompt_logits");
    int[] prompt = ints(reference().get("prompt_ids"));
    double[] worst = {0};
    try (LanguageModel model = open(file)) {
      ArmSessions.start(model.decoder(), ArmParser.parse("vanilla", 512), 256, Probe.NONE)
          .feed(
              prompt,
              0,
              prompt.length,
              (position, logits, offset) -> {
                JsonNode row = expected.get(position);
                for (int v = 0; v < row.size(); v++) {
                  double difference = Math.abs(row.get(v).asDouble() - logits[offset + v]);
                  worst[0] = Math.max(worst[0], difference);
                }
              },
              Cancellation.NONE);
    }
    assertThat(worst[0]).as("max |Δlogit|").isBetween(0.0, 1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stories260K", "stories260K/stories260K.gguf"})
  void greedyIdsAreThoseOfTransformers(String file) throws IOException {
    int[] expected = ints(reference().get("greedy_ids"));
    try (LanguageModel model = open(file)) {
      GenerationResult result =
          Generator.generate(
              ArmSessions.start(model.decoder(), ArmParser.parse("vanilla", 512), 256, Probe.NONE),
              model.tokenizer(),
              new int[] {expected[0]},
              new GenerationOptions(
                  expected.length - 1, SamplingOptions.GREEDY, java.util.List.of(), false, 256),
              GenerationListener.NONE,
              model.kernels(),
              Cancellation.NONE);
      assertThat(result.ids()).isEqualTo(Arrays.copyOfRange(expected, 1, expected.length));
      assertThat(model.tokenizer().decode(expected).strip())
          .isEqualTo(reference().get("greedy_text").asString().strip());
    }
  }

  /**
   * Mean negative log-likelihood over query positions, from an independent PyTorch run ({@code
   * src/test/reference/stories_nll.py}): the collapse of vanilla, the cure, and each half of it.
   */
  @ParameterizedTest
  @CsvSource({
    "vanilla,                 5.345",
    "ceiling,                 1.450",
    "lambda-mask,             4.748",
    "window,                  1.288",
    "lm-infinite,             1.290",
    "lm-infinite:global=1,    1.284",
    "lm-infinite:global=64,   1.329",
  })
  void lengthGeneralisationIsThatOfTheReference(String arm, double expected) throws IOException {
    try (LanguageModel model = open("stories260K")) {
      ScoreResult result = score(model, arm, 4096);
      assertThat(result.meanNll(256, 512)).isCloseTo(1.218, within(0.01));
      assertThat(result.meanNll(2048, 4096)).isCloseTo(expected, within(0.01));
    }
  }

  @Test
  void lmInfiniteIsVanillaToTheLastBitUpToItsWindow() throws IOException {
    try (LanguageModel model = open("stories260K")) {
      assertThat(score(model, "lm-infinite", PRETRAIN_LENGTH).nll())
          .isEqualTo(score(model, "vanilla", PRETRAIN_LENGTH).nll());
    }
  }

  @Test
  void theCacheOfALambdaArmDoesNotGrowWithTheText() throws IOException {
    try (LanguageModel model = open("stories260K")) {
      for (String arm : new String[] {"lm-infinite", "window", "lambda-mask", "streaming-llm"}) {
        ScoreResult shorter = score(model, arm, 2048);
        ScoreResult longer = score(model, arm, 8192);
        assertThat(longer.cacheBytes()).as(arm).isEqualTo(shorter.cacheBytes());
        assertThat(longer.cacheBytes())
            .as(arm)
            .isEqualTo(
                ArmSessions.predictedCacheBytes(
                    model.decoder(), longer.arm(), ScoreOptions.DEFAULT.chunk(), 8192));
      }
    }
  }

  @Test
  void cancelledScoringKeepsWhatItHas() throws IOException {
    try (LanguageModel model = open("stories260K")) {
      int[] seen = {0};
      ScoreResult result =
          Scoring.score(
              model.decoder(),
              ArmParser.parse("lm-infinite", PRETRAIN_LENGTH),
              text(model, 4096),
              ScoreOptions.DEFAULT,
              (from, to, nll) -> seen[0] = to,
              () -> seen[0] >= 1024);
      assertThat(result.cancelled()).isTrue();
      assertThat(result.scored()).isEqualTo(1024);
      assertThat(result.nll()[1023]).isPositive();
      assertThat(result.nll()[1024]).isNaN();
    }
  }

  private static ScoreResult score(LanguageModel model, String arm, int length) throws IOException {
    Arm parsed = ArmParser.parse(arm, PRETRAIN_LENGTH);
    return Scoring.score(
        model.decoder(),
        parsed,
        text(model, length),
        ScoreOptions.DEFAULT,
        ScoreListener.NONE,
        Cancellation.NONE);
  }

  private static int[] text(LanguageModel model, int length) throws IOException {
    String text = Files.readString(SharedData.require("texts/tinystories-valid.txt"));
    int[] ids = model.tokenizer().encode(text.substring(0, 8 * length), true);
    return IntStream.of(ids).limit(length).toArray();
  }
}
