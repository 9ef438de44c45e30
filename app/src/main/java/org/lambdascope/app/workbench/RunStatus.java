package org.lambdascope.app.workbench;

import org.lambdascope.app.common.Formats;

/**
 * What runs now.
 *
 * @param arm the arm, as the command line writes it
 * @param stage what is being done
 * @param done tokens done in the stage
 * @param total tokens in the stage
 * @param tokensPerSecond rate of the stage; NaN at first
 * @param fraction how far the whole run is, 0 to 1
 * @param etaSeconds seconds until the run ends; NaN at first
 * @param waiting arms that wait for their turn
 */
public record RunStatus(
    String arm,
    String stage,
    long done,
    long total,
    double tokensPerSecond,
    double fraction,
    double etaSeconds,
    int waiting) {

  /** One line for the status bar. */
  public String line() {
    // The kind alone: its parameters stand in its column, and there is more to be said here.
    StringBuilder text = new StringBuilder(arm.split(":", 2)[0]);
    text.append(" — ").append(stage).append(' ');
    text.append(Formats.count(done)).append(" / ").append(Formats.count(total)).append(" tokens");
    if (!Double.isNaN(tokensPerSecond)) {
      text.append(" · ").append(Formats.rate(tokensPerSecond)).append(" tokens/s");
    }
    if (!Double.isNaN(etaSeconds)) {
      text.append(" · ").append(Formats.left(etaSeconds));
    }
    if (waiting > 0) {
      text.append(" · ").append(waiting).append(waiting == 1 ? " arm waits" : " arms wait");
    }
    return text.toString();
  }
}
