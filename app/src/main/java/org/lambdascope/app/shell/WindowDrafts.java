package org.lambdascope.app.shell;

import java.nio.file.Path;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.editor.FigureWindows;
import org.lambdascope.app.experiment.ExperimentDraft;
import org.lambdascope.app.session.Drafts;

/** What is edited in a window: figures, and an experiment file. */
final class WindowDrafts implements Drafts {

  private static final String FIGURES = "figures";
  private static final String EXPERIMENT = "experiment";

  private final FigureWindows figures;
  private final ExperimentDraft experiment;
  private final Dialogs dialogs;

  WindowDrafts(FigureWindows figures, ExperimentDraft experiment, Dialogs dialogs) {
    this.figures = figures;
    this.experiment = experiment;
    this.dialogs = dialogs;
  }

  @Override
  public void keepIn(Path folder) {
    figures.keepIn(folder.resolve(FIGURES));
    experiment.keepIn(folder.resolve(EXPERIMENT));
  }

  @Override
  public void open(Path folder, Runnable opened) {
    experiment.open(
        folder.resolve(EXPERIMENT),
        () -> figures.openKept(folder.resolve(FIGURES), opened),
        failure -> dialogs.error(ErrorReport.of("Cannot open the experiment file", failure, "")));
  }

  @Override
  public Runnable ending() {
    Runnable first = figures.ending();
    Runnable then = experiment.ending();
    return () -> {
      first.run();
      then.run();
    };
  }
}
