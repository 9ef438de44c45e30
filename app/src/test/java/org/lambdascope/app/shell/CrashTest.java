package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.figure.LogitsView;
import org.lambdascope.app.session.Session;
import org.lambdascope.app.session.SessionFile;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.WorkbenchContent;
import org.lambdascope.engine.experiment.Equivalence;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.Diagnostics;
import org.testfx.util.WaitForAsyncUtils;

/** A window whose process is killed in the middle of a run, and the window after it. */
class CrashTest extends WindowFixture {

  private static final int PATIENCE_SECONDS = 90;

  @Test
  void aKilledWindowIsRestoredUpToItsLastAutosave() throws Exception {
    Path work = Files.createDirectories(folder.resolve("crash"));
    Path state = work.resolve("state");
    Path model = TinyModel.in(work);
    Path text = TinyModel.text(work, CrashedWindow.LENGTH);
    Process child = start(state, model, text, work.resolve("child.log"));
    try {
      awaitAutosave(child, state, work.resolve("child.log"));
    } finally {
      child.destroyForcibly(); // SIGKILL
    }
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isNotZero();
    Path left = autosaves(state).getFirst();
    Path kept = Files.copy(left, work.resolve("left.lambdascope")); // it goes when it is restored
    Session last = SessionFile.read(kept);
    assertWorthComparing(last);
    assertThat(entries(write(work.resolve("again.lambdascope"), last)))
        .as("what is read of a file is all that it holds")
        .isEqualTo(entries(kept));

    robot.interact(() -> window.startAutosave(state, () -> {}));
    await(() -> window.sessions().noticeProperty().get() != null);
    robot.clickOn("Restore");
    await(() -> window.workbench().arms().size() == 3);
    List<ArmViewModel> arms = window.workbench().arms();
    ArmViewModel first = arms.getFirst();
    assertThat(first.state()).isEqualTo(ArmState.DONE);
    assertThat(first.arm().toString()).isEqualTo("window:local=8");
    assertThat(arms.subList(1, 3)).allMatch(a -> a.state() == ArmState.CANCELLED);
    assertThat(window.workbench().statusProperty().get()).isNull(); // nothing runs unasked
    assertThat(stage.getTitle()).isEqualTo("tiny – letters.txt – Lambdascope");
    // The old autosave goes when the new window has saved what it holds: all that the old one held.
    await(() -> Files.notExists(left) && autosaves(state).size() == 1);
    Path own = Files.copy(autosaves(state).getFirst(), work.resolve("own.lambdascope"));
    Session expected = brokenOff(last, SessionFile.read(own));
    assertThat(entries(own))
        .isEqualTo(entries(write(work.resolve("expected.lambdascope"), expected)));
    assertThat(window.sessions().fileProperty().get()).isNull();
    robot.interact(() -> window.sessions().ending().run());
    assertThat(autosaves(state)).as("restored, and still not saved").hasSize(1);
  }

  /** Nothing is equal only because it is at its default. */
  private static void assertWorthComparing(Session session) {
    WorkbenchContent content = session.content();
    assertThat(content.length()).isEqualTo(CrashedWindow.LENGTH);
    assertThat(content.newTokens()).isEqualTo(5);
    assertThat(content.position()).isEqualTo(123);
    assertThat(content.selected()).isEqualTo(1);
    assertThat(content.pinned()).isEqualTo(2);
    assertThat(content.cacheType()).isEqualTo(CacheType.BF16);
    assertThat(content.columns()).hasSize(3);
    ArmSnapshot done = Objects.requireNonNull(content.columns().getFirst().shown());
    assertThat(done.newCount()).isEqualTo(5);
    Diagnostics found = Objects.requireNonNull(done.score()).diagnostics();
    assertThat(found.logitsByDistance()).isNotNull();
    assertThat(found.entropy()).isNotNull();
    assertThat(found.hiddenPca()).isNotNull();
    assertThat(content.columns()).anyMatch(CrashTest::halfRead);
    assertThat(session.view().page()).isEqualTo(1);
    assertThat(session.view().layer()).isEqualTo(1);
    assertThat(session.view().statistic()).isEqualTo(LogitsView.Statistic.MAX);
    assertThat(session.view().dividers().get("main-split")).hasSize(1);
    assertThat(session.history()).isNotEmpty();
  }

  /** A session after its runs were broken off, and perhaps compared with vanilla by now. */
  private static Session brokenOff(Session was, Session now) {
    List<WorkbenchContent.Column> columns = new ArrayList<>();
    for (int i = 0; i < was.content().columns().size(); i++) {
      WorkbenchContent.Column column = was.content().columns().get(i);
      Equivalence measured = column.equivalence();
      columns.add(
          new WorkbenchContent.Column(
              column.arm(),
              column.shown(),
              column.stale(),
              column.state() == ArmState.DONE ? ArmState.DONE : ArmState.CANCELLED,
              measured != null ? measured : now.content().columns().get(i).equivalence()));
    }
    WorkbenchContent content = was.content();
    return new Session(
        was.model(),
        was.document(),
        new WorkbenchContent(
            content.pretrainLength(),
            content.length(),
            content.newTokens(),
            content.cacheType(),
            columns,
            content.selected(),
            content.pinned(),
            content.position()),
        was.view(),
        was.windows(),
        was.pages(),
        was.history());
  }

  private static boolean halfRead(WorkbenchContent.Column column) {
    return column.state() == ArmState.RUNNING && column.shown() != null;
  }

  private static Path write(Path file, Session session) throws IOException {
    SessionFile.write(file, session);
    return file;
  }

  /** What a session file holds, in words that can be compared by eye: texts, sums of arrays. */
  private static Map<String, String> entries(Path file) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        all.put(
            entry.getName(),
            entry.getName().endsWith(".npy")
                ? "%d bytes, sum %08x".formatted(bytes.length, entry.getCrc())
                : placed(new String(bytes, StandardCharsets.UTF_8)));
      }
    }
    return all;
  }

  /** Dividers stand on whole pixels, which on a display are not those of the window before. */
  private static String placed(String json) {
    return json.contains("\"dividers\"") ? json.replaceAll("(0\\.\\d\\d)\\d+", "$1") : json;
  }

  /** Waits for an autosave with a finished arm and one whose text was read in part. */
  private static void awaitAutosave(Process child, Path state, Path log) throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < until && child.isAlive()) {
      for (Path file : autosaves(state)) {
        WorkbenchContent content = SessionFile.read(file).content();
        if (content.columns().size() == 3
            && content.columns().getFirst().state() == ArmState.DONE
            && content.columns().stream().anyMatch(CrashTest::halfRead)) {
          return;
        }
      }
      WaitForAsyncUtils.sleep(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("no autosave in the middle of the run; " + Files.readString(log));
  }

  private static List<Path> autosaves(Path state) throws IOException {
    Path folder = state.resolve("autosave");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(SessionFile::isSession).toList();
    }
  }

  /** JavaFX as modules, everything else on the class path, whatever this test runs on. */
  private static Process start(Path state, Path model, Path text, Path log)
      throws IOException, URISyntaxException {
    Set<String> all = new LinkedHashSet<>();
    all.add(root(CrashTest.class));
    all.add(root(WorkbenchWindow.class));
    for (String property : List.of("java.class.path", "jdk.module.path")) {
      all.addAll(List.of(System.getProperty(property, "").split(File.pathSeparator)));
    }
    all.remove("");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Dglass.platform=Headless",
            "-Dprism.order=sw",
            "-Djava.awt.headless=true",
            "--module-path",
            join(all.stream().filter(CrashTest::isToolkit)),
            "--add-modules",
            "jdk.incubator.vector,javafx.controls,javafx.swing",
            "--enable-native-access=ALL-UNNAMED,javafx.graphics",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            join(all.stream().filter(e -> !isToolkit(e))),
            CrashedWindow.class.getName(),
            state.toString(),
            model.toString(),
            text.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static boolean isToolkit(String entry) {
    return String.valueOf(Path.of(entry).getFileName()).startsWith("javafx-");
  }

  private static String join(Stream<String> entries) {
    return entries.collect(Collectors.joining(File.pathSeparator));
  }

  /** The folder that a class was compiled into, also where a module was patched with it. */
  private static String root(Class<?> type) throws URISyntaxException {
    @Nullable URL resource = type.getResource(type.getSimpleName() + ".class");
    Path file = Path.of(Objects.requireNonNull(resource).toURI());
    for (int i = 0; i < type.getName().split("\\.").length; i++) {
      file = Objects.requireNonNull(file.getParent());
    }
    return file.toString();
  }
}
