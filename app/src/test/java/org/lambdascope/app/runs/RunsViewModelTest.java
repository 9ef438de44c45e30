package org.lambdascope.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.run.RunComparison.Quantity;
import org.lambdascope.app.run.RunStore;
import org.lambdascope.app.run.RunSummary;

/** Stored runs, filtered and compared, without a toolkit. */
class RunsViewModelTest {

  @TempDir Path folder;
  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final RecordingDialogs dialogs = new RecordingDialogs();
  private RunsViewModel viewModel = new RunsViewModel(tasks, dialogs, Path.of(""));

  @BeforeEach
  void make() throws IOException {
    Path store = folder.resolve("runs.duckdb");
    try (RunStore opened = RunStore.open(store)) {
      opened.put(StoredRuns.write(folder, "first", "2026-01-02T10:00:00Z", "DONE", 1));
      opened.put(StoredRuns.write(folder, "second", "2026-01-03T10:00:00Z", "INTERRUPTED", 2));
    }
    viewModel = new RunsViewModel(tasks, dialogs, store);
    viewModel.reload();
    tasks.workAll();
  }

  private List<String> names() {
    return viewModel.runs().stream().map(r -> r.run().record().name()).toList();
  }

  private void choose(String... names) {
    viewModel.choose(
        List.of(names).stream()
            .map(
                n ->
                    viewModel.runs().stream()
                        .filter(r -> r.run().record().name().equals(n))
                        .findFirst()
                        .orElseThrow())
            .toList());
    tasks.workAll();
  }

  private Quantity quantity(String metric) {
    return viewModel.shownProperty().get().quantities().stream()
        .filter(q -> q.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void runsAreListedAndFiltered() {
    assertThat(names()).containsExactly("second", "first");
    RunSummary second = viewModel.runs().getFirst();
    assertThat(second.kinds()).containsExactly("perplexity", "ablation");
    assertThat(second.arms()).containsExactly("vanilla", "window");
    assertThat(RunsViewModel.state(second)).isEqualTo("interrupted, 3 of 4");
    viewModel.filterProperty().set("FIRST perplexity");
    assertThat(names()).containsExactly("first");
    viewModel.filterProperty().set("interrupted");
    assertThat(names()).containsExactly("second");
    viewModel.filterProperty().set("no such thing");
    assertThat(names()).isEmpty();
  }

  @Test
  void runsAreComparedAsTableAndAsCurves() throws IOException {
    choose("first", "second");
    viewModel.quantityProperty().set(quantity("nll"));
    assertThat(viewModel.rows()).hasSize(6);
    assertThat(viewModel.rows().getFirst().values()).containsExactly(1, 2);
    assertThat(viewModel.rows().getFirst().delta(1)).isEqualTo(1);
    Panel panel = viewModel.panels().getFirst();
    assertThat(panel.series()).hasSize(4);
    assertThat(panel.y().label()).isEqualTo("NLL (nats/token)");
    Path csv = folder.resolve("comparison.csv");
    viewModel.exportComparison(csv);
    tasks.workAll();
    assertThat(csv).content().startsWith("place,first,second,delta_second\n\"perplexity vanilla");
    viewModel.quantityProperty().set(quantity("grid_nll"));
    assertThat(viewModel.panels()).hasSize(2);
    viewModel.quantityProperty().set(quantity("share"));
    assertThat(viewModel.panels()).hasSize(1);
    assertThat(viewModel.panels().getFirst().x().categories()).containsExactly("vanilla", "window");
    choose("first");
    assertThat(Objects.requireNonNull(viewModel.quantityProperty().get()).metric())
        .isEqualTo("share");
    viewModel.quantityProperty().set(quantity("nll"));
    assertThat(viewModel.panels().getFirst().series()).hasSize(2);
  }

  @Test
  void runsAreChosenByTheirFolders() {
    viewModel.chooseFolders(
        List.of(folder.resolve("first").toString(), folder.resolve("gone").toString()));
    tasks.workAll();
    assertThat(Objects.requireNonNull(viewModel.keptProperty().get()))
        .extracting(r -> r.run().record().name())
        .containsExactly("first");
    choose("first");
    assertThat(viewModel.chosenFolders()).containsExactly(folder.resolve("first"));
  }

  @Test
  void aFolderIsARunToo() throws IOException {
    Path third = StoredRuns.write(folder, "third", "2026-01-04T10:00:00Z", "RUNNING", 3);
    viewModel.openRun(third);
    tasks.workAll();
    assertThat(names()).containsExactly("third", "second", "first");
    assertThat(Objects.requireNonNull(viewModel.revealedProperty().get()).run().folder())
        .isEqualTo(third);
    choose("third", "first");
    assertThat(viewModel.shownProperty().get().quantities()).isNotEmpty();
    viewModel.addToStore(List.of(viewModel.runs().getFirst()));
    tasks.workAll();
    RunsViewModel again = new RunsViewModel(tasks, dialogs, folder.resolve("runs.duckdb"));
    again.reload();
    tasks.workAll();
    assertThat(again.runs()).hasSize(3);
  }

  @Test
  void badStoresAndFoldersAreTold() throws IOException {
    viewModel.openRun(folder.resolve("nowhere"));
    viewModel.openRun(Files.createDirectory(folder.resolve("empty")));
    tasks.workAll();
    assertThat(dialogs.errors()).hasSize(2);
    assertThat(dialogs.errors().get(1).message()).contains("found no run.json");
    assertThat(names()).hasSize(2);
    viewModel.exportAll(folder.resolve("no/such/folder/all.csv"));
    tasks.workAll();
    assertThat(dialogs.errors()).hasSize(3);
    viewModel.openStore(Files.writeString(folder.resolve("text.duckdb"), "not a database at all"));
    tasks.workAll();
    assertThat(names()).isEmpty();
    assertThat(viewModel.messageProperty().get()).contains("text.duckdb");
    viewModel.openStore(folder.resolve("none.duckdb"));
    tasks.workAll();
    assertThat(viewModel.messageProperty().get()).isEmpty();
    assertThat(folder.resolve("none.duckdb")).doesNotExist();
  }
}
