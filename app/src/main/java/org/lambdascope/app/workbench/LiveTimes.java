package org.lambdascope.app.workbench;

import java.util.Arrays;
import org.lambdascope.engine.experiment.Arm;

/**
 * How long moves of one setting took.
 *
 * @param arm with the setting at rest
 * @param setting what was moved
 * @param reused positions that the last move took over from the run before
 * @param partialSeconds per move, until charts showed the first of the new setting
 * @param completeSeconds per move, until they showed all of it
 */
public record LiveTimes(
    Arm arm, LiveSetting setting, int reused, double[] partialSeconds, double[] completeSeconds) {

  /** The median, of at least one value. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
