package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.run.RunStore;
import org.lambdascope.app.session.Action;
import org.lambdascope.app.session.AutosaveTest;
import org.lambdascope.app.session.CommandText;
import org.lambdascope.app.session.ExperimentText;
import org.lambdascope.app.session.JavaText;
import org.lambdascope.app.session.Reproduction;
import org.lambdascope.app.session.Session;
import org.lambdascope.app.session.SessionFile;
import org.lambdascope.app.session.SessionFixture;
import org.lambdascope.app.session.SessionsViewModel;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.spec.ExperimentFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the window computes, computed again without it: by command, experiment file and Java. */
class SessionCommandTest {

  @TempDir Path folder;
  private SessionFixture fixture;

  @BeforeEach
  void run() throws IOException {
    fixture = new SessionFixture(folder.resolve("samples"), 300);
    fixture.workbench.lengthProperty().set(200);
    fixture.workbench.models().pretrainLengthProperty().set(48);
    fixture.workbench.setParameter(fixture.workbench.arms().get(1), "global", 3);
    fixture.workbench.addArm(ArmKind.YARN);
    fixture.run();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Reproduction all() {
    return Reproduction.of(fixture.workbench, fixture.samples).orElseThrow();
  }

  private static ArmSnapshot shown(ArmViewModel arm) {
    return Objects.requireNonNull(arm.shown());
  }

  /** A copied command as a shell would hand it on, its results written below the test's folder. */
  private List<String> words(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    assertThat(words.removeFirst()).isEqualTo("lambdascope");
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i - 1).equals("--json") || words.get(i - 1).equals("--out")) {
        words.set(i, folder.resolve(words.get(i)).toString());
      }
    }
    return words;
  }

  @Test
  void theCopiedCommandsGiveTheSameNumbers() throws IOException {
    String text = CommandText.of(all());
    assertThat(text)
        .contains("lambdascope score lambda-llama --file welcome.txt --length 200")
        .contains("--pretrain-length 48 --arm vanilla --arm lm-infinite:global=3,");
    for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
      Invocation done = Invocation.with(fixture.samples, words(line).toArray(String[]::new));
      assertThat(done.status).as(line + "\n" + done.err).isZero();
    }
    JsonNode scored = JsonMapper.shared().readTree(folder.resolve("nll.json").toFile());
    JsonNode written = JsonMapper.shared().readTree(folder.resolve("generated.json").toFile());
    for (int a = 0; a < 3; a++) {
      ArmSnapshot shown = shown(fixture.workbench.arms().get(a));
      JsonNode nll = scored.get("arms").get(a).get("nll");
      assertThat(nll.size()).isEqualTo(199);
      for (int i = 0; i < 199; i++) {
        assertThat((float) nll.get(i).doubleValue()).isEqualTo(shown.nll()[i]);
      }
      JsonNode ids = written.get("arms").get(a).get("ids");
      assertThat(ids.size()).isEqualTo(shown.newCount());
      for (int i = 0; i < shown.newCount(); i++) {
        assertThat(ids.get(i).intValue()).isEqualTo(shown.newIds()[i]);
      }
    }
    assertThat(folder.resolve("figures/entropy.pdf")).isNotEmptyFile();
  }

  @Test
  void thePathsOfAShellAreQuoted() {
    Reproduction r = all();
    Reproduction odd =
        new Reproduction(
            "/a model/it's",
            "book.txt",
            r.available(),
            r.length(),
            0,
            CacheType.Q8,
            r.pretrainLength(),
            false,
            r.arms(),
            r.logits());
    assertThat(CommandText.score(odd))
        .startsWith("lambdascope score '/a model/it'\\''s' --file book.txt");
    assertThat(CommandText.of(odd)).doesNotContain("generate").doesNotContain("--pretrain-length");
  }

  @Test
  void theCopiedYamlNamesTheCache() throws IOException {
    Reproduction r = all();
    Reproduction narrow =
        new Reproduction(
            r.model(),
            r.text(),
            r.available(),
            r.length(),
            r.newTokens(),
            CacheType.Q8,
            r.pretrainLength(),
            r.pretrainGiven(),
            r.arms(),
            r.logits());
    Path file = Files.writeString(folder.resolve("narrow.yaml"), ExperimentText.of(narrow));
    assertThat(ExperimentFile.read(file).cache()).isEqualTo(CacheType.Q8.id());
    assertThat(ExperimentFile.CACHES)
        .containsExactlyElementsOf(Arrays.stream(CacheType.values()).map(CacheType::id).toList());
  }

  @Test
  void theCopiedYamlIsAnExperimentFileThatRuns() throws IOException {
    Path file = Files.writeString(folder.resolve("copied.yaml"), ExperimentText.of(all()));
    ExperimentFile read = ExperimentFile.read(file);
    assertThat(read.pretrainLength()).isEqualTo(48);
    assertThat(read.experiments())
        .extracting(e -> e.header().kind())
        .containsExactly("perplexity", "ood-factors", "generation-quality");
    Invocation checked = Invocation.with(fixture.samples, "run", file.toString(), "--check");
    assertThat(checked.status).as(checked.err).isZero();
    Path out = folder.resolve("run");
    Invocation ran =
        Invocation.with(
            fixture.samples,
            "run",
            file.toString(),
            "--out",
            out.toString(),
            "--store",
            folder.resolve("runs.duckdb").toString());
    assertThat(ran.status).as(ran.err).isZero();
    try (RunStore store = RunStore.inMemory()) {
      store.put(out);
      List<RunStore.StoredMetric> losses =
          store.metrics(store.runs().getFirst().record().id()).stream()
              .filter(m -> m.metric().equals("nll_cumulative"))
              .toList();
      assertThat(losses).hasSize(3);
      for (int a = 0; a < 3; a++) {
        ArmViewModel arm = fixture.workbench.arms().get(a);
        assertThat(losses.get(a).arm()).isEqualTo(arm.arm().toString());
        assertThat(losses.get(a).value()).isCloseTo(meanLoss(arm), within(1e-6));
      }
    }
  }

  private static double meanLoss(ArmViewModel arm) {
    return Objects.requireNonNull(shown(arm).score()).meanNll(0, 200);
  }

  @Test
  void theCopiedJavaRunsAndGivesTheSameNumbers() throws Exception {
    String model = fixture.samples.modelOr(Path.of(all().model())).toString();
    String text = fixture.samples.documentOr(Path.of(all().text())).toString();
    compile(JavaText.of(all(), model, text));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, JavaText.class.getClassLoader())) {
      Constructor<?> made = loader.loadClass("Copied").getDeclaredConstructor();
      made.setAccessible(true);
      Method main = made.getDeclaringClass().getDeclaredMethod("main");
      main.setAccessible(true);
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      main.invoke(made.newInstance());
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(
            fixture.workbench.arms().stream()
                .map(a -> "%s: %.4f nats per token".formatted(a.arm(), meanLoss(a)))
                .toList());
  }

  @Test
  void theCopiedJavaCompilesWithOddPaths() throws IOException {
    Reproduction selected =
        Reproduction.ofSelected(fixture.workbench, fixture.samples).orElseThrow();
    assertThat(selected.arms()).hasSize(1);
    String source = JavaText.of(selected, "C:\\models\\\"x\"", "text");
    compile(source);
    assertThat(folder.resolve("Copied.class")).exists();
  }

  private void compile(String source) throws IOException {
    Path file = Files.writeString(folder.resolve("Copied.java"), source);
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages, true);
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                out,
                out,
                "-d",
                folder.toString(),
                "-proc:none",
                "--class-path",
                classPath(),
                file.toString());
    assertThat(status).as(messages.toString()).isZero();
  }

  private static String classPath() {
    return String.join(
        System.getProperty("path.separator"),
        System.getProperty("java.class.path", ""),
        System.getProperty("jdk.module.path", ""));
  }

  @Test
  void aSessionRunsWithoutAWindowAndGivesTheSameNumbers() throws IOException {
    Path file = folder.resolve("work.lambdascope");
    Session session = fixture.session();
    SessionFile.write(file, session);
    Path out = folder.resolve("out");
    Invocation done =
        Invocation.with(fixture.samples, "session", file.toString(), "--out", out.toString());
    assertThat(done.status).as(done.err).isZero();
    assertThat(done.out).contains("Mean negative log-likelihood").contains("yarn");
    for (String name : List.of("nll-by-position", "logits-by-distance", "entropy", "pca")) {
      assertThat(out.resolve(name + ".pdf")).isNotEmptyFile();
      assertThat(out.resolve(name).resolve("data.csv")).isNotEmptyFile();
    }
    Session again = SessionFile.read(out.resolve("session.lambdascope"));
    assertThat(again.model()).isEqualTo(session.model());
    for (int a = 0; a < 3; a++) {
      ArmSnapshot before = Objects.requireNonNull(session.content().columns().get(a).shown());
      ArmSnapshot after = Objects.requireNonNull(again.content().columns().get(a).shown());
      assertThat(after.nll()).isEqualTo(before.nll());
      assertThat(after.newCount()).isEqualTo(before.newCount());
    }
    Invocation history = Invocation.with(fixture.samples, "session", file.toString(), "--history");
    assertThat(history.out).contains("# 2026-01-31T12:00:00Z run").contains("lambdascope score x");
  }

  @Test
  void theHistoryIsDoneAgainWithoutAWindow() throws IOException {
    Path experiment = Files.writeString(folder.resolve("copied.yaml"), ExperimentText.of(all()));
    Path store = folder.resolve("runs.duckdb");
    Path first = folder.resolve("first");
    Invocation ran =
        Invocation.with(
            fixture.samples,
            "run",
            experiment.toString(),
            "--out",
            first.toString(),
            "--store",
            store.toString());
    assertThat(ran.status).as(ran.err).isZero();
    FixedFiles files = new FixedFiles();
    SessionsViewModel sessions =
        new SessionsViewModel(
            fixture.workbench,
            fixture.tasks,
            fixture.dialogs,
            files,
            fixture.samples,
            new AutosaveTest.NoLayout());
    fixture.workbench.setParameter(fixture.workbench.arms().get(1), "global", 4);
    fixture.run();
    sessions.log().ranExperiments(experiment, first, false);
    sessions.log().ranExperiments(experiment, first, true);
    sessions.log().exported(folder.resolve("charts"), "");
    sessions.log().exported(folder.resolve("row.pdf"), "attention-row"); // no command draws it
    Path stored = first.resolve("figures/perplexity");
    sessions.log().drew(stored, folder.resolve("one.pdf"));
    Path file = folder.resolve("work.lambdascope");
    files.choose(file);
    sessions.save();
    fixture.tasks.workAll();
    int actions = sessions.log().actions().size();
    assertThat(actions).isEqualTo(5);
    Path out = folder.resolve("again");
    Invocation bad = Invocation.with(fixture.samples, "session", file.toString(), "--replay");
    assertThat(bad.status).isEqualTo(ExitStatus.USAGE);
    Invocation replayed =
        Invocation.with(
            fixture.samples, "session", file.toString(), "--replay", "--out", out.toString());
    assertThat(replayed.status).as(replayed.err).isZero();
    JsonNode scored = JsonMapper.shared().readTree(out.resolve("001/nll.json").toFile());
    for (int a = 0; a < 3; a++) {
      float[] nll = shown(fixture.workbench.arms().get(a)).nll();
      for (int i = 0; i < 199; i++) {
        assertThat((float) scored.get("arms").get(a).get("nll").get(i).doubleValue())
            .isEqualTo(nll[i]);
      }
    }
    assertThat(out.resolve("002/first/metrics.csv"))
        .hasSameBinaryContentAs(first.resolve("metrics.csv"));
    assertThat(out.resolve("003")).doesNotExist(); // resumed where it was
    assertThat(out.resolve("004/charts/entropy.pdf")).isNotEmptyFile();
    assertThat(out.resolve("005/one.pdf"))
        .hasSameBinaryContentAs(first.resolve("figures/perplexity.pdf"));
  }

  @Test
  void aHistoryRunsOnlyWhatAWindowLogs() throws IOException {
    Session session = fixture.session();
    Path file = folder.resolve("odd.lambdascope");
    SessionFile.write(
        file,
        new Session(
            session.model(),
            session.document(),
            session.content(),
            session.view(),
            session.windows(),
            session.pages(),
            List.of(
                new Action("2026-01-31T12:00:00Z", "opened", "lambdascope gui x y"),
                new Action("2026-01-31T12:00:00Z", "odd", "rm -r /"))));
    Invocation done =
        Invocation.with(
            fixture.samples,
            "session",
            file.toString(),
            "--replay",
            "--out",
            folder.resolve("out").toString());
    assertThat(done.status).isEqualTo(ExitStatus.FAILURE);
    assertThat(done.err).contains("found: rm -r /").contains("1 commands of the history failed");
  }

  @Test
  void aSessionWithoutItsModelSaysSoAndTakesAnother() throws IOException {
    Path file = folder.resolve("work.lambdascope");
    SessionFile.write(file, fixture.session());
    Path model = folder.resolve("samples/models/lambda-llama");
    Path moved = Files.move(model, folder.resolve("elsewhere"));
    Invocation missing = Invocation.of("session", file.toString());
    assertThat(missing.status).isEqualTo(ExitStatus.FAILURE);
    assertThat(missing.err).contains("lambda-llama is missing").contains(model.toString());
    Invocation found = Invocation.of("session", file.toString(), "--model", moved.toString());
    assertThat(found.status).as(found.err).isZero();
    Files.move(moved, model);
  }

  @Test
  void aSessionAloneOpensTheWindow() {
    Path file = folder.resolve("work.lambdascope");
    Invocation opened = Invocation.of(file.toString());
    assertThat(opened.windows).containsExactly("Optional[" + file + "] Optional.empty");
  }
}
