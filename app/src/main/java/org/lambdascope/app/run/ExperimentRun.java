package org.lambdascope.app.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.run.RunRecord.Status;
import org.lambdascope.engine.spec.ExperimentFile;
import org.lambdascope.engine.study.Experiment;
import org.lambdascope.engine.study.Metric;
import org.lambdascope.engine.study.Resources;
import org.lambdascope.engine.study.Studies;
import org.lambdascope.engine.study.StudyModel;
import org.lambdascope.engine.study.StudyRunner;
import org.lambdascope.engine.study.StudyRunner.Done;
import org.lambdascope.engine.study.Unit;
import org.lambdascope.engine.study.UnitListener;
import org.lambdascope.engine.study.UnitStore;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;

/** Runs an experiment file in a folder, or goes on with it. */
public final class ExperimentRun {

  private final ExperimentFile file;
  private final RunFolder folder;
  private final List<Experiment> experiments;
  private final StudyRunner runner;
  private RunRecord record;

  private ExperimentRun(
      ExperimentFile file, RunFolder folder, List<Experiment> experiments, RunRecord record)
      throws IOException {
    this.file = file;
    this.folder = folder;
    this.experiments = experiments;
    this.record = record;
    runner = new StudyRunner(experiments, new UnitStore(folder.units()));
  }

  /**
   * Makes a run ready: everything in the file is checked, and the folder says what it is.
   *
   * @param memory what it may take
   * @throws DoesNotFitException if that is too little
   * @throws IOException if the file cannot be done, or the folder holds another run
   */
  static ExperimentRun prepare(
      ExperimentFile file,
      StudyModel model,
      Resources resources,
      RunFolder folder,
      FreeMemory memory)
      throws IOException {
    List<Experiment> experiments = Studies.of(file, model, resources);
    new ExperimentMemory(file, model, resources, memory)
        .check(experiments, unit -> !folder.isDone(unit.id()));
    byte[] spec = Files.readAllBytes(file.path());
    Environment environment = Environment.of(ProgramVersion.current(), model.model(), resources);
    String configuration = environment.configuration(spec);
    RunRecord record = folder.record();
    if (record == null) {
      String started = now();
      record =
          new RunRecord(
              id(configuration + started + folder.path().toAbsolutePath()),
              file.name(),
              Status.RUNNING,
              configuration,
              model.model().name(),
              started,
              null,
              0,
              experiments.stream().mapToInt(e -> e.units().size()).sum());
      folder.begin(record, spec, environment);
    } else if (!record.configuration().equals(configuration)) {
      throw new IOException(
          "%s: holds a run of another configuration: the experiment file, the model, a text or the program has changed since %s; begin a new run with another --out"
              .formatted(folder.path(), record.started()));
    }
    return new ExperimentRun(file, folder, experiments, record);
  }

  /** What experiments would do, a line for each. */
  static List<String> lines(List<Experiment> experiments) {
    List<String> lines = new ArrayList<>();
    for (Experiment experiment : experiments) {
      lines.add(
          "%s (%s): %d units of work"
              .formatted(
                  experiment.spec().header().name(),
                  experiment.spec().header().kind(),
                  experiment.units().size()));
    }
    return lines;
  }

  /** What is done already. */
  public Done done() {
    return runner.done();
  }

  /** Whether a unit is done already. */
  public boolean isDone(Unit unit) {
    return runner.isDone(unit);
  }

  /**
   * What is left will take.
   *
   * @param speed of the model, in multiply-adds per second; NaN if it is not known
   */
  public ExperimentForecast forecast(double speed) {
    return forecast(experiments, unit -> !isDone(unit), speed);
  }

  static ExperimentForecast forecast(
      List<Experiment> experiments, Predicate<Unit> wanted, double speed) {
    List<Unit> units =
        experiments.stream().flatMap(e -> e.units().stream()).filter(wanted).toList();
    return new ExperimentForecast(
        units.stream().mapToLong(u -> u.need().bytes()).max().orElse(0),
        units.stream().mapToDouble(u -> u.need().work()).sum() / speed);
  }

  /** Metrics of what is done so far; may be asked while the run is under way. */
  public List<Metric> metrics() throws IOException {
    return runner.metrics();
  }

  /** How the run stands. */
  public RunRecord record() {
    return record;
  }

  /** The experiments. */
  public List<Experiment> experiments() {
    return experiments;
  }

  /** The experiment file. */
  public ExperimentFile file() {
    return file;
  }

  /**
   * Does what is left, and writes the metrics of what is done. When cancelled, what is finished
   * stays.
   */
  public List<Metric> run(Progress progress, Cancellation cancellation) throws IOException {
    return run(progress, cancellation, UnitListener.NONE);
  }

  /**
   * Does what is left, as the other method.
   *
   * @param listener told of every unit that is done now
   */
  public List<Metric> run(Progress progress, Cancellation cancellation, UnitListener listener)
      throws IOException {
    folder.update(standing(Status.RUNNING, runner.done()));
    Done done;
    try {
      done = runner.run(progress, cancellation, listener);
    } catch (IOException | RuntimeException | Error e) {
      keep(e);
      throw e;
    }
    List<Metric> metrics = runner.metrics();
    folder.metrics(metrics);
    folder.update(standing(done.all() ? Status.DONE : Status.INTERRUPTED, done));
    return metrics;
  }

  /** What is done before a failure is as good as after an interruption. */
  private void keep(Throwable failure) {
    try {
      folder.metrics(runner.metrics());
      folder.update(standing(Status.INTERRUPTED, runner.done()));
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e); // the failure that led here is the one to tell
    }
  }

  private RunRecord standing(Status status, Done done) {
    record =
        record.with(status, status == Status.RUNNING ? null : now(), done.done(), done.total());
    return record;
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String id(String of) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
