package org.lambdascope.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Experiment files are read whole, and every mistake is told with its line. */
class ExperimentFileTest {

  private static final String HEAD =
      """
      lambdascope: 1
      model: lambda-llama
      arms: [vanilla, 'window:local=64']
      data: {text: a.txt, piece: 128, count: 2}
      experiments:
      """;

  @TempDir Path folder;

  private ExperimentFile read(String experiments) throws IOException {
    return ExperimentFile.read(Files.writeString(folder.resolve("x.yaml"), HEAD + experiments));
  }

  @Test
  void theCacheIsNamed() throws IOException {
    String experiment = "  - {kind: ood-factors, length: 64}\n";
    assertThat(read(experiment).cache()).isEqualTo("f32");
    assertThat(read(experiment + "cache: bf16\n").cache()).isEqualTo("bf16");
    assertThatThrownBy(() -> read(experiment + "cache: f8\n"))
        .hasMessageContaining("x.yaml:7: cache: ")
        .hasMessageContaining("expected one of f32, f16, bf16, q8");
  }

  @Test
  void everyKindIsRead() throws IOException {
    ExperimentFile file =
        read(
            """
              - {kind: perplexity, lengths: [64, 1_024], stride: 32}
              - {kind: generation-quality, lengths: 64}
              - {kind: passkey, make: {lengths: [64], depths: [0, 0.5, 1]}}
              - {kind: needle, prompts: n.jsonl, length-field: tokens}
              - {kind: key-value, prompts: kv.jsonl}
              - {kind: qa, questions: q.jsonl, passages: [0, 1, 5]}
              - {kind: efficiency, lengths: [64], name: speed, arms: vanilla}
              - {kind: context-scaling, contexts: [0, 64]}
              - {kind: context-controls, context: 64, seed: 3}
              - {kind: ablation, arm: lm-infinite, grid: {global: [0, 4]}, length: 64, arms: []}
              - {kind: ood-factors, length: 64, heads: [0, 3]}
            """);
    assertThat(file.name()).isEqualTo("x");
    assertThat(file.experiments())
        .extracting(e -> e.header().kind())
        .containsExactlyElementsOf(ExperimentReader.KINDS);
    ExperimentSpec.Perplexity first = (ExperimentSpec.Perplexity) file.experiments().getFirst();
    assertThat(first.lengths()).containsExactly(64, 1024);
    assertThat(first.header().arms()).hasSize(2);
    assertThat(first.data().piece()).isEqualTo(128);
    ExperimentSpec.Retrieval needle = (ExperimentSpec.Retrieval) file.experiments().get(3);
    assertThat(needle.prompts().at()).containsOnlyKeys("tokens", "depth");
    assertThat(file.experiments().get(6).header().name()).isEqualTo("speed");
    assertThat(file.experiments().get(6).header().arms()).hasSize(1);
    ExperimentSpec.FixedTargets scaling = (ExperimentSpec.FixedTargets) file.experiments().get(7);
    assertThat(scaling.controls()).isFalse();
    assertThat(scaling.contexts()).containsExactly(0, 64);
    ExperimentSpec.FixedTargets controls = (ExperimentSpec.FixedTargets) file.experiments().get(8);
    assertThat(controls.controls()).isTrue();
    assertThat(controls.contexts()).containsExactly(64);
    assertThat(controls.seed()).isEqualTo(3);
    assertThat(file.experiments().get(9).header().arms()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- {kind: perplexty, lengths: 64}|x.yaml:6: experiments[0].kind: expected one of perplexity",
        "- {kind: perplexity}|x.yaml:6: experiments[0]: expected the key 'lengths'",
        "- {kind: perplexity, lengths: [64, 64]}|expected more than the 64 before it, found '64'",
        "- {kind: perplexity, lengths: [x]}|lengths[0]: expected a whole number from 2 to",
        "- {kind: perplexity, lengths: 64, stride: 65}|at most the shortest length, 64",
        "- {kind: perplexity, lengths: 64, window: -1}|window: expected a whole number from 1",
        "- {kind: perplexity, lengths: 64, lenght: 3}|lenght: unknown key; expected one of kind",
        "- {kind: qa, lengths: 64}|expected the key 'questions'",
        "- {kind: passkey}|expected either the key 'prompts' or the key 'make'",
        "- {kind: passkey, make: {lengths: 64, depths: 2}}|depths: expected a share from 0 to 1",
        "- {kind: ablation, arm: ceiling, grid: {}, length: 9}|one or two parameters, found 0",
        "- {kind: context-controls, contexts: 64}|expected the key 'context', found kind, contexts",
        "- {kind: context-scaling, contexts: 0, seed: 1}|seed: unknown key",
        "- {kind: efficiency, lengths: 64, arms: []}|arms: expected at least one item",
        "- {kind: efficiency, lengths: 64, name: A B}|name: expected at most 64 lower-case letters",
        "- {kind: efficiency, kind: qa, lengths: 64}|kind: this key is given twice",
        "- 7|experiments[0]: expected a mapping of keys to values, found '7'",
        "- {kind: efficiency, lengths: 64, data: {jsonl: a, text: b}}|found two",
        "- {kind: efficiency, lengths: 64, data: {text: b, field: c}}|only with jsonl or parquet",
        "- [kind|x.yaml:7: not YAML"
      })
  void mistakesAreToldWithTheirPlace(String experiment, String message) {
    assertThatThrownBy(() -> read(experiment + "\n"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith("x.yaml:");
  }

  @Test
  void twoExperimentsOfOneNameAreRefused() {
    String one = "  - {kind: efficiency, lengths: 64}\n";
    assertThatThrownBy(() -> read(one + one)).hasMessageContaining("two experiments are named");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    assertThatThrownBy(() -> ExperimentFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> ExperimentFile.read(folder)).hasMessageContaining("found a folder");
    Path file = folder.resolve("x.yaml");
    Files.writeString(file, "");
    assertThatThrownBy(() -> ExperimentFile.read(file)).hasMessageContaining("an empty one");
    Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28});
    assertThatThrownBy(() -> ExperimentFile.read(file)).hasMessageContaining("UTF-8");
    Files.writeString(file, HEAD.replace("lambdascope: 1", "lambdascope: 2") + "  - {}");
    assertThatThrownBy(() -> ExperimentFile.read(file)).hasMessageContaining("expected 1, the");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> ExperimentFile.read(file)).hasMessageContaining("at most 1 MiB");
  }

  @Test
  void aliasesCannotExplode() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    Path file = Files.writeString(folder.resolve("x.yaml"), bomb);
    assertThatThrownBy(() -> ExperimentFile.read(file)).isInstanceOf(SpecException.class);
  }
}
