package org.lambdascope.app.library;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.library.LibraryItem.Kind;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.settings.Settings;

/** What can be opened: bundled and recent models and documents, and runs. */
public final class LibraryViewModel {

  private static final int MOST_RUNS = 8;

  private final ModelsViewModel models;
  private final Settings settings;
  private final List<Path> bundledModels;
  private final List<Path> bundledDocuments;
  private final ObservableList<Path> recentRuns = FXCollections.observableArrayList();
  private final ObservableList<Path> storedRuns = FXCollections.observableArrayList();
  private final StringProperty search = new SimpleStringProperty("");
  private final Map<Kind, ObservableList<LibraryItem>> items = new EnumMap<>(Kind.class);
  private @Nullable Consumer<Path> runOpener;

  /**
   * Lists what there is.
   *
   * @param bundledModels models that come with the program
   * @param bundledDocuments documents that come with it
   */
  public LibraryViewModel(
      ModelsViewModel models,
      Settings settings,
      List<Path> bundledModels,
      List<Path> bundledDocuments) {
    this.models = models;
    this.settings = settings;
    this.bundledModels = List.copyOf(bundledModels);
    this.bundledDocuments = List.copyOf(bundledDocuments);
    recentRuns.setAll(settings.recentRuns());
    for (Kind kind : Kind.values()) {
      items.put(kind, FXCollections.observableArrayList());
    }
    ListChangeListener<Path> changed = c -> fill();
    models.recentModels().addListener(changed);
    models.recentTexts().addListener(changed);
    recentRuns.addListener(changed);
    storedRuns.addListener(changed);
    models.sourceProperty().subscribe((before, now) -> fill());
    search.subscribe((before, now) -> fill());
    fill();
  }

  /** What names must contain; empty for all. */
  public StringProperty searchProperty() {
    return search;
  }

  /** The items of a section: bundled ones first, then recent ones, the latest first. */
  public ObservableList<LibraryItem> items(Kind kind) {
    return items.getOrDefault(kind, FXCollections.emptyObservableList());
  }

  /**
   * Folders of runs that the run store knows, the latest first; whoever reads the store sets it.
   */
  public ObservableList<Path> storedRuns() {
    return storedRuns;
  }

  /** Sets what opens the folder of a run. */
  public void setRunOpener(Consumer<Path> opener) {
    runOpener = opener;
  }

  /** Opens an item. A model that is open stays as it is, with the results that it gave. */
  public void open(LibraryItem item) {
    if (item.kind() == Kind.MODEL && item.open() && models.openingProperty().get().isEmpty()) {
      return;
    }
    switch (item.kind()) {
      case MODEL -> models.openModel(item.path());
      case DOCUMENT -> models.openText(item.path());
      case RUN -> openRun(item.path());
    }
  }

  /** Whether an item can be taken off the list: bundled ones and those of the store cannot. */
  public boolean canForget(LibraryItem item) {
    return !item.bundled() && (item.kind() != Kind.RUN || recentRuns.contains(item.path()));
  }

  /** Takes an item off the list of recent ones; the file stays. */
  public void forget(LibraryItem item) {
    switch (item.kind()) {
      case MODEL -> models.forgetModel(item.path());
      case DOCUMENT -> models.forgetText(item.path());
      case RUN -> {
        recentRuns.remove(item.path());
        settings.setRecentRuns(List.copyOf(recentRuns));
      }
    }
  }

  /** Opens and remembers the folder of a run. */
  public void openRun(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    List<Path> paths = new ArrayList<>(recentRuns);
    paths.remove(path);
    paths.addFirst(path);
    recentRuns.setAll(paths.subList(0, Math.min(MOST_RUNS, paths.size())));
    settings.setRecentRuns(List.copyOf(recentRuns));
    Consumer<Path> opener = runOpener;
    if (opener != null) {
      opener.accept(path);
    }
  }

  private void fill() {
    SharedModel model = models.source().model();
    LoadedText text = models.source().text();
    fill(
        Kind.MODEL,
        bundledModels,
        models.recentModels(),
        model == null ? null : model.model().path());
    fill(Kind.DOCUMENT, bundledDocuments, models.recentTexts(), text == null ? null : text.path());
    Set<Path> runs = new LinkedHashSet<>(recentRuns);
    runs.addAll(storedRuns);
    fill(Kind.RUN, List.of(), List.copyOf(runs), null);
  }

  private void fill(Kind kind, List<Path> bundled, List<Path> recent, @Nullable Path open) {
    List<LibraryItem> found = new ArrayList<>();
    Set<Path> seen = new LinkedHashSet<>();
    for (Path path : bundled) {
      seen.add(path.toAbsolutePath().normalize());
      add(found, new LibraryItem(kind, path, true, same(path, open)));
    }
    for (Path path : recent) {
      if (seen.add(path.toAbsolutePath().normalize())) {
        add(found, new LibraryItem(kind, path, false, same(path, open)));
      }
    }
    ObservableList<LibraryItem> list = items(kind);
    if (!list.equals(found)) {
      list.setAll(found);
    }
  }

  private void add(List<LibraryItem> found, LibraryItem item) {
    String wanted = search.get().trim().toLowerCase(Locale.ROOT);
    if (item.name().toLowerCase(Locale.ROOT).contains(wanted)) {
      found.add(item);
    }
  }

  private static boolean same(Path path, @Nullable Path other) {
    return other != null
        && path.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }
}
