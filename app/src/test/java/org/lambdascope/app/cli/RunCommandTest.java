package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.shell.TinyModel;

/** Experiment files, run, broken off and resumed, on a small random model. */
class RunCommandTest {

  private static final String FILE =
      """
      lambdascope: 1
      name: tiny
      model: lambda-llama
      arms: [vanilla, "window:local=16"]
      data: {text: welcome, piece: 64, count: 2}
      experiments:
        - {kind: perplexity, lengths: [16, 64], stride: 16, window: 8, smooth: 8}
        - {kind: generation-quality, lengths: [16], new-tokens: 4}
        - {kind: passkey, prompts: keys.jsonl, new-tokens: 2}
        - {kind: context-controls, arms: [vanilla, "replug:chunk=8,window=24"], context: 24, targets: 8}
        - {kind: qa, arms: [vanilla, replug], questions: questions.jsonl, passages: [0, 1, 2]}
        - {kind: ablation, arm: lm-infinite, grid: {global: [0, 4], local: [8, 16]}, length: 64}
        - {kind: ood-factors, length: 64, points: 16}
      """;

  @TempDir Path folder;
  private Samples samples = Samples.none();
  private Path file = Path.of("");

  @BeforeEach
  void make() throws IOException {
    samples = TinyModel.samples(folder.resolve("samples"), 300);
    file = Files.writeString(folder.resolve("tiny.yaml"), FILE);
    Files.writeString(
        folder.resolve("keys.jsonl"),
        """
        {"prompt": "the tea is", "answer": "t", "characters": 10, "depth": 0}
        {"prompt": "a rose is", "answer": "e", "characters": 10, "depth": 1}
        """);
    Files.writeString(
        folder.resolve("questions.jsonl"),
        """
        {"question": "a", "value": "tea", "passages": ["no tea", "hot tea"], "gold": 1}
        """);
  }

  private Invocation run(String out, String... more) {
    return run(new AtomicInteger(Integer.MIN_VALUE), out, more);
  }

  /** Runs; {@code left} counts up to 0 as it is asked whether to stop. */
  private Invocation run(AtomicInteger left, String out, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("run", file.toString(), "--out", folder.resolve(out).toString()));
    args.addAll(List.of("--store", folder.resolve("runs.duckdb").toString()));
    args.addAll(List.of(more));
    return Invocation.cancelledBy(
        () -> left.incrementAndGet() > 0, samples, args.toArray(String[]::new));
  }

  @Test
  void aRunLeavesMetricsFiguresAndARow() throws IOException {
    Invocation run = run("out");
    assertThat(run.status).as(run.err).isZero();
    assertThat(run.out)
        .contains("perplexity: nll_windowed (nats/token)")
        .contains("perplexity: nll_strided")
        .contains("generation-quality: bleu (%)")
        .contains("qa: f1");
    Path out = folder.resolve("out");
    assertThat(out.resolve("metrics.csv")).content().startsWith("experiment,metric,unit,arm");
    for (String figure :
        List.of(
            "perplexity",
            "perplexity-milestones",
            "generation-quality",
            "passkey",
            "context-controls",
            "qa",
            "ablation",
            "ablation-arms",
            "ood-factors-logits",
            "ood-factors-entropy",
            "ood-factors-pca")) {
      for (String format : List.of("pdf", "svg", "png")) {
        assertThat(out.resolve("figures").resolve(figure + "." + format)).isNotEmptyFile();
      }
      assertThat(out.resolve("figures").resolve(figure).resolve("data.csv")).isNotEmptyFile();
    }
    for (String table :
        List.of(
            "perplexity-table",
            "generation-quality-table",
            "passkey-table",
            "context-controls-table",
            "qa-table",
            "ablation-table",
            "ablation-arms-table")) {
      for (String format : List.of("pdf", "svg", "png", "tex")) {
        assertThat(out.resolve("figures").resolve(table + "." + format)).isNotEmptyFile();
      }
    }
    assertThat(out.resolve("figures/passkey/data.npz")).isNotEmptyFile();
    String store = folder.resolve("runs.duckdb").toString();
    String list = Invocation.of("runs", "list", "--store", store).out;
    assertThat(list).contains("done").contains("tiny, lambda-llama");
    String id = list.substring(0, 12);
    assertThat(Invocation.of("runs", "show", id, "--store", store).out)
        .contains("status         DONE")
        .contains("ablation: nll");
    assertThat(run("again").status).isZero();
    String both = Invocation.of("runs", "list", "--store", store).out;
    String other =
        both.lines()
            .map(l -> l.substring(0, 12))
            .filter(l -> !l.equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(
            Invocation.of("runs", "compare", id, other, "--metric", "nll", "--store", store)
                .out
                .lines()
                .skip(1))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(",0.0"));
    Path export = folder.resolve("all.parquet");
    assertThat(Invocation.of("runs", "export", export.toString(), "--store", store).status)
        .isZero();
    assertThat(export).isNotEmptyFile();
  }

  @Test
  void brokenOffAtAnyMomentItEndsWithTheSameBytes() throws IOException {
    assertThat(run("whole").status).isZero();
    Random random = new Random(3);
    boolean done = false;
    int breaks = 0;
    while (!done) {
      // Ever more patience, so that the longest unit is done at last.
      int patience = 1 + random.nextInt(60 + 40 * breaks);
      Invocation run = run(new AtomicInteger(-patience), "parts", "--resume");
      done = run.status == ExitStatus.OK;
      if (!done) {
        assertThat(run.status).as(run.err).isEqualTo(ExitStatus.INTERRUPTED);
        breaks++;
      }
    }
    assertThat(breaks).isGreaterThan(3);
    try (Stream<Path> files = Files.walk(folder.resolve("whole"))) {
      for (Path one : files.filter(Files::isRegularFile).toList()) {
        Path same = folder.resolve("parts").resolve(folder.resolve("whole").relativize(one));
        if (!one.endsWith("run.json") && !one.endsWith(".lock")) {
          assertThat(same).as(one.toString()).hasSameBinaryContentAs(one);
        }
      }
    }
  }

  @Test
  void anotherConfigurationIsNotResumed() throws IOException {
    assertThat(run(new AtomicInteger(-40), "out").status).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(run("out").err).contains("--resume goes on with it");
    Files.writeString(file, FILE.replace("window: 8", "window: 9"));
    Invocation changed = run("out", "--resume");
    assertThat(changed.status).isEqualTo(ExitStatus.FAILURE);
    assertThat(changed.err).contains("another configuration");
    Files.writeString(folder.resolve("note.txt"), "mine");
    assertThat(run("").err).contains("expected an empty folder or that of a run");
  }

  @Test
  void theKindAndTheCommandMeasureTheSame() throws IOException {
    Files.writeString(
        file,
        """
        lambdascope: 1
        model: lambda-llama
        arms: [vanilla, "replug:chunk=8,window=24,passages=2"]
        data: {text: welcome}
        experiments:
          - {kind: context-scaling, contexts: [0, 16, 100], targets: 8, stretches: 2, decode: 2}
        """);
    Invocation run = run("out");
    assertThat(run.status).as(run.err).isZero();
    Path figures = folder.resolve("out/figures");
    assertThat(figures.resolve("context-scaling-cost.pdf")).isNotEmptyFile();
    assertThat(figures.resolve("context-scaling-table.tex")).isNotEmptyFile();
    Invocation command =
        Invocation.with(
            samples,
            "context-scaling",
            "lambda-llama",
            "--documents",
            "welcome",
            "--contexts=0,16,100",
            "--targets=8",
            "--stretches=2",
            "--decode=2",
            "--arm=vanilla",
            "--arm=replug:chunk=8,window=24,passages=2",
            "--out",
            folder.resolve("command").toString());
    assertThat(command.status).as(command.err).isZero();
    // The two figures are drawn from different files by the same code.
    assertThat(figures.resolve("context-scaling/data.csv"))
        .hasSameTextualContentAs(folder.resolve("command/nll_by_context/data.csv"));
  }

  @Test
  void mistakesAreFoundBeforeAnyWork() throws IOException {
    for (String[] mistake :
        new String[][] {
          {"window:local=16", "windw", "tiny.yaml:4: arms[1]: unknown arm 'windw'"},
          {"window:local=16", "cepe", "expected a model with an encoder"},
          {"text: welcome", "text: nowhere", "expected a file or the name of a bundled one"},
          {"piece: 64", "piece: 32", "expected texts of at least 64 tokens"},
          {"count: 2", "count: 200", "expected at least count = 200 texts"},
          {
            "keys.jsonl",
            "questions.jsonl",
            "characters: expected a number, found none; the fields are"
          },
          {"passages: [0, 1, 2]", "passages: 3", "expected at least the 3 that are asked for"},
          {"context: 24", "context: 300", "expected a document of at least"},
          {"context: 24", "contexts: 24", "expected the key 'context'"},
          {"targets: 8", "targets: 24", "together than window = 24"},
          {"length: 64, points", "length: 64, layers: 9, points", "expected numbers below"},
          {"model: lambda-llama", "model: none", "tiny.yaml:3: model: expected a Hugging Face"}
        }) {
      assertThat(FILE).contains(mistake[0]);
      Files.writeString(file, FILE.replace(mistake[0], mistake[1]));
      Invocation run = run("out");
      assertThat(run.status).isEqualTo(ExitStatus.FAILURE);
      assertThat(run.err).contains(mistake[2]);
      assertThat(folder.resolve("out/metrics.csv")).doesNotExist();
      assertThat(run("out", "--check").err).contains(mistake[2]);
    }
  }

  @Test
  void aCheckSaysWhatThereIsToDo() {
    Invocation check = run("out", "--check");
    assertThat(check.status).isZero();
    assertThat(check.out).contains("perplexity (perplexity): 12 units of work");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aStoreThatCannotBeUsedLosesNothing() throws IOException {
    Path store = Files.writeString(folder.resolve("runs.duckdb"), "this is no database");
    Invocation run = run("out");
    assertThat(run.status).isZero();
    assertThat(run.err).contains("run store").contains("runs add");
    Files.delete(store);
    String out = folder.resolve("out").toString();
    assertThat(Invocation.of("runs", "add", out, "--store", store.toString()).status).isZero();
    assertThat(Invocation.of("runs", "list", "--store", store.toString()).out).contains("tiny");
    assertThat(Invocation.of("runs", "show", "zz", "--store", store.toString()).err)
        .contains("expected the beginning of one run's id, found that of 0");
  }
}
