package org.lambdascope.app.workbench;

import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ScoreOptions;

/** What the last run of a column left for the next. */
public final class Remembered {

  /** As the window's runs score. */
  public static final ScoreOptions OPTIONS =
      new ScoreOptions(ScoreOptions.DEFAULT.chunk(), WorkbenchViewModel.CAPTURES);

  private Remembered() {}

  /** How many positions a run of these settings would take over. */
  public static int positions(WorkbenchViewModel workbench, ArmViewModel column, Arm next) {
    SharedModel model = workbench.models().source().model();
    return model == null
        ? 0
        : column.memory(0).reusable(model.model().decoder(), next, workbench.tokens(), OPTIONS);
  }
}
