package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.IntegerProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.Tab;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.editor.FigureWindows;
import org.lambdascope.app.experiment.ExperimentJobViewModel;
import org.lambdascope.app.experiment.ExperimentView;
import org.lambdascope.app.experiment.ExperimentViewModel;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.jobs.Job;
import org.lambdascope.app.jobs.Jobs;
import org.lambdascope.app.run.RunSummary;
import org.lambdascope.app.runs.RunsView;
import org.lambdascope.app.runs.RunsViewModel;
import org.lambdascope.app.samples.Samples;

/** The pages that need no open model: stored runs, and the experiment file that makes one. */
final class RunPages implements RunsView.Actions {

  /** The first of the pages, after those of the workbench. */
  static final int RUNS = 3;

  static final int EXPERIMENT = 4;

  private final RunsViewModel runs;
  private final ExperimentViewModel experiment;
  private final RunsView runsView;
  private final ExperimentView experimentView;
  private final FigureWindows editors;
  private final IntegerProperty page;

  /**
   * Makes the pages.
   *
   * @param store the run store, which need not be there
   * @param page which page the window shows
   * @param memory what a run may still take
   */
  RunPages(
      TaskRunner tasks,
      Dialogs dialogs,
      FilePicker files,
      ChartActions charts,
      FigureWindows editors,
      Samples samples,
      Path store,
      IntegerProperty page,
      FreeMemory memory) {
    this.editors = editors;
    this.page = page;
    runs = new RunsViewModel(tasks, dialogs, store);
    ExperimentJobViewModel job =
        new ExperimentJobViewModel(tasks, dialogs, samples, store, System::nanoTime, memory);
    experiment = new ExperimentViewModel(tasks, dialogs, files, samples, job);
    runsView = new RunsView(runs, files, charts, this);
    experimentView = new ExperimentView(experiment, editors, charts);
    page.subscribe(
        now -> {
          if (now.intValue() == RUNS) {
            runs.reload();
          }
        });
    job.endedProperty()
        .subscribe(
            folder -> {
              if (folder != null) {
                runs.reload();
              }
            });
  }

  /** Whether a page needs no open model. */
  static boolean has(int page) {
    return page == RUNS || page == EXPERIMENT;
  }

  List<Tab> tabs() {
    return List.of(new Tab("Runs", runsView), new Tab("Experiment", experimentView));
  }

  void setTheme(FigureTheme theme) {
    runsView.setTheme(theme);
    experimentView.setTheme(theme);
  }

  /** Shows the run of a folder. */
  void openRun(Path folder) {
    page.set(RUNS);
    runs.openRun(folder);
  }

  /** Shows an experiment file. */
  void openFile(Path file) {
    page.set(EXPERIMENT);
    experiment.open(file);
  }

  @Override
  public void openFigure(Path figure) {
    editors.open(figure);
  }

  @Override
  public void openExperiment(Path runFolder) {
    page.set(EXPERIMENT);
    experiment.openRun(runFolder);
  }

  @Override
  public void newExperiment() {
    page.set(EXPERIMENT);
    experiment.startNew();
  }

  /** Asks for an experiment file and shows it. */
  void chooseExperiment() {
    page.set(EXPERIMENT);
    experiment.choose();
  }

  /** Runs the experiment file, or goes on with its run, and shows it. */
  void runExperiment() {
    page.set(EXPERIMENT);
    experiment.run();
  }

  /** Says what the experiment file would do, or what stands in its way. */
  void checkExperiment() {
    page.set(EXPERIMENT);
    experiment.check();
  }

  /** Puts the focus on what is wrong in the experiment file. */
  void goToMistake() {
    page.set(EXPERIMENT);
    experimentView.goToMistake();
  }

  /** Opens the experiment of the first chosen run. */
  void openChosen() {
    runs.shownProperty().get().runs().stream()
        .findFirst()
        .ifPresent(run -> openExperiment(run.run().folder()));
  }

  /** The table of runs, and what is asked for beside it. */
  RunsView runsView() {
    return runsView;
  }

  /** Shows the table of runs. */
  void showRuns() {
    page.set(RUNS);
  }

  /** Lists runs of experiments among the window's jobs. */
  void listIn(Jobs jobs) {
    ExperimentJobViewModel running = experiment.job();
    Job[] listed = new Job[1];
    running
        .runningProperty()
        .subscribe(
            (before, now) -> {
              if (now) {
                Job job = jobs.add("run " + running.nameProperty().get(), running::cancel);
                job.started();
                job.progressProperty().bind(running.progressProperty());
                job.detailProperty().bind(running.lineProperty());
                listed[0] = job;
              }
            });
    running
        .endedProperty()
        .subscribe(
            folder -> {
              Job job = listed[0];
              if (folder != null && job != null) {
                job.progressProperty().unbind();
                job.detailProperty().unbind();
                job.ended(state(running.outcome()), running.lineProperty().get());
              }
            });
  }

  private static Job.State state(ExperimentJobViewModel.Outcome outcome) {
    return switch (outcome) {
      case DONE -> Job.State.DONE;
      case STOPPED -> Job.State.CANCELLED;
      case FAILED -> Job.State.FAILED;
    };
  }

  /** Keeps a list of the stored runs' folders, the latest first. */
  void fill(ObservableList<Path> folders) {
    runs.all()
        .addListener(
            (ListChangeListener<RunSummary>)
                c ->
                    folders.setAll(
                        runs.all().stream()
                            .filter(RunSummary::there)
                            .map(r -> r.run().folder())
                            .toList()));
    runs.reload();
  }

  RunsViewModel runs() {
    return runs;
  }

  ExperimentViewModel experiment() {
    return experiment;
  }

  /** Stops a run; what is done is kept. */
  void close() {
    experiment.job().cancel();
  }
}
