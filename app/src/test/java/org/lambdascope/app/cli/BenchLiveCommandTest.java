package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.shell.TinyModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The window's view-models without a display, on a tiny model. Nothing here asserts a time. */
final class BenchLiveCommandTest {

  @TempDir Path folder;

  private Samples samples = Samples.none();

  @BeforeEach
  void samples() throws IOException {
    samples = TinyModel.samples(folder.resolve("samples"), 700);
  }

  @Test
  void movesEverySettingAndSaysWhatWasReused() {
    Invocation run =
        Invocation.with(
            samples, "bench", "live", "--length", "600", "--repetitions", "3", "--json");
    assertThat(run.err).isEmpty();
    assertThat(run.status).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out);
    assertThat(result.get("model").asString()).isEqualTo("lambda-llama");
    assertThat(result.get("tokens").asInt()).isEqualTo(600);
    assertThat(result.get("medianPartialSeconds").asDouble()).isPositive();
    JsonNode settings = result.get("settings");
    assertThat(settings.valueStream().map(s -> s.get("key").asString()))
        .containsExactly("global", "local", "ceiling", "k", "sink", "recent");
    for (JsonNode setting : settings) {
      assertThat(setting.get("rest").asInt()).isNotEqualTo(setting.get("moved").asInt());
      assertThat(setting.get("reusedPositions").asInt() % 256).isZero();
      assertThat(setting.get("partialSeconds")).hasSize(3);
      assertThat(setting.get("completeSeconds")).hasSize(3);
      for (int i = 0; i < 3; i++) {
        double partial = setting.get("partialSeconds").get(i).asDouble();
        assertThat(partial).isPositive();
        assertThat(setting.get("completeSeconds").get(i).asDouble())
            .isGreaterThanOrEqualTo(partial);
      }
      // Every arm is told at rest, whichever way the last move went.
      assertThat(setting.get("arm").asString())
          .isIn(settings.get(0).get("arm").asString(), settings.get(4).get("arm").asString());
    }
  }

  @Test
  void printsATableAndUsesAShortTextWhole() {
    Invocation run = Invocation.with(samples, "bench", "live", "--repetitions", "1");
    assertThat(run.status).isZero();
    assertThat(run.err).contains("fewer than --length 4096; using all of them");
    assertThat(run.out)
        .contains("milliseconds: median, fastest, slowest")
        .contains("lm-infinite global 10, 20")
        .contains("streaming-llm sink 4, 8")
        .contains("\nall ");
  }

  @Test
  void saysWhatItCannotMeasure() throws IOException {
    assertThat(Invocation.with(samples, "bench", "live", "--length", "1").err)
        .contains("--length: expected a whole number from 2");
    assertThat(Invocation.with(samples, "bench", "live", "--repetitions", "0").err)
        .contains("--repetitions: expected a whole number from 1");
    Invocation none = Invocation.of("bench", "live", folder.resolve("none").toString());
    assertThat(none.status).isEqualTo(ExitStatus.FAILURE);
    assertThat(none.err).contains("no such file or folder");
    Path binary = Files.write(folder.resolve("b.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    Invocation text = Invocation.with(samples, "bench", "live", "--text", binary.toString());
    assertThat(text.status).isEqualTo(ExitStatus.FAILURE);
    assertThat(text.err).contains("b.txt");
    Invocation stopped =
        Invocation.cancelledBy(() -> true, samples, "bench", "live", "--length", "100");
    assertThat(stopped.status).isEqualTo(ExitStatus.INTERRUPTED);
  }
}
