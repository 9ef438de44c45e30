package org.lambdascope.app.run;

import org.jspecify.annotations.Nullable;

/**
 * What a run is, as {@code run.json} has it.
 *
 * @param id 12 hexadecimal digits
 * @param name from the experiment file
 * @param status how it stands
 * @param configuration hash of the experiment file, the model, the texts and the program's version:
 *     equal where the metrics must be equal
 * @param model the model's name
 * @param started when it was first begun, ISO 8601
 * @param finished when it ended; null while it has not
 * @param done units that are done
 * @param units all units
 */
public record RunRecord(
    String id,
    String name,
    Status status,
    String configuration,
    String model,
    String started,
    @Nullable String finished,
    int done,
    int units) {

  /** How a run stands. */
  public enum Status {
    /** Under way, or killed. */
    RUNNING,
    /** Stopped by the user; it can be resumed. */
    INTERRUPTED,
    /** All is done. */
    DONE
  }

  /** This run, further on. */
  public RunRecord with(Status newStatus, @Nullable String ended, int newDone, int newUnits) {
    return new RunRecord(
        id, name, newStatus, configuration, model, started, ended, newDone, newUnits);
  }
}
