package org.lambdascope.app.inspector;

import org.jspecify.annotations.Nullable;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.TokenReading;

/**
 * What one arm makes of the selected token.
 *
 * @param column which column of the workbench, from 0
 * @param arm the column
 * @param settings the arm as it was run
 * @param reading what it makes of it; null while there is none
 * @param state why there is none; else empty
 * @param stale whether the arm's settings have changed since it was run
 */
public record ArmReading(
    int column,
    ArmViewModel arm,
    Arm settings,
    @Nullable TokenReading reading,
    String state,
    boolean stale) {

  ArmReading with(TokenReading found) {
    return new ArmReading(column, arm, settings, found, "", stale);
  }

  ArmReading failing(String why) {
    return new ArmReading(column, arm, settings, null, why, stale);
  }

  ArmReading marked(boolean nowStale) {
    return new ArmReading(column, arm, settings, reading, state, nowStale);
  }
}
