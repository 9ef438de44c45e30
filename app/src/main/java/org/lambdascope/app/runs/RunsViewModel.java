package org.lambdascope.app.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.run.ComparisonPanels;
import org.lambdascope.app.run.RunComparison;
import org.lambdascope.app.run.RunComparison.Quantity;
import org.lambdascope.app.run.RunRecord;
import org.lambdascope.app.run.RunStore;
import org.lambdascope.app.run.RunStore.StoredMetric;
import org.lambdascope.app.run.RunSummary;

/** Stored runs: which there are, which are chosen, and what is compared of them. */
public final class RunsViewModel {

  /** What is shown of the chosen runs; replaced as a whole. */
  public record Shown(
      List<RunSummary> runs,
      RunComparison comparison,
      List<Quantity> quantities,
      List<Path> figures) {

    static final Shown NOTHING =
        new Shown(List.of(), new RunComparison(List.of(), List.of()), List.of(), List.of());
  }

  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final ObservableList<RunSummary> runs = FXCollections.observableArrayList();
  private final ObservableList<RunSummary> all = FXCollections.unmodifiableObservableList(runs);
  private final FilteredList<RunSummary> filtered = new FilteredList<>(runs);
  private final StringProperty filter = new SimpleStringProperty("");
  private final ObjectProperty<Path> store;
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);
  private final ObjectProperty<@Nullable Quantity> quantity = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable RunSummary> revealed =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable List<RunSummary>> kept =
      new ReadOnlyObjectWrapper<>();
  private final Map<String, RunSummary> opened = new LinkedHashMap<>();
  private List<RunSummary> chosen = List.of();
  private @Nullable List<String> wanted;
  private boolean replacing;
  private int latestLoad;
  private int latestChoice;

  /**
   * Looks into a store once it is asked to {@link #reload}.
   *
   * @param store which need not be there
   */
  public RunsViewModel(TaskRunner tasks, Dialogs dialogs, Path store) {
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.store = new SimpleObjectProperty<>(store);
    filter.subscribe(
        (before, now) -> {
          List<String> words = Arrays.asList(now.toLowerCase(Locale.ROOT).strip().split("\\s+"));
          filtered.setPredicate(run -> words.stream().allMatch(words(run)::contains));
        });
  }

  /** The runs that the filter lets through, the latest first. */
  public ObservableList<RunSummary> runs() {
    return filtered;
  }

  /** All runs, whatever the filter says. */
  public ObservableList<RunSummary> all() {
    return all;
  }

  /** Words that a run's row must all hold. */
  public StringProperty filterProperty() {
    return filter;
  }

  /** The store that is looked into. */
  public ObjectProperty<Path> storeProperty() {
    return store;
  }

  /** Why there are no runs to see; empty where there are. */
  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  /** Whether the store is being read. */
  public ReadOnlyBooleanProperty loadingProperty() {
    return loading.getReadOnlyProperty();
  }

  /** The chosen runs, with their metrics and figures. */
  public ReadOnlyObjectProperty<Shown> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** Which metric is compared; null where there is none. */
  public ObjectProperty<@Nullable Quantity> quantityProperty() {
    return quantity;
  }

  /** A run that was opened by its folder and wants to be seen. */
  public ReadOnlyObjectProperty<@Nullable RunSummary> revealedProperty() {
    return revealed.getReadOnlyProperty();
  }

  /**
   * Those of the chosen runs that are still there after the list was read anew, and want to stay
   * chosen: a table forgets what was selected in it when its rows are replaced.
   */
  public ReadOnlyObjectProperty<@Nullable List<RunSummary>> keptProperty() {
    return kept.getReadOnlyProperty();
  }

  /** Everything that a filter may name. */
  private static String words(RunSummary run) {
    RunRecord record = run.run().record();
    return String.join(
            " ",
            record.id(),
            record.name(),
            record.started(),
            record.model(),
            String.join(" ", run.kinds()),
            String.join(" ", run.arms()),
            state(run),
            run.run().folder().toString())
        .toLowerCase(Locale.ROOT);
  }

  /** How a run stands, in words. */
  public static String state(RunSummary run) {
    RunRecord record = run.run().record();
    return switch (record.status()) {
      case DONE -> "done";
      case INTERRUPTED -> "interrupted, %d of %d".formatted(record.done(), record.units());
      case RUNNING -> "running or killed, %d of %d".formatted(record.done(), record.units());
    };
  }

  /** Reads the store again, in the background. */
  public void reload() {
    int load = ++latestLoad;
    Path from = store.get();
    loading.set(true);
    tasks.start(
        "read " + from.getFileName(),
        c -> RunCatalogue.stored(from),
        found -> {
          if (load == latestLoad) {
            loading.set(false);
            show(found, "");
          }
        },
        failure -> {
          if (load == latestLoad) {
            loading.set(false);
            show(
                List.of(),
                failure instanceof NoSuchFileException
                    ? ""
                    : Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
          }
        });
  }

  private void show(List<RunSummary> stored, String problem) {
    Map<String, RunSummary> all = new LinkedHashMap<>();
    stored.forEach(run -> all.put(run.run().record().id(), run));
    opened.forEach(all::put);
    message.set(problem);
    Set<String> before =
        chosen.stream().map(run -> run.run().record().id()).collect(Collectors.toSet());
    List<String> folders = wanted;
    wanted = null;
    replacing = true;
    try {
      runs.setAll(
          all.values().stream()
              .sorted((a, b) -> b.run().record().started().compareTo(a.run().record().started()))
              .toList());
    } finally {
      replacing = false;
    }
    kept.set(null);
    kept.set(
        filtered.stream()
            .filter(
                run ->
                    folders == null
                        ? before.contains(run.run().record().id())
                        : folders.contains(run.run().folder().toString()))
            .toList());
  }

  /** Looks into another store. */
  public void openStore(Path file) {
    store.set(file);
    opened.clear();
    reload();
  }

  /** Shows the run of a folder, be it in the store or not. */
  public void openRun(Path folder) {
    tasks.start(
        "open " + folder.getFileName(),
        c -> RunCatalogue.folder(folder),
        run -> {
          opened.put(run.run().record().id(), run);
          filter.set("");
          show(List.copyOf(runs), message.get());
          revealed.set(null);
          revealed.set(run);
        },
        failure ->
            report(
                "Cannot open the run",
                failure,
                "A run’s folder holds run.json and metrics.csv; “lambdascope run FILE --out DIR” writes one."));
  }

  /** Puts runs that were opened by their folders into the store. */
  public void addToStore(List<RunSummary> added) {
    Path into = store.get();
    tasks.start(
        "store runs",
        c -> {
          try (RunStore target = RunStore.open(into)) {
            for (RunSummary run : added) {
              target.put(run.run().folder());
            }
          }
          return added.size();
        },
        count -> {
          dialogs.notice("Stored", "%d runs in %s".formatted(count, FileNames.shown(into)));
          reload();
        },
        failure -> report("Cannot store the runs", failure, "Nothing was changed."));
  }

  /** Shows runs beside one another. */
  public void choose(List<RunSummary> now) {
    if (replacing || now.equals(chosen)) {
      return;
    }
    chosen = List.copyOf(now);
    int choice = ++latestChoice;
    if (chosen.isEmpty()) {
      shown.set(Shown.NOTHING);
      quantity.set(null);
      return;
    }
    Path from = store.get();
    List<RunSummary> asked = chosen;
    tasks.start(
        "compare runs",
        c -> read(from, asked),
        read -> {
          if (choice == latestChoice) {
            showChosen(read);
          }
        },
        failure -> {
          if (choice == latestChoice) {
            report("Cannot read the metrics", failure, "");
          }
        });
  }

  /** The folders of the chosen runs. */
  public List<Path> chosenFolders() {
    return chosen.stream().map(run -> run.run().folder()).toList();
  }

  /** Chooses those of the stored runs that lie in these folders. */
  public void chooseFolders(List<String> folders) {
    if (!folders.equals(chosenFolders().stream().map(Path::toString).toList())) {
      wanted = List.copyOf(folders);
      reload();
    }
  }

  private static Shown read(Path store, List<RunSummary> asked) throws IOException {
    List<List<StoredMetric>> metrics = new ArrayList<>();
    List<Path> figures = new ArrayList<>();
    for (RunSummary run : asked) {
      metrics.add(RunCatalogue.metrics(store, run));
      figures.addAll(RunCatalogue.figures(run));
    }
    RunComparison comparison = new RunComparison(labels(asked), metrics);
    return new Shown(asked, comparison, comparison.quantities(), figures);
  }

  /** Names where they differ, else names with the beginning of the id. */
  static List<String> labels(List<RunSummary> runs) {
    Map<String, Long> names =
        runs.stream()
            .collect(Collectors.groupingBy(r -> r.run().record().name(), Collectors.counting()));
    return runs.stream()
        .map(
            r -> {
              RunRecord record = r.run().record();
              return names.getOrDefault(record.name(), 0L) == 1
                  ? record.name()
                  : record.name()
                      + " "
                      + record.id().substring(0, Math.min(4, record.id().length()));
            })
        .toList();
  }

  private void showChosen(Shown read) {
    Quantity before = quantity.get();
    shown.set(read);
    quantity.set(
        before != null && read.quantities().contains(before)
            ? before
            : read.quantities().isEmpty() ? null : read.quantities().getFirst());
  }

  /** The rows of the compared metric. */
  public List<RunComparison.Row> rows() {
    Quantity now = quantity.get();
    return now == null ? List.of() : shown.get().comparison().rows(now);
  }

  /** The charts of the compared metric. */
  public List<Panel> panels() {
    Quantity now = quantity.get();
    return now == null ? List.of() : ComparisonPanels.of(shown.get().comparison(), now);
  }

  /** Writes the compared metric as CSV, as {@code runs compare} prints it. */
  public void exportComparison(Path file) {
    String csv = shown.get().comparison().csv(rows());
    tasks.start(
        "export " + file.getFileName(),
        c -> {
          FigureExporter.writeText(csv, file);
          return file;
        },
        written -> dialogs.notice("Exported", FileNames.shown(written)),
        failure -> report("Cannot export the comparison", failure, ""));
  }

  /** Writes the metrics of all stored runs as CSV or Parquet, by the file's ending. */
  public void exportAll(Path file) {
    Path from = store.get();
    tasks.start(
        "export " + file.getFileName(),
        c -> {
          Path folder = file.toAbsolutePath().getParent();
          if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(file + ": expected an existing folder to write into");
          }
          try (RunStore opened = RunStore.openToRead(from)) {
            opened.export(file);
          }
          return file;
        },
        written -> dialogs.notice("Exported", FileNames.shown(written)),
        failure -> report("Cannot export the runs", failure, ""));
  }

  private void report(String title, Throwable failure, String hint) {
    dialogs.error(ErrorReport.of(title, failure, hint));
  }
}
