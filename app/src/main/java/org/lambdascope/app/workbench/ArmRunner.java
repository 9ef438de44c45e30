package org.lambdascope.app.workbench;

import org.lambdascope.engine.task.Cancellation;

/** Runs arms. The window uses {@link EngineArmRunner}; tests of view-models bring their own. */
public interface ArmRunner {

  /**
   * Scores the text and continues it. When cancelled it returns what it has.
   *
   * @param listener hears of it on the calling thread
   */
  RunOutcome run(RunRequest request, RunListener listener, Cancellation cancellation);

  /** Bytes that the run's key/value cache and captures will take at most. */
  long predictedBytes(RunRequest request);

  /** About how much a run has to compute, which forecasts its time from that of others. */
  default RunWork predictedWork(RunRequest request) {
    return RunWork.UNKNOWN;
  }
}
