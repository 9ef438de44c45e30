package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.shell.TinyModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The commands on bundled samples: a small random model in their place. */
class SamplesCommandsTest {

  private static final int TOKENS = 300;

  @TempDir Path folder;
  private Samples samples = Samples.none();

  @BeforeEach
  void make() throws IOException {
    samples = TinyModel.samples(folder.resolve("samples"), TOKENS);
  }

  @Test
  void demoComparesTheArmsInNumbersWordsAndFigures() throws IOException {
    Path out = folder.resolve("demo");
    Invocation run = Invocation.with(samples, "demo", "--out", out.toString());
    assertThat(run.status).isZero();
    assertThat(run.out)
        .contains("vanilla     window  lm-infinite")
        .contains("== vanilla")
        .contains("== window:local=64")
        .contains("== lm-infinite:global=10,local=64,ceiling=64");
    assertThat(run.err).contains("lambda-llama: vanilla on 300 tokens");
    assertThat(run.out.lines()).allMatch(line -> line.length() <= 80 || line.contains("demo"));
    for (String name : List.of("logits_by_distance", "entropy", "pca", "nll")) {
      for (String extension : List.of("csv", "svg", "png", "pdf")) {
        assertThat(out.resolve(name + "." + extension)).isNotEmptyFile();
      }
    }
    assertThat(run.out).contains(Files.readString(out.resolve("report.txt")));
  }

  @Test
  void demoShowsCepeWhereItsModelIsBundled() throws IOException {
    TinyModel.addCepe(folder.resolve("samples"));
    Path out = folder.resolve("demo");
    Invocation run = Invocation.with(samples, "demo", "--out", out.toString());
    assertThat(run.status).as(run.err).isZero();
    assertThat(run.out).contains("== vanilla").contains("== cepe:");
    assertThat(out.resolve("nll.csv")).content().contains("cepe");
  }

  @Test
  void demoReadsAsMuchAsIsAskedFor() {
    String out = folder.resolve("demo").toString();
    assertThat(Invocation.with(samples, "demo", "--out", out, "--length", "90").err)
        .contains("on 90 tokens");
    Invocation bad = Invocation.with(samples, "demo", "--out", out, "--length", "1");
    assertThat(bad.status).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void anInterruptedDemoKeepsTheArmsThatAreDone() {
    Path out = folder.resolve("demo");
    AtomicInteger asked = new AtomicInteger();
    Invocation run =
        Invocation.cancelledBy(
            () -> asked.incrementAndGet() > 60, samples, "demo", "--out", out.toString());
    assertThat(run.status).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(run.err).contains("interrupted; ").doesNotContain("lm-infinite");
    assertThat(run.out).contains("== vanilla").contains("interrupted");
    assertThat(out.resolve("report.txt")).isNotEmptyFile();
    assertThat(out.resolve("nll.pdf")).isNotEmptyFile();
  }

  @Test
  void aNameThatIsNotBundledIsToldWhichAre() {
    assertThat(Invocation.with(samples, "score", "lamda-llama").err)
        .contains("lamda-llama: no such file or folder; expected a Hugging Face folder")
        .contains("or the name of what is bundled: lambda-llama");
    assertThat(Invocation.with(samples, "score", "lambda-llama", "--file", "welcom").err)
        .contains("welcom: no such file; expected a text in UTF-8, or")
        .contains("bundled: welcome");
    assertThat(Invocation.with(Samples.none(), "info", "x").err)
        .contains("expected a Hugging Face folder or a GGUF file")
        .doesNotContain("bundled:");
  }

  @Test
  void missingSamplesAreSaidPlainly() {
    Path out = folder.resolve("demo");
    for (Samples absent : List.of(Samples.none(), Samples.in(folder.resolve("nowhere")))) {
      Invocation run = Invocation.with(absent, "demo", "--out", out.toString());
      assertThat(run.status).isEqualTo(ExitStatus.FAILURE);
      assertThat(run.err).contains("the bundled samples are missing: " + absent.expected());
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void whatIsNotNamedIsBundled() {
    Invocation score = Invocation.with(samples, "score", "--length", "20");
    assertThat(score.status).isZero();
    assertThat(score.err).contains("using the bundled model lambda-llama and text welcome.txt");
    Invocation generate =
        Invocation.with(samples, "generate", "lambda-llama", "--max-new-tokens", "2");
    assertThat(generate.status).isZero();
    assertThat(generate.err).contains("using the bundled text welcome.txt");
    Invocation prompted = Invocation.with(samples, "generate", "--prompt", "a", "--greedy");
    assertThat(prompted.status).isZero();
    assertThat(prompted.err).contains("using the bundled model lambda-llama");
    String out = folder.resolve("probe").toString();
    assertThat(Invocation.with(samples, "probe", "--length", "40", "--out", out).status).isZero();
    assertThat(Invocation.with(samples, "tokenize", "--text", "a").status).isZero();
  }

  @Test
  void bundledModelsAndDocumentsHaveNames() throws IOException {
    assertThat(Invocation.with(samples, "info", "lambda-llama").out).contains("L_pretrain  64");
    Invocation score =
        Invocation.with(samples, "score", "lambda-llama", "--file", "welcome", "--length", "9");
    assertThat(score.status).isZero();
    assertThat(score.err).isEmpty();
    // A path of that name goes first.
    Path file = Files.writeString(folder.resolve("lambda-llama"), "no model");
    assertThat(Invocation.with(samples, "info", file.toString()).status)
        .isEqualTo(ExitStatus.FAILURE);
    assertThat(Invocation.with(samples, "gui", "lambda-llama", "welcome").windows)
        .first()
        .asString()
        .contains(folder.toString());
  }

  @Test
  void infoListsWhatIsBundled() {
    assertThat(Invocation.with(samples, "info").out)
        .contains("lambda-llama        llama, ")
        .contains("welcome.txt         1 KiB");
    JsonNode list = new ObjectMapper().readTree(Invocation.with(samples, "info", "--json").out);
    assertThat(list.get("models").get(0).get("name").asString()).isEqualTo("lambda-llama");
    assertThat(list.get("documents").size()).isEqualTo(1);
  }
}
