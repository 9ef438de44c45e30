package org.lambdascope.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.workbench.ArmState;

public final class AutosaveTest {

  @TempDir Path folder;
  private SessionFixture fixture;
  private SessionsViewModel sessions;

  /** A window that is not there. */
  public static final class NoLayout implements SessionLayout {
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

    @Override
    public List<ObservableValue<?>> pageValues() {
      return List.of();
    }

    @Override
    public PageState pages() {
      return SessionFixture.PAGES;
    }

    @Override
    public void setPages(PageState pages) {}
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
    sessions.ending().run();
    fixture.close();
  }

  private static SessionsViewModel sessions(SessionFixture fixture) {
    return sessions(fixture, new FixedFiles());
  }

  private static SessionsViewModel sessions(SessionFixture fixture, FixedFiles files) {
    return new SessionsViewModel(
        fixture.workbench, fixture.tasks, fixture.dialogs, files, fixture.samples, new NoLayout());
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
  void aCleanEndOfASavedSessionLeavesNothing() throws IOException {
    FixedFiles files = new FixedFiles();
    files.choose(folder.resolve("saved.lambdascope"));
    try (SessionFixture other = new SessionFixture(folder.resolve("samples"), 120)) {
      SessionsViewModel saved = sessions(other, files);
      saved.startAutosave(folder.resolve("state"), () -> {});
      other.tasks.workAll();
      saved.save();
      other.tasks.workAll();
      other.workbench.positionProperty().set(3); // no work: only looked at
      other.tasks.pass(6000);
      other.tasks.workAll();
      assertThat(autosaves()).hasSize(1);
      saved.ending().run();
      assertThat(autosaves()).isEmpty();
      other.tasks.pass(60_000);
      other.tasks.workAll();
    }
    sessions.isExample(); // nor is what the program shows by itself
    sessions.ending().run();
    try (Stream<Path> all = Files.list(folder.resolve("state/autosave"))) {
      assertThat(all).isEmpty();
    }
  }

  @Test
  void whatWasNotSavedAtACleanEndIsOfferedAtTheNextStart() throws IOException {
    pass(6000);
    fixture.workbench.newTokensProperty().set(31); // in the seconds before the next autosave
    sessions.ending().run();
    try (SessionFixture other = new SessionFixture(folder.resolve("samples"), 120)) {
      SessionsViewModel next = sessions(other);
      List<String> called = new ArrayList<>();
      next.startAutosave(folder.resolve("state"), () -> called.add("nothing crashed"));
      other.tasks.workAll();
      assertThat(called).hasSize(1);
      SessionNotice notice = Objects.requireNonNull(next.noticeProperty().get());
      assertThat(notice.text()).startsWith("The session that was closed on");
      notice.choices().getFirst().action().run();
      other.tasks.workAll();
      assertThat(other.workbench.newTokensProperty().get()).isEqualTo(31);
      next.ending().run(); // still not saved
    }
    assertThat(autosaves()).isNotEmpty();
  }

  @Test
  void whatElseWasNotSavedIsOfferedWithoutASession() throws IOException {
    Path left = Files.createDirectories(folder.resolve("state/autosave/1-left.drafts"));
    Files.writeString(left.resolve("kept"), "a figure");
    Files.createDirectories(left.resolveSibling("2-left.drafts/empty")); // all was saved
    List<Path> opened = new ArrayList<>();
    try (SessionFixture other = new SessionFixture(folder.resolve("samples"), 120)) {
      SessionsViewModel next = sessions(other);
      next.setDrafts(
          new Drafts() {
            @Override
            public void keepIn(Path folder) {}

            @Override
            public void open(Path folder, Runnable done) {
              opened.add(folder);
              done.run();
            }

            @Override
            public Runnable ending() {
              return () -> {};
            }
          });
      next.startAutosave(folder.resolve("state"), () -> {});
      other.tasks.workAll();
      SessionNotice notice = Objects.requireNonNull(next.noticeProperty().get());
      assertThat(notice.text()).startsWith("Figures or an experiment file were edited on");
      notice.choices().getFirst().action().run();
      other.tasks.workAll();
      assertThat(opened).extracting(p -> p.getFileName()).containsExactly(left.getFileName());
      assertThat(left).doesNotExist();
      next.ending().run();
    }
  }

  @Test
  void aLivingWindowsSessionIsNotOfferedButAnAbandonedOneIs() throws IOException {
    pass(6000);
    Path living = autosaves().getFirst();
    try (AutosaveFiles another = AutosaveFiles.open(folder.resolve("state/autosave"))) {
      assertThat(another.left()).isEmpty();
      Path left = living.resolveSibling("1-left.lambdascope");
      Files.copy(living, left);
      assertThat(another.left()).extracting(AutosaveFiles.Left::session).containsExactly(left);
      assertThat(another.left().getFirst().crashed()).isFalse();
      Path mark = Files.createFile(living.resolveSibling("1-left.lock"));
      assertThat(another.left()).extracting(AutosaveFiles.Left::session).containsExactly(left);
      assertThat(another.left().getFirst().crashed()).isTrue();
      AutosaveFiles.discard(another.left().getFirst());
      assertThat(another.left()).isEmpty();
      assertThat(mark).doesNotExist();
    }
    assertThat(living).exists();
  }

  @Test
  void ofManyWindowsThatWereNotSavedTheLatestAreKept() throws IOException {
    pass(6000);
    Path living = autosaves().getFirst();
    try (AutosaveFiles another = AutosaveFiles.open(folder.resolve("state/autosave"))) {
      for (int i = 0; i < 15; i++) {
        Path left = Files.copy(living, living.resolveSibling(i + "-left.lambdascope"));
        Files.setLastModifiedTime(left, FileTime.fromMillis(1_000_000L * (i + 1)));
      }
      assertThat(another.left()).hasSize(10);
      assertThat(another.left().getFirst().session())
          .isEqualTo(living.resolveSibling("14-left.lambdascope"));
      assertThat(living.resolveSibling("4-left.lambdascope")).doesNotExist();
    }
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
      restored.ending().run();
    }
    assertThat(autosaves()).as("both windows’, neither of which was saved").hasSize(2);
    assertThat(own).exists();
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
      Objects.requireNonNull(restored.noticeProperty().get()).choices().getFirst().action().run();
      other.tasks.workAll();
      assertThat(other.workbench.newTokensProperty().get()).isEqualTo(6);
      assertThat(restored.fileProperty().get()).isNull();
      assertThat(restored.nameBinding().get()).isEmpty();
      files.choose(folder.resolve("restored.lambdascope"));
      restored.save();
      other.tasks.workAll();
      assertThat(folder.resolve("restored.lambdascope")).isNotEmptyFile();
      assertThat(open).hasBinaryContent(saved);
      restored.ending().run();
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
