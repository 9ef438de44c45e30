package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.session.Session;
import org.lambdascope.app.session.SessionFile;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
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
    Session last;
    try {
      last = lastAutosave(child, state, work.resolve("child.log"));
    } finally {
      child.destroyForcibly(); // SIGKILL
    }
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isNotZero();
    ArmSnapshot done = Objects.requireNonNull(last.content().columns().getFirst().shown());

    robot.interact(() -> window.startAutosave(state, () -> {}));
    await(() -> window.sessions().noticeProperty().get() != null);
    robot.clickOn("Restore");
    await(() -> window.workbench().arms().size() == 3);
    List<ArmViewModel> arms = window.workbench().arms();
    ArmViewModel first = arms.getFirst();
    assertThat(first.state()).isEqualTo(ArmState.DONE);
    assertThat(first.arm().toString()).isEqualTo("window:local=8");
    ArmSnapshot shown = Objects.requireNonNull(first.shown());
    assertThat(shown.nll()).isEqualTo(done.nll());
    assertThat(shown.newCount()).isEqualTo(5);
    assertThat(Objects.requireNonNull(shown.score()).diagnostics().entropy()).isNotNull();
    assertThat(arms.subList(1, 3)).allMatch(a -> a.state() == ArmState.CANCELLED);
    assertThat(window.workbench().lengthProperty().get()).isEqualTo(CrashedWindow.LENGTH);
    assertThat(window.workbench().positionProperty().get()).isEqualTo(123);
    assertThat(window.workbench().statusProperty().get()).isNull(); // nothing runs unasked
    assertThat(stage.getTitle()).isEqualTo("tiny – letters.txt – Lambdascope");
    // The old autosave goes when the new window has saved what it holds.
    await(() -> autosaves(state).size() == 1);
    assertThat(window.sessions().fileProperty().get()).isNull();
    robot.interact(() -> window.sessions().ending().run());
    assertThat(autosaves(state)).as("restored, and still not saved").hasSize(1);
  }

  /** Waits for an autosave with a finished arm and an unfinished one. */
  private static Session lastAutosave(Process child, Path state, Path log) throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < until && child.isAlive()) {
      for (Path file : autosaves(state)) {
        Session session = SessionFile.read(file);
        if (session.content().columns().size() == 3
            && session.content().columns().getFirst().state() == ArmState.DONE) {
          assertThat(session.content().columns())
              .extracting(c -> c.state())
              .contains(ArmState.RUNNING);
          return session;
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
