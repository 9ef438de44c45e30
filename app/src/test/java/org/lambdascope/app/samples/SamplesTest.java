package org.lambdascope.app.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {

  @TempDir Path folder;

  private Path model(String name) throws IOException {
    Path model = Files.createDirectories(folder.resolve("models").resolve(name));
    Files.writeString(model.resolve("config.json"), "{}");
    return model;
  }

  private Path document(String name, int length) throws IOException {
    Path documents = Files.createDirectories(folder.resolve("documents"));
    return Files.writeString(documents.resolve(name), "a".repeat(length));
  }

  @Test
  void theDefaultModelComesFirstAndDocumentsByLength() throws IOException {
    Path alpha = model("alpha");
    Path llama = model("lambda-llama");
    Files.createDirectories(folder.resolve("models/no-model"));
    Path book = document("a-book.txt", 900);
    Path welcome = document("welcome.txt", 80);
    document("welcome.json", 2);
    Samples samples = Samples.in(folder);
    assertThat(samples.models()).containsExactly(llama, alpha);
    assertThat(samples.documents()).containsExactly(welcome, book);
    assertThat(samples.defaultModel()).contains(llama);
    assertThat(samples.welcome()).contains(welcome);
    assertThat(samples.comparisons()).extracting(Comparison::model).contains("lambda-llama");
  }

  @Test
  void namesStandForSamplesOnlyWhereNoPathDoes() throws IOException {
    Path alpha = model("alpha");
    Path book = document("book.txt", 9);
    Samples samples = Samples.in(folder);
    assertThat(samples.modelOr(Path.of("alpha"))).isEqualTo(alpha);
    assertThat(samples.modelOr(folder)).isEqualTo(folder);
    assertThat(samples.modelOr(Path.of("beta"))).isEqualTo(Path.of("beta"));
    assertThat(samples.documentOr(Path.of("book"))).isEqualTo(book);
    assertThat(samples.documentOr(Path.of("book.txt"))).isEqualTo(book);
  }

  @Test
  void absentSamplesSayWhereTheyWereExpected() {
    Samples absent = Samples.in(folder.resolve("nowhere"));
    assertThat(absent.models()).isEmpty();
    assertThat(absent.documents()).isEmpty();
    assertThat(absent.comparisons()).isEmpty();
    assertThat(absent.expected()).contains("models/lambda-llama").contains("nowhere");
    assertThat(Samples.none().welcome()).isEmpty();
    assertThat(Samples.none().expected()).contains(Samples.PROPERTY);
  }

  @Test
  void theLauncherNamesTheFolder() throws IOException {
    model("lambda-llama");
    System.setProperty(Samples.PROPERTY, folder.toString());
    try {
      assertThat(Samples.installed().defaultModel()).isPresent();
    } finally {
      System.clearProperty(Samples.PROPERTY);
    }
    assertThat(Samples.installed().defaultModel()).isEmpty();
  }
}
