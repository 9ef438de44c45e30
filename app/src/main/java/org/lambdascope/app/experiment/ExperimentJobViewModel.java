package org.lambdascope.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Coalescer;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.common.ShortNames;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.run.ExperimentRun;
import org.lambdascope.app.run.OpenExperiment;
import org.lambdascope.app.run.RunFigures;
import org.lambdascope.app.run.RunFolder;
import org.lambdascope.app.run.RunRecord;
import org.lambdascope.app.run.RunStore;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.study.Experiment;
import org.lambdascope.engine.study.Metric;
import org.lambdascope.engine.study.StudyRunner.Done;
import org.lambdascope.engine.study.Unit;
import org.lambdascope.engine.study.UnitListener;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;

/** A run of an experiment file: its units as they are done, and the figures that come of them. */
public final class ExperimentJobViewModel {

  private static final Logger LOG = Logger.getLogger(ExperimentJobViewModel.class.getName());

  /** Figures are drawn again no more often. */
  private static final long REST_NANOS = 2_000_000_000L;

  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final Samples samples;
  private final Path store;
  private final LongSupplier clock;
  private final FreeMemory memory;
  private final Coalescer updates;
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper name = new ReadOnlyStringWrapper("");
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(0);
  private final ReadOnlyStringWrapper line = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper forecast = new ReadOnlyStringWrapper("");
  private final ObservableList<UnitRow> units = FXCollections.observableArrayList();
  private final Map<String, Integer> places = new HashMap<>();
  private final ReadOnlyObjectWrapper<Map<String, Drawing>> figures =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyObjectWrapper<@Nullable Path> ended = new ReadOnlyObjectWrapper<>();
  private Started started = (file, out, resume) -> {};
  private TaskRunner.@Nullable Handle handle;
  private Outcome outcome = Outcome.STOPPED;

  /** How a run can end. */
  public enum Outcome {
    /** All units are done. */
    DONE,
    /** The user stopped it. */
    STOPPED,
    /** It could not be run, or not to its end. */
    FAILED
  }

  /** Hears of runs that begin. */
  @FunctionalInterface
  public interface Started {
    /** A file is run in a folder, which may hold this run already. */
    void started(Path file, Path out, boolean resume);
  }

  /**
   * Nothing runs at first.
   *
   * @param store where runs are put when they end
   * @param clock in nanoseconds
   * @param memory what a run may still take
   */
  public ExperimentJobViewModel(
      TaskRunner tasks,
      Dialogs dialogs,
      Samples samples,
      Path store,
      LongSupplier clock,
      FreeMemory memory) {
    this.memory = memory;
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.samples = samples;
    this.store = store;
    this.clock = clock;
    updates = new Coalescer(tasks, Duration.ofMillis(100));
  }

  /** Is to be called whenever a run begins. */
  public void onStarted(Started listener) {
    started = listener;
  }

  /** Whether a run is under way. */
  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** The name of the file that is run, or was run last. */
  public ReadOnlyStringProperty nameProperty() {
    return name.getReadOnlyProperty();
  }

  /** How the run ended that ended last. */
  public Outcome outcome() {
    return outcome;
  }

  /** How far it is, 0 to 1; −1 while models and texts are read. */
  public ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** What is done now and how long all of it will take; how it ended, when it has. */
  public ReadOnlyStringProperty lineProperty() {
    return line.getReadOnlyProperty();
  }

  /** About what the run takes in all; empty before that is known. */
  public ReadOnlyStringProperty forecastProperty() {
    return forecast.getReadOnlyProperty();
  }

  /** What a run may still take. */
  FreeMemory memory() {
    return memory;
  }

  /** The units, in the order in which they are done. */
  public ObservableList<UnitRow> units() {
    return units;
  }

  /** Figures and tables of what is done, by file name. */
  public ReadOnlyObjectProperty<Map<String, Drawing>> figuresProperty() {
    return figures.getReadOnlyProperty();
  }

  /** The folder of the run that ended last; null before. */
  public ReadOnlyObjectProperty<@Nullable Path> endedProperty() {
    return ended.getReadOnlyProperty();
  }

  /**
   * Starts a run, unless one is under way.
   *
   * @param file the experiment file
   * @param out the folder of the run
   * @param resume whether it may hold this run already
   * @param refused takes what made it impossible
   */
  public void start(Path file, Path out, boolean resume, Consumer<Throwable> refused) {
    if (running.get()) {
      dialogs.notice("Not started", "A run is under way; cancel it first");
      return;
    }
    name.set(nameOf(file, out));
    running.set(true);
    progress.set(-1);
    line.set("Reading the model and the texts …");
    forecast.set("");
    units.clear();
    figures.set(Map.of());
    handle =
        tasks.start(
            "run " + file.getFileName(),
            cancellation -> work(file, out, resume, cancellation),
            this::finished,
            failure -> {
              stop();
              if (failure instanceof CancellationException) {
                outcome = Outcome.STOPPED;
                line.set("Cancelled before the first unit");
              } else {
                outcome = Outcome.FAILED;
                line.set("Not run: " + failure.getMessage());
                refused.accept(failure);
              }
              ended.set(null);
              ended.set(out);
            });
  }

  /** The file that a run keeps is called like all others: the run's folder tells it. */
  private static String nameOf(Path file, Path out) {
    return String.valueOf((RunFolder.isSpecName(file) ? out : file).getFileName());
  }

  /** Asks the run to stop after its next step; what is done is kept. */
  public void cancel() {
    TaskRunner.Handle now = handle;
    if (now != null) {
      line.set("Stopping …");
      now.cancel();
    }
  }

  /** How a run ended. */
  private record Ended(
      RunRecord record, Path folder, Map<String, Drawing> drawings, String stored) {}

  private Ended work(Path file, Path out, boolean resume, Cancellation cancellation)
      throws IOException {
    try (OpenExperiment opened =
            OpenExperiment.open(file, samples, ModelLoader.defaultThreads(), OpenExperiment.CHUNK);
        RunFolder folder = RunFolder.open(out, resume)) {
      ExperimentRun run = opened.prepare(folder, memory);
      store(out); // so that it is seen, and can be resumed, however it ends
      RunFigures drawn = opened.figures(run, folder);
      List<UnitRow> rows = rows(run);
      Done before = run.done();
      tasks.onUi(
          () -> {
            begin(rows, before);
            started.started(file, out, resume);
          });
      if (!before.all()) {
        forecast(run, opened.speed(cancellation));
      }
      Watcher watcher = new Watcher(run, drawn);
      watcher.draw();
      List<Metric> metrics;
      try {
        metrics = run.run(watcher, cancellation, watcher);
      } catch (IOException | RuntimeException | Error e) {
        store(out);
        throw e;
      }
      drawn.write(run.record(), metrics, false);
      return new Ended(run.record(), out, drawn.drawings(metrics), store(out));
    }
  }

  private void forecast(ExperimentRun run, double speed) {
    String words = "forecast: " + run.forecast(speed).brief();
    tasks.onUi(() -> forecast.set(words));
  }

  /** Puts a run into the store; that it cannot is no failure, since its folder holds everything. */
  private String store(Path folder) {
    try (RunStore opened = RunStore.open(store)) {
      opened.put(folder);
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static List<UnitRow> rows(ExperimentRun run) {
    return run.experiments().stream().flatMap(e -> rows(run, e)).toList();
  }

  private static Stream<UnitRow> rows(ExperimentRun run, Experiment experiment) {
    String name = name(experiment);
    ShortNames names =
        ShortNames.of(experiment.units().stream().map(u -> unsaid(name, u.title())).toList());
    return experiment.units().stream()
        .map(
            u ->
                new UnitRow(
                    u.id(),
                    name,
                    names.forms(unsaid(name, u.title())),
                    run.isDone(u) ? UnitRow.State.DONE : UnitRow.State.WAITING));
  }

  /** A title without the experiment's name, which is shown beside it. */
  private static String unsaid(String experiment, String title) {
    String prefix = experiment + ": ";
    return title.startsWith(prefix) ? title.substring(prefix.length()) : title;
  }

  private static String name(Experiment experiment) {
    return experiment.spec().header().name();
  }

  private void begin(List<UnitRow> rows, Done before) {
    units.setAll(rows);
    places.clear();
    for (int i = 0; i < rows.size(); i++) {
      places.put(rows.get(i).id(), i);
    }
    progress.set(0);
    line.set("%d of %d units done before".formatted(before.done(), before.total()));
  }

  private void mark(Unit unit, UnitRow.State state) {
    Integer place = places.get(unit.id());
    if (place != null) {
      units.set(place, units.get(place).in(state));
    }
  }

  private void finished(Ended how) {
    stop();
    RunRecord record = how.record();
    boolean all = record.status() == RunRecord.Status.DONE;
    outcome = all ? Outcome.DONE : Outcome.STOPPED;
    progress.set(record.units() == 0 ? 1 : (double) record.done() / record.units());
    units.replaceAll(u -> u.state() == UnitRow.State.RUNNING ? u.in(UnitRow.State.WAITING) : u);
    figures.set(how.drawings());
    line.set(
        all
            ? "Done: %d units, in %s".formatted(record.units(), FileNames.shown(how.folder()))
            : "Interrupted after %d of %d units; Resume goes on"
                .formatted(record.done(), record.units()));
    if (!how.stored().isEmpty()) {
      dialogs.notice("The run is complete in its folder, but not in the store", how.stored());
    }
    ended.set(null);
    ended.set(how.folder());
  }

  private void stop() {
    updates.clear();
    handle = null;
    running.set(false);
    progress.set(0);
    forecast.set(""); // how long it took is known now
  }

  /** Watches a run on its thread. */
  private final class Watcher implements Progress, UnitListener {

    private final ExperimentRun run;
    private final RunFigures drawn;
    private final long start = clock.getAsLong();
    private long first = -1;
    private long drawnAt;

    Watcher(ExperimentRun run, RunFigures drawn) {
      this.run = run;
      this.drawn = drawn;
    }

    @Override
    public void update(String stage, long done, long total) {
      if (first < 0) {
        first = done;
      }
      double seconds = (clock.getAsLong() - start) * 1e-9;
      double share = total == 0 ? 1 : (double) done / total;
      String left =
          done > first && done < total
              ? " · " + Formats.left(seconds * (total - done) / (done - first))
              : "";
      String words = String.format(Locale.ROOT, "%.0f %%%s · %s", 100 * share, left, stage);
      updates.offer(
          () -> {
            if (handle != null && !line.get().startsWith("Stopping")) {
              progress.set(share);
              line.set(words);
            }
          });
    }

    @Override
    public void started(Unit unit) {
      tasks.onUi(() -> mark(unit, UnitRow.State.RUNNING));
    }

    @Override
    public void done(Unit unit) {
      tasks.onUi(() -> mark(unit, UnitRow.State.DONE));
      if (clock.getAsLong() - drawnAt > REST_NANOS) {
        draw();
      }
    }

    /** Shows the figures of what is done; the run goes on without them. */
    void draw() {
      try {
        Map<String, Drawing> now = drawn.drawings(run.metrics());
        tasks.onUi(() -> figures.set(now));
      } catch (IOException | IllegalArgumentException e) {
        LOG.log(Level.INFO, "figures of a run that is under way", e);
      }
      drawnAt = clock.getAsLong();
    }
  }
}
