package org.lambdascope.app.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.spec.ExperimentFile;
import org.lambdascope.engine.study.Experiment;
import org.lambdascope.engine.study.Resources;
import org.lambdascope.engine.study.Studies;
import org.lambdascope.engine.study.StudyModel;
import org.lambdascope.engine.task.Cancellation;

/** An experiment file with its model open: what the command {@code run} and the window both run. */
public final class OpenExperiment implements AutoCloseable {

  /** Tokens per forward pass when nothing else is said. */
  public static final int CHUNK = 256;

  private final ExperimentFile file;
  private final Resources resources;
  private final StudyModel study;

  private OpenExperiment(ExperimentFile file, Resources resources, StudyModel study) {
    this.file = file;
    this.resources = resources;
    this.study = study;
  }

  /**
   * Reads a file and opens its model. The file that a run keeps is read as the one from which the
   * run began: it has its name, and relative paths start where they did.
   *
   * @param samples where models and texts are looked for that are not beside the file
   * @param threads to compute on
   * @param chunk tokens per forward pass
   * @throws org.lambdascope.engine.spec.SpecException with the line of what cannot be done
   * @throws IOException if the file or the model cannot be read
   */
  public static OpenExperiment open(Path path, Samples samples, int threads, int chunk)
      throws IOException {
    ExperimentFile file = read(path);
    Resources resources = new Resources(RunFolder.start(path), samples::dataOr, new ParquetTable());
    LanguageModel model =
        ModelLoader.open(resources.model(file.model(), samples::modelOr), threads)
            .storing(CacheType.valueOf(file.cache().toUpperCase(Locale.ROOT)));
    int pretrainLength =
        file.pretrainLength() == 0 ? model.config().pretrainLength() : file.pretrainLength();
    return new OpenExperiment(file, resources, new StudyModel(model, pretrainLength, chunk));
  }

  private static ExperimentFile read(Path path) throws IOException {
    ExperimentFile file = ExperimentFile.read(path);
    Path folder = path.toAbsolutePath().getParent();
    RunRecord run = folder == null || !RunFolder.isSpec(path) ? null : RunFolder.read(folder);
    return run == null ? file : file.named(run.name());
  }

  /** The file. */
  public ExperimentFile file() {
    return file;
  }

  /**
   * What it would do, a line per experiment, and about what that takes.
   *
   * @param memory what it may take
   * @throws DoesNotFitException if that is too little
   * @throws IOException if it cannot be done
   */
  public List<String> check(FreeMemory memory, Cancellation cancellation) throws IOException {
    List<Experiment> experiments = Studies.of(file, study, resources);
    new ExperimentMemory(file, study, resources, memory).check(experiments, unit -> true);
    List<String> lines = new ArrayList<>(ExperimentRun.lines(experiments));
    lines.add(ExperimentRun.forecast(experiments, unit -> true, speed(cancellation)).line());
    return lines;
  }

  /**
   * Makes a run ready in a folder.
   *
   * @param memory what it may take
   * @throws DoesNotFitException if that is too little
   * @throws IOException if it cannot be done, or the folder holds another run
   */
  public ExperimentRun prepare(RunFolder folder, FreeMemory memory) throws IOException {
    return ExperimentRun.prepare(file, study, resources, folder, memory);
  }

  /**
   * How fast the model reads, in multiply-adds per second: a short text is read.
   *
   * @return NaN if it was cancelled
   */
  public double speed(Cancellation cancellation) {
    try {
      return study.speed(cancellation);
    } catch (CancellationException e) {
      return Double.NaN; // the run that it is for hears of it as well
    }
  }

  /**
   * The figures of a run.
   *
   * @throws IOException if their folder cannot be made
   */
  public RunFigures figures(ExperimentRun run, RunFolder folder) throws IOException {
    return new RunFigures(run.experiments(), study.pretrainLength(), folder.figures());
  }

  @Override
  public void close() {
    study.model().close();
  }
}
