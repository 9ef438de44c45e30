package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFileTest {

  private static final String NEW = "new";

  @TempDir Path folder;
  private Path model = Path.of("");
  private Path text = Path.of("");

  @BeforeEach
  void write() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    text = Files.writeString(folder.resolve("text.txt"), "text");
  }

  @Test
  void aFileAppearsWhenItIsWhole() throws IOException {
    Path target = Files.writeString(folder.resolve("out.json"), "old");
    try (OutputFile file = begin(target)) {
      file.stream().write(NEW.getBytes(StandardCharsets.UTF_8));
      assertThat(target).hasContent("old");
      file.commit();
    }
    assertThat(target).hasContent(NEW);
    assertThat(names()).containsExactly("model", "out.json", "text.txt");
  }

  @Test
  void aFileThatIsNotFinishedLeavesNothing() throws IOException {
    Path target = Files.writeString(folder.resolve("out.json"), "old");
    Path part = Files.writeString(folder.resolve("out.json.part"), "the user's own");
    try (OutputFile file = begin(target)) {
      file.stream().write(1);
    }
    assertThat(target).hasContent("old");
    assertThat(part).hasContent("the user's own");
    assertThat(names()).containsExactly("model", "out.json", "out.json.part", "text.txt");
  }

  @Test
  void aSymbolicLinkStaysOne() throws IOException {
    Path there = Files.writeString(folder.resolve("there.json"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("there.json"));
    Path dangling = Files.createSymbolicLink(folder.resolve("d.json"), Path.of("later.json"));
    for (Path target : List.of(link, dangling)) {
      put(target);
      assertThat(target).isSymbolicLink();
    }
    assertThat(there).hasContent(NEW);
    assertThat(folder.resolve("later.json")).hasContent(NEW);
  }

  @Test
  void aPipeIsWrittenIntoAndStaysAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/mkfifo")), "skipped: no mkfifo on this system");
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                return String.valueOf(e);
              }
            });
    put(pipe);
    assertThat(read.get()).isEqualTo(NEW);
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void inputsAreNotOverwritten() throws IOException {
    assertThatThrownBy(() -> begin(text))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("another file than the text");
    Path weights = Files.writeString(model.resolve("model.safetensors"), "weights");
    assertThatThrownBy(() -> begin(weights)).hasMessageContaining("no part of the model");
    Path gguf = Files.writeString(folder.resolve("model.gguf"), "weights");
    assertThatThrownBy(() -> OutputFile.begin("--out", gguf, gguf, null))
        .hasMessageContaining("no part of the model");
    put(model.resolve("logits.npy"));
    put(model.resolve("logits.npy"));
    assertThat(weights).hasContent("weights");
  }

  @Test
  void theEmptyPathIsNoPlace() {
    assertThatThrownBy(() -> begin(Path.of("")))
        .hasMessage("--json: expected a path, found an empty text");
    assertThat(Invocation.of("info", "").err).contains("MODEL: expected a path");
    assertThatThrownBy(() -> ProbeFiles.into(Path.of(""), false))
        .hasMessageContaining("--out: expected");
    assertThatThrownBy(() -> ProbeFiles.into(text, false))
        .hasMessageContaining("expected a folder to write into, found a file");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 200_000})
  void aFailureNamesTheFile(int bytes) throws IOException {
    Path full = Path.of("/dev/full");
    // A file where the device should be would only grow.
    Assumptions.assumeTrue(
        Files.exists(full) && !Files.isRegularFile(full), "skipped: no /dev/full on this system");
    try (JsonFile file = JsonFile.begin("--json", full, model, text)) {
      assertThatThrownBy(
              () -> {
                file.generator().writeString("x".repeat(bytes));
                file.commit();
              })
          .satisfies(
              e ->
                  assertThat(Failures.describe(e))
                      .isEqualTo("--json /dev/full: cannot be written: No space left on device"));
    }
    assertThat(Files.isRegularFile(full)).isFalse();
  }

  private OutputFile begin(Path target) {
    return OutputFile.begin("--json", target, model, text);
  }

  private void put(Path target) throws IOException {
    try (OutputFile file = begin(target)) {
      file.stream().write(NEW.getBytes(StandardCharsets.UTF_8));
      file.commit();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
