package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.run.ExperimentRun;
import org.lambdascope.app.run.OpenExperiment;
import org.lambdascope.app.run.RunFigures;
import org.lambdascope.app.run.RunFolder;
import org.lambdascope.app.run.RunRecord.Status;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.study.Metric;
import org.lambdascope.engine.study.StudyRunner.Done;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an experiment file. */
@Command(
    name = "run",
    description = "Run the experiments of a file; go on where a run was stopped.",
    sortOptions = false,
    footer = {
      "",
      "DIR gets spec.yaml, environment.json, run.json, units/ (the result of each piece of",
      "work), metrics.csv and figures/. An interrupted run keeps what is done and exits 130;",
      "--resume goes on with it, also after a kill or a power cut.",
      "",
      "Example:",
      "  lambdascope run samples/experiments/lm-infinite.yaml --out results"
    })
final class RunCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Samples samples;

  @Parameters(index = "0", paramLabel = "FILE", description = "The experiment file (YAML).")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of the run (default: runs/ and the name of the file).")
  private @Nullable Path named;

  @Option(names = "--resume", description = "Go on with the run that DIR holds, if it holds one.")
  private boolean resume;

  @Option(
      names = "--check",
      description = "Only check the file and say what there is to do; DIR is not made.")
  private boolean check;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute on; all processors by default.")
  private int threads = ModelLoader.defaultThreads();

  @Option(
      names = "--anonymous",
      description = "Leave names out of what figures/ holds, for double-blind review.")
  private boolean anonymous;

  @Mixin private RunArguments run = new RunArguments();
  @Mixin private StoreArguments store = new StoreArguments();

  RunCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    this.samples = samples;
  }

  @Override
  public Integer call() throws IOException {
    run.check();
    ModelArguments.between("--threads", threads, 1, ModelArguments.MOST_THREADS);
    if (named != null) {
      OutputFile.requireName("--out", named);
    }
    try (OpenExperiment opened =
        OpenExperiment.open(file, samples, threads, run.chunk(Integer.MAX_VALUE))) {
      if (check) {
        opened.check(FreeMemory.heap(), terminal.cancellation()).forEach(terminal.out()::println);
        return ExitStatus.OK;
      }
      return run(opened, named == null ? Path.of("runs").resolve(opened.file().name()) : named);
    }
  }

  private int run(OpenExperiment opened, Path out) throws IOException {
    try (RunFolder folder = RunFolder.open(out, resume)) {
      ExperimentRun prepared = opened.prepare(folder, FreeMemory.heap());
      Done before = prepared.done();
      terminal.note(
          "%s: %d of %d units done, in %s"
              .formatted(opened.file().name(), before.done(), before.total(), out));
      if (!before.all()) {
        terminal.note(prepared.forecast(opened.speed(terminal.cancellation())).line());
      }
      FigureFiles.into(folder.figures());
      RunFigures figures = opened.figures(prepared, folder);
      store.begin(folder.path());
      List<Metric> metrics;
      try (ProgressLine progress = run.progress(terminal)) {
        metrics = prepared.run(progress.inPercent(), terminal.cancellation());
      } catch (IOException | RuntimeException | Error e) {
        store.begin(folder.path());
        throw e;
      }
      new MetricTables(metrics).print(terminal.out());
      figures.write(prepared.record(), metrics, anonymous).forEach(terminal.out()::println);
      terminal.out().println(folder.path().resolve("metrics.csv"));
      store.put(terminal, folder.path());
      if (prepared.record().status() != Status.DONE) {
        terminal.note(
            "interrupted after %d of %d units; --resume goes on"
                .formatted(prepared.record().done(), prepared.record().units()));
        return ExitStatus.INTERRUPTED;
      }
      return ExitStatus.OK;
    }
  }
}
