package org.lambdascope.app.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.common.UndoStack;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.run.DoesNotFitException;
import org.lambdascope.app.run.OpenExperiment;
import org.lambdascope.app.run.RunFolder;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.spec.ExperimentFile;
import org.lambdascope.engine.spec.SpecException;
import org.lambdascope.engine.spec.SpecText;

/**
 * An experiment file that is edited: its text, of which a form shows and changes single entries.
 */
public final class ExperimentViewModel {

  /** A file to begin with. */
  static final String NEW =
      """
      # What this experiment is for.
      lambdascope: 1
      model: lambda-llama
      arms: [vanilla, window, lm-infinite]
      data: {text: chronicle-32k, piece: 2048, count: 2}
      experiments:
        - kind: perplexity
          lengths: [512, 1024, 2048]
      """;

  private static final Path UNNAMED = Path.of("untitled.yaml");

  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final FilePicker files;
  private final Samples samples;
  private final ExperimentJobViewModel job;
  private final StringProperty text = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<@Nullable SpecText> tree = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable SpecException> problem =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable SpecException> mistake =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable Path> file = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Path> run = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
  private final ExperimentFormViewModel form;
  private final RunPlace place;
  private final UndoStack<State> undo = new UndoStack<>();
  private String saved = "";
  private boolean moving;

  /**
   * A text, with the file that it belongs to.
   *
   * @param file null if it was never saved
   * @param run the folder of the run of whose experiment file it is a copy; null if it is of none
   * @param saved what the file holds
   */
  public record State(String text, @Nullable Path file, @Nullable Path run, String saved) {}

  /** Begins with a new file. */
  public ExperimentViewModel(
      TaskRunner tasks,
      Dialogs dialogs,
      FilePicker files,
      Samples samples,
      ExperimentJobViewModel job) {
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.files = files;
    this.samples = samples;
    this.job = job;
    place = new RunPlace(tasks, samples);
    changed.bind(
        Bindings.createBooleanBinding(
            () -> {
              String ran = place.ranProperty().get();
              return ran != null && !ran.equals(text.get());
            },
            place.ranProperty(),
            text));
    form = new ExperimentFormViewModel(tree.getReadOnlyProperty(), undo::seal, this::write);
    text.subscribe(this::textChanged);
    job.runningProperty().subscribe((before, now) -> place.look());
    show(NEW, null, null);
  }

  /** The text of the file. */
  public StringProperty textProperty() {
    return text;
  }

  /** The text's entries; null while it is not YAML. */
  public ReadOnlyObjectProperty<@Nullable SpecText> treeProperty() {
    return tree.getReadOnlyProperty();
  }

  /** The first mistake in the text; null if there is none. */
  public ReadOnlyObjectProperty<@Nullable SpecException> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /**
   * The first mistake that the text itself shows, with which it is not run; null if there is none.
   * Models and texts, which may be found later, are read only by a run.
   */
  public ReadOnlyObjectProperty<@Nullable SpecException> mistakeProperty() {
    return mistake.getReadOnlyProperty();
  }

  /** Whether the folder of the run holds one of another text. */
  public ReadOnlyBooleanProperty changedProperty() {
    return changed.getReadOnlyProperty();
  }

  /** Where the file is; null if it was never saved. */
  public ReadOnlyObjectProperty<@Nullable Path> fileProperty() {
    return file.getReadOnlyProperty();
  }

  /**
   * The folder of the run whose experiment is shown; null if it is that of a file. The run keeps
   * its own file, whatever is edited here.
   */
  public ReadOnlyObjectProperty<@Nullable Path> runProperty() {
    return run.getReadOnlyProperty();
  }

  /** Whether there are changes that are not saved. */
  public ReadOnlyBooleanProperty dirtyProperty() {
    return dirty.getReadOnlyProperty();
  }

  /** The text as a form. */
  ExperimentFormViewModel form() {
    return form;
  }

  /** Where the file is run. */
  public RunPlace place() {
    return place;
  }

  /** The run, and how it goes. */
  public ExperimentJobViewModel job() {
    return job;
  }

  /** What can be taken back. */
  public UndoStack<State> history() {
    return undo;
  }

  private void textChanged(String before, String now) {
    if (!moving) {
      undo.changed("typing", new State(before, file.get(), run.get(), saved));
      form.clear();
      if (before.lines().count() != now.lines().count()) {
        undo.seal();
      }
    }
    dirty.set(!now.equals(saved));
    read(now);
  }

  private void read(String now) {
    Path named = Objects.requireNonNullElse(file.get(), UNNAMED);
    String name = String.valueOf(named.getFileName());
    try {
      tree.set(SpecText.of(name, now));
    } catch (SpecException e) {
      tree.set(null);
      problem.set(e);
      mistake.set(e);
      return;
    }
    try {
      ExperimentFile read = ExperimentFile.parse(named, now);
      problem.set(null);
      mistake.set(null);
      place.suggest(file.get(), read.name());
    } catch (SpecException e) {
      problem.set(e);
      mistake.set(e);
    }
  }

  private void show(String content, @Nullable Path from, @Nullable Path fromRun) {
    moving = true;
    file.set(from);
    run.set(fromRun);
    saved = content;
    form.clear();
    form.selectedProperty().set(0);
    place.follow();
    if (text.get().equals(content)) {
      read(content);
    } else {
      text.set(content);
    }
    moving = false;
    dirty.set(false);
  }

  /** Begins a new file. */
  public void startNew() {
    keep();
    show(NEW, null, null);
  }

  /** Asks for an experiment file and opens it. */
  public void choose() {
    files
        .file("Open an experiment file", "Experiment files (YAML)", List.of("yaml", "yml"))
        .ifPresent(this::open);
  }

  /**
   * Opens the experiment of a run, to look at it or to go on with it: as a copy, since the run's
   * own file says what was run.
   *
   * @param folder of the run
   */
  public void openRun(Path folder) {
    open(RunFolder.specFile(folder));
  }

  /** What was read. */
  private record Opened(String text, @Nullable Path run) {}

  /**
   * Opens an experiment file, that of a run as {@link #openRun} does; what was edited before can be
   * brought back by undo.
   */
  public void open(Path path) {
    tasks.start(
        "open " + path.getFileName(),
        c -> {
          if (!Files.isRegularFile(path)) {
            throw new IOException(
                "%s: expected an experiment file (YAML), found %s"
                    .formatted(path, Files.isDirectory(path) ? "a folder" : "nothing"));
          }
          return new Opened(
              Files.readString(path, StandardCharsets.UTF_8),
              RunFolder.isSpec(path) ? path.toAbsolutePath().getParent() : null);
        },
        opened -> {
          keep();
          show(opened.text(), opened.run() == null ? path : null, opened.run());
          if (opened.run() != null) {
            place.set(opened.run());
          }
        },
        failure ->
            dialogs.error(
                ErrorReport.of(
                    "Cannot open the experiment file", failure, "The open one is as it was.")));
  }

  /** Remembers what is about to be replaced, if it is not saved. */
  private void keep() {
    if (dirty.get()) {
      undo.seal();
      undo.changed("opening another file", state());
      undo.seal();
      dialogs.notice("Not saved", "Undo brings back the text that was edited before");
    }
  }

  /** Saves where it was opened or saved; asks at first. */
  public void save() {
    Path at = file.get();
    if (at == null) {
      saveAs();
    } else {
      save(at, () -> {});
    }
  }

  /** Asks for a file and saves there. */
  public void saveAs() {
    files.output("experiment.yaml", "yaml").ifPresent(chosen -> save(chosen, () -> {}));
  }

  private void save(Path at, Runnable then) {
    String content = text.get();
    tasks.start(
        "save " + at.getFileName(),
        c -> {
          if (RunFolder.isSpec(at)) {
            throw new IOException(
                at + ": expected a place outside of a run, found the file that says what was run");
          }
          FigureExporter.writeText(content, at);
          return at;
        },
        written -> {
          file.set(written);
          if (run.get() != null) {
            run.set(null);
            dialogs.notice(
                "Saved as a file of its own", "Relative paths in it start from its own folder");
          }
          saved = content;
          dirty.set(!text.get().equals(saved));
          read(text.get());
          undo.seal();
          then.run();
        },
        failure ->
            dialogs.error(
                ErrorReport.of(
                    "Cannot save the experiment file",
                    failure,
                    "The text is as it was; save it elsewhere.")));
  }

  /** Takes the last step back. */
  public void undo() {
    undo.undo(state()).ifPresent(this::step);
  }

  /** Does again what was taken back. */
  public void redo() {
    undo.redo(state()).ifPresent(this::step);
  }

  /** The text as it is now. */
  State state() {
    return new State(text.get(), file.get(), run.get(), saved);
  }

  /** Shows a text that another window kept; what was edited before comes back by undo. */
  void restore(State kept) {
    keep();
    step(kept);
    Path ran = kept.run();
    if (ran != null) {
      place.set(ran);
    }
  }

  private void step(State now) {
    moving = true;
    form.clear();
    file.set(now.file());
    run.set(now.run());
    saved = now.saved();
    text.set(now.text());
    dirty.set(!now.text().equals(saved));
    moving = false;
  }

  /** Changes the text by the form, as one step. */
  private void write(String what, String now) {
    undo.changed(what, state());
    step(new State(now, file.get(), run.get(), saved));
  }

  /** Reads everything that the file names and says how much there is to do; runs nothing. */
  public void check() {
    if (mistaken()) {
      return;
    }
    withFile(
        path ->
            tasks.start(
                "check " + path.getFileName(),
                c -> {
                  try (OpenExperiment opened =
                      OpenExperiment.open(
                          path, samples, ModelLoader.defaultThreads(), OpenExperiment.CHUNK)) {
                    return opened.check(job.memory(), c);
                  }
                },
                lines -> dialogs.notice("The file can be run", String.join("\n", lines)),
                this::refused));
  }

  /**
   * Runs the file, or goes on with the run of the folder; where that is finished, in another
   * folder. A changed file is saved before; the experiment of a run, as long as it is as it was, is
   * run from the file that the run keeps.
   */
  public void run() {
    if (mistaken()) {
      return;
    }
    withFile(
        path ->
            place.prepare(
                ready -> job.start(path, ready.folder(), ready.resume(), this::refused),
                this::refused));
  }

  /** Asks for the run's folder. */
  public void chooseOut() {
    files.folder("Choose the folder of the run").ifPresent(place::set);
  }

  /** What was said of the file only when its model and texts were read. */
  private void refused(Throwable failure) {
    if (failure instanceof SpecException e && e.line() > 0) {
      problem.set(e);
      form.clear();
    }
    ErrorReport report =
        ErrorReport.of(
            "The experiment cannot be run", failure, "What was done before it stopped is kept.");
    if (failure instanceof DoesNotFitException e && e.fitting().isPresent()) {
      String type = e.fitting().get().id();
      dialogs.offer(
          report,
          List.of(
              new Dialogs.Choice(
                  "Store keys and values as " + type.toUpperCase(Locale.ROOT),
                  () -> form.set("", SpecField.optional("cache", SpecField.Type.TEXT, ""), type))));
    } else {
      dialogs.error(report);
    }
  }

  /** Something to do with a saved file. */
  @FunctionalInterface
  private interface WithFile {
    void run(Path path);
  }

  /** Whether the text shows a mistake; says so. */
  private boolean mistaken() {
    SpecException wrong = mistake.get();
    if (wrong != null) {
      dialogs.notice("The file cannot be run", words(wrong));
    }
    return wrong != null;
  }

  /** A mistake with its line, where it has one. */
  static String words(SpecException problem) {
    return problem.line() == 0
        ? problem.reason()
        : "Line %d: %s".formatted(problem.line(), problem.reason());
  }

  private void withFile(WithFile then) {
    Path at = file.get();
    Path ran = run.get();
    if (ran != null && !dirty.get()) {
      then.run(RunFolder.specFile(ran));
    } else if (at != null && !dirty.get()) {
      then.run(at);
    } else if (at != null) {
      save(at, () -> then.run(at));
    } else {
      files
          .output("experiment.yaml", "yaml")
          .ifPresent(chosen -> save(chosen, () -> then.run(chosen)));
    }
  }
}
