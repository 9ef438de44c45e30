package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.IntegerProperty;
import javafx.scene.control.Tab;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.editor.FigureWindows;
import org.lambdascope.app.experiment.ExperimentJobViewModel;
import org.lambdascope.app.experiment.ExperimentView;
import org.lambdascope.app.experiment.ExperimentViewModel;
import org.lambdascope.app.figure.FigureTheme;
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
   */
  RunPages(
      TaskRunner tasks,
      Dialogs dialogs,
      FilePicker files,
      ChartActions charts,
      FigureWindows editors,
      Samples samples,
      Path store,
      IntegerProperty page) {
    this.editors = editors;
    this.page = page;
    runs = new RunsViewModel(tasks, dialogs, store);
    ExperimentJobViewModel job =
        new ExperimentJobViewModel(tasks, dialogs, samples, store, System::nanoTime);
    experiment = new ExperimentViewModel(tasks, dialogs, files, samples, job);
    runsView = new RunsView(runs, files, charts, this);
    experimentView = new ExperimentView(experiment, editors);
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
