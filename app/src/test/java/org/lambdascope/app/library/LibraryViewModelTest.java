package org.lambdascope.app.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.library.LibraryItem.Kind;
import org.lambdascope.app.models.FakeModels;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.settings.MemorySettings;

class LibraryViewModelTest {

  @TempDir Path folder;

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final MemorySettings settings = new MemorySettings();
  private final ModelsViewModel models =
      new ModelsViewModel(
          tasks,
          new RecordingDialogs(),
          settings,
          path -> FakeModels.model(path, 512, new FakeModels.Weights()));

  private LibraryViewModel library() {
    return new LibraryViewModel(
        models,
        settings,
        List.of(folder.resolve("bundled-a"), folder.resolve("bundled-b")),
        List.of(folder.resolve("welcome.txt")));
  }

  private static List<String> names(LibraryViewModel library, Kind kind) {
    return library.items(kind).stream().map(LibraryItem::name).toList();
  }

  @Test
  void bundledComesBeforeRecentAndNothingTwice() {
    LibraryViewModel library = library();
    assertThat(names(library, Kind.MODEL)).containsExactly("bundled-a", "bundled-b");
    library.open(library.items(Kind.MODEL).get(1));
    models.openModel(folder.resolve("mine"));
    tasks.workAll();
    assertThat(names(library, Kind.MODEL)).containsExactly("bundled-a", "bundled-b", "mine");
    assertThat(library.items(Kind.MODEL).getLast().open()).isTrue();
    assertThat(library.items(Kind.MODEL).get(1).open()).isFalse();
  }

  @Test
  void aModelThatIsOpenIsNotOpenedAgain() {
    LibraryViewModel library = library();
    library.open(library.items(Kind.MODEL).getFirst());
    tasks.workAll();
    LibraryItem open = library.items(Kind.MODEL).getFirst();
    library.open(open);
    assertThat(tasks.waitingWorks()).isZero();
    // While another one is on its way, it is asked to stay.
    library.open(library.items(Kind.MODEL).get(1));
    library.open(open);
    tasks.workAll();
    assertThat(library.items(Kind.MODEL).getFirst().open()).isTrue();
  }

  @Test
  void theFieldSearchesAllSections() {
    LibraryViewModel library = library();
    library.searchProperty().set("ELC");
    assertThat(names(library, Kind.MODEL)).isEmpty();
    assertThat(names(library, Kind.DOCUMENT)).containsExactly("welcome.txt");
    library.searchProperty().set("");
    assertThat(names(library, Kind.MODEL)).hasSize(2);
  }

  @Test
  void recentItemsCanBeForgotten() {
    models.openModel(folder.resolve("mine"));
    tasks.workAll();
    LibraryViewModel library = library();
    LibraryItem mine = library.items(Kind.MODEL).getLast();
    assertThat(library.canForget(library.items(Kind.MODEL).getFirst())).isFalse();
    assertThat(library.canForget(mine)).isTrue();
    library.forget(mine);
    assertThat(names(library, Kind.MODEL)).containsExactly("bundled-a", "bundled-b");
    assertThat(settings.recentModels()).isEmpty();
  }

  @Test
  void foldersOfRunsAreOpenedAsRunsAndRemembered() throws IOException {
    LibraryViewModel library = library();
    List<Path> opened = new ArrayList<>();
    library.setRunOpener(opened::add);
    Path run = Files.createDirectories(folder.resolve("run-1"));
    library.openRun(run);
    assertThat(opened).containsExactly(run);
    assertThat(tasks.waitingWorks()).isZero();
    assertThat(settings.recentRuns()).containsExactly(run);
    Path stored = folder.resolve("run-2");
    library.storedRuns().add(stored);
    assertThat(names(library(), Kind.RUN)).containsExactly("run-1");
    assertThat(names(library, Kind.RUN)).containsExactly("run-1", "run-2");
    assertThat(library.canForget(library.items(Kind.RUN).getLast())).isFalse();
    library.forget(library.items(Kind.RUN).getFirst());
    assertThat(settings.recentRuns()).isEmpty();
  }

  @Test
  void everySystemHasItsCommandForShowingFiles() {
    Path file = folder.resolve("a.txt");
    assertThat(FileManager.command("Linux", file)).containsExactly("xdg-open", folder.toString());
    assertThat(FileManager.command("Mac OS X", file)).startsWith("open", "-R");
    assertThat(FileManager.command("Windows 11", file)).startsWith("explorer.exe");
  }
}
