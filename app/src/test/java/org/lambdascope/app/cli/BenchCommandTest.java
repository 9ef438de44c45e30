package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The bench, on the smallest shape. Nothing here asserts a time. */
final class BenchCommandTest {

  @TempDir Path folder;

  @Test
  void timesArmsThatTakeTurns() {
    Invocation run =
        Invocation.of(
            "bench",
            "--shape",
            "tiny",
            "--dtype",
            "q8_0",
            "--prefill",
            "16",
            "--depth",
            "0,40",
            "--steps",
            "2",
            "--repetitions",
            "3",
            "--json",
            "--arm",
            "vanilla",
            "--arm",
            "lm-infinite:local=16,ceiling=16",
            "--cache",
            "f16");
    assertThat(run.err).isEmpty();
    assertThat(run.status).isZero();
    JsonNode result = new ObjectMapper().readTree(run.out);
    assertThat(result.get("cache").asString()).isEqualTo("f16");
    assertThat(result.get("multiplyAddsPerSecond").asDouble()).isPositive();
    assertThat(result.get("bytesPerSecond").asDouble()).isPositive();
    JsonNode speeds = result.get("speeds");
    // Per arm: the prefill, decoding at both depths, and reading up to the deeper one.
    assertThat(speeds).hasSize(6);
    for (JsonNode speed : speeds) {
      assertThat(speed.get("medianTokensPerSecond").asDouble()).isPositive();
      assertThat(speed.get("boundTokensPerSecond").asDouble()).isPositive();
      assertThat(speed.get("tokensPerSecond")).hasSize(3);
    }
    assertThat(speeds.get(0).get("task").asString()).isEqualTo("prefill");
    assertThat(speeds.get(5).get("task").asString()).isEqualTo("decode");
    assertThat(speeds.get(5).get("tokens").asInt()).isEqualTo(40);
  }

  @Test
  void saysWhatDiagnosticsCost() {
    Invocation run =
        Invocation.of(
            "bench",
            "--shape",
            "tiny",
            "--prefill",
            "40",
            "--probes",
            "--steps",
            "1",
            "--repetitions",
            "1",
            "--arm",
            "lm-infinite:local=16,ceiling=16");
    assertThat(run.err).isEmpty();
    assertThat(run.status).isZero();
    assertThat(run.out)
        .containsSubsequence("prefill", "probed", "× the time without diagnostics", "decode");
  }

  @Test
  void saysWhatCompanyGains() {
    Invocation run =
        Invocation.of(
            "bench",
            "--shape",
            "tiny",
            "--prefill",
            "0",
            "--depth",
            "0,40",
            "--together",
            "3",
            "--steps",
            "2",
            "--repetitions",
            "2",
            "--arm",
            "vanilla",
            "--arm",
            "truncate:local=16,stride=8"); // which reads its windows alone
    assertThat(run.err).isEmpty();
    assertThat(run.status).isZero();
    assertThat(run.out)
        .containsSubsequence(
            "decode", "together", "× the tokens of a text alone", "decode", "together");
    assertThat(run.out.split("together", -1)).hasSize(3);
    Invocation alone = Invocation.of("bench", "--shape", "tiny", "--together", "8");
    assertThat(alone.status).isEqualTo(ExitStatus.USAGE);
    assertThat(alone.err).contains("--together").contains("2").contains("7").contains("8");
  }

  @Test
  void makesKeysUpForThoseWhoKeepAll() {
    Invocation run =
        Invocation.of(
            "bench",
            "--shape",
            "tiny",
            "--prefill",
            "0",
            "--depth",
            "100,140",
            "--assume-from",
            "100",
            "--steps",
            "2",
            "--repetitions",
            "1",
            "--json",
            "--arm",
            "vanilla",
            "--arm",
            "window:local=16");
    assertThat(run.err).isEmpty();
    assertThat(run.status).isZero();
    JsonNode speeds = new ObjectMapper().readTree(run.out).get("speeds");
    // The window reads up to 100, which is timed; then both decode, at 100 and at 140.
    assertThat(speeds).hasSize(5);
    assertThat(speeds.get(0).get("task").asString()).isEqualTo("prefill");
    assertThat(speeds.get(0).get("arm").asString()).startsWith("window");
    assertThat(speeds.get(3).get("arm").asString()).isEqualTo("vanilla");
    assertThat(speeds.get(3).get("tokens").asInt()).isEqualTo(140);
    assertThat(speeds.get(3).get("cacheBytes").asLong())
        .isGreaterThanOrEqualTo(speeds.get(4).get("cacheBytes").asLong());
  }

  @Test
  void keepsTheRandomModelAndReadsItAgain() {
    Path kept = folder.resolve("tiny.gguf");
    Invocation made =
        Invocation.of(
            "bench",
            "--shape",
            "tiny",
            "--dtype",
            "q4_0",
            "--prefill",
            "8",
            "--steps",
            "1",
            "--repetitions",
            "1",
            "--keep",
            kept.toString());
    assertThat(made.err).isEmpty();
    assertThat(made.status).isZero();
    assertThat(made.out).contains("limits: ", "GB/s", "prefill", "decode", "vanilla");
    assertThat(kept).isNotEmptyFile();
    Invocation again =
        Invocation.of(
            "bench", kept.toString(), "--prefill", "8", "--steps", "1", "--repetitions", "1");
    assertThat(again.status).isZero();
    Invocation twice = Invocation.of("bench", "--shape", "tiny", "--keep", kept.toString());
    assertThat(twice.status).isEqualTo(1);
    assertThat(twice.err).contains("does not exist yet");
  }

  @Test
  void refusesWhatItCannotMeasure() {
    assertThat(Invocation.of("bench", "--shape", "huge").err)
        .contains("--shape: expected one of [llama-110m, llama-1.1b, tiny], found 'huge'");
    assertThat(Invocation.of("bench", "--shape", "tiny", "--steps", "0").err)
        .contains("--steps: expected a whole number from 1");
    assertThat(Invocation.of("bench", "--keep", "x.gguf").err).contains("--shape beside it");
    assertThat(Invocation.of("bench", "model", "--shape", "tiny").err).contains("found both");
  }
}
