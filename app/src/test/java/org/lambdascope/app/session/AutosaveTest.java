package org.lambdascope.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.workbench.ArmState;

class AutosaveTest {

  @TempDir Path folder;
  private SessionFixture fixture;
  private SessionsViewModel sessions;

  /** A window that is not there. */
  static final class NoLayout implements SessionLayout {
    private final IntegerProperty page = new SimpleIntegerProperty();

    @Override
    public IntegerProperty pageProperty() {
      return page;
    }

    @Override
    public Map<String, List<Double>> dividers() {
      return Map.of();
    }

    @Override
    public void setDividers(Map<String, List<Double>> dividers) {}

    @Override
    public Map<String, WindowBounds> windows() {
      return Map.of();
    }

    @Override
    public void setWindows(Map<String, WindowBounds> windows) {}
  }

  @BeforeEach
  void make() throws IOException {
    fixture = new SessionFixture(folder.resolve("samples"), 120);
    sessions = sessions(fixture);
    sessions.startAutosave(folder.resolve("state"), () -> {});
    fixture.tasks.workAll();
  }

  @AfterEach
  void end() {
    sessions.close();
    fixture.close();
  }

  private static SessionsViewModel sessions(SessionFixture fixture) {
    return sessions(fixture, new FixedFiles());
  }

  private static SessionsViewModel sessions(SessionFixture fixture, FixedFiles files) {
    return new SessionsViewModel(
        fixture.workbench,
        fixture.tasks,
        fixture.dialogs,
        files,
        fixture.samples,
        new NoLayout());
  }

  private List<Path> autosaves() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("state/autosave"))) {
      return files.filter(SessionFile::isSession).toList();
    }
  }

  private void pass(long millis) {
    fixture.tasks.pass(millis);
    fixture.tasks.workAll();
  }

  @Test
  void savesSecondsAfterAChangeAndNotBefore() throws IOException {
    pass(4000);
    assertThat(autosaves()).isEmpty();
    pass(1500);
    assertThat(autosaves()).hasSize(1);
    byte[] first = Files.readAllBytes(autosaves().getFirst());
    pass(60_000);
    assertThat(autosaves().getFirst()).hasBinaryContent(first);
    fixture.workbench.newTokensProperty().set(17);
    pass(60_000); // at the latest: a slow write earns a longer pause
    assertThat(SessionFile.read(autosaves().getFirst()).content().newTokens()).isEqualTo(17);
  }

  @Test
  void savesAtOnceWhenAnArmIsDone() throws IOException {
    fixture.workbench.run();
    fixture.tasks.work(); // the first arm; the second waits
    assertThat(fixture.workbench.arms().get(1).state()).isEqualTo(ArmState.RUNNING);
    fixture.tasks.pass(0);
    fixture.tasks.workAll();
    assertThat(SessionFile.read(autosaves().getFirst()).content().columns().getFirst().state())
        .isEqualTo(ArmState.DONE);
  }

  @Test
  void savesAtOnceWhenAnArmIsDoneWhileAnEarlierStateIsWritten() throws IOException {
    pass(6000);
    fixture.workbench.run();
    fixture.tasks.pass(60_000); // the run is written, which takes longer than its first arm
    assertThat(fixture.tasks.waitingWorks()).isEqualTo(2);
    fixture.tasks.work();
    assertThat(fixture.workbench.arms().getFirst().state()).isEqualTo(ArmState.DONE);
    fixture.tasks.pass(0);
    fixture.tasks.work();
    fixture.tasks.pass(0);
    fixture.tasks.workAll();
    assertThat(SessionFile.read(autosaves().getFirst()).content().columns().getFirst().state())
        .isEqualTo(ArmState.DONE);
  }

  @Test
  void aCleanEndLeavesNothing() throws IOException {
    pass(6000);
    assertThat(autosaves()).hasSize(1);
    sessions.close();
    try (Stream<Path> files = Files.list(folder.resolve("state/autosave"))) {
      assertThat(files).isEmpty();
    }
    pass(60_000);
    assertThat(autosaves()).isEmpty();
  }

  @Test
  void aLivingWindowsSessionIsNotOfferedButAnAbandonedOneIs() throws IOException {
    pass(6000);
    Path living = autosaves().getFirst();
    try (AutosaveFiles another = AutosaveFiles.open(folder.resolve("state/autosave"))) {
      assertThat(another.left()).isEmpty();
      Path left = living.resolveSibling("1-left.lambdascope");
      Files.copy(living, left);
      assertThat(another.left()).containsExactly(left);
      AutosaveFiles.discard(left);
      assertThat(another.left()).isEmpty();
    }
    assertThat(living).exists();
  }

  @Test
  void whatWasLeftIsOfferedRestoredAndThenDropped() throws IOException {
    fixture.run();
    pass(6000);
    Path own = autosaves().getFirst();
    Path left = own.resolveSibling("1-left.lambdascope");
    Files.copy(own, left);
    try (SessionFixture other = new SessionFixture(folder.resolve("samples"), 120)) {
      SessionsViewModel restored = sessions(other);
      restored.startAutosave(folder.resolve("state"), () -> {});
      other.tasks.workAll();
      SessionNotice notice = restored.noticeProperty().get();
      assertThat(notice).isNotNull();
      assertThat(notice.choices()).extracting(SessionNotice.Choice::label).contains("Restore");
      notice.choices().getFirst().action().run();
      other.tasks.workAll();
      assertThat(restored.noticeProperty().get()).isNull();
      assertThat(other.workbench.arms()).allMatch(a -> a.state() == ArmState.DONE);
      assertThat(other.workbench.content().columns().getFirst().shown()).isNotNull();
      assertThat(left).exists();
      other.tasks.pass(0);
      other.tasks.workAll();
      assertThat(left).doesNotExist();
      restored.close();
    }
    assertThat(autosaves()).containsExactly(own);
  }

  @Test
  void aRestoredSessionIsNotSavedOverTheOneThatWasOpen() throws IOException {
    pass(6000);
    Path own = autosaves().getFirst();
    Path left = Files.copy(own, own.resolveSibling("1-left.lambdascope"));
    try (SessionFixture other = new SessionFixture(folder.resolve("samples"), 120)) {
      FixedFiles files = new FixedFiles();
      SessionsViewModel restored = sessions(other, files);
      other.workbench.newTokensProperty().set(9);
      Path open = folder.resolve("open.lambdascope");
      files.choose(open);
      restored.save();
      other.tasks.workAll();
      assertThat(restored.fileProperty().get()).isEqualTo(open);
      byte[] saved = Files.readAllBytes(open);
      restored.startAutosave(folder.resolve("state"), () -> {});
      other.tasks.workAll();
      restored.noticeProperty().get().choices().getFirst().action().run();
      other.tasks.workAll();
      assertThat(other.workbench.newTokensProperty().get()).isEqualTo(6);
      assertThat(restored.fileProperty().get()).isNull();
      assertThat(restored.nameBinding().get()).isEmpty();
      files.choose(folder.resolve("restored.lambdascope"));
      restored.save();
      other.tasks.workAll();
      assertThat(folder.resolve("restored.lambdascope")).isNotEmptyFile();
      assertThat(open).hasBinaryContent(saved);
      restored.close();
    }
    assertThat(left).exists(); // until the new window has saved it
  }

  @Test
  void theStateFolderFollowsTheSystem() {
    Path home = Path.of("/home/ada");
    assertThat(StateFolder.of("", "Linux", home, n -> ""))
        .isEqualTo(home.resolve(".local/state/lambdascope"));
    assertThat(StateFolder.of("", "Linux", home, n -> n.equals("XDG_STATE_HOME") ? "/s" : ""))
        .isEqualTo(Path.of("/s/lambdascope"));
    assertThat(StateFolder.of("", "Linux", home, n -> "relative"))
        .isEqualTo(home.resolve(".local/state/lambdascope"));
    assertThat(StateFolder.of("", "Mac OS X", home, n -> ""))
        .isEqualTo(home.resolve("Library/Application Support/lambdascope"));
    assertThat(StateFolder.of("", "Windows 11", home, n -> "/local"))
        .isEqualTo(Path.of("/local/lambdascope"));
    assertThat(StateFolder.of("/mine", "Linux", home, n -> "")).isEqualTo(Path.of("/mine"));
  }
}
