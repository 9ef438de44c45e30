package org.lambdascope.engine.task;

/** Told by long work how far it has come. Called on the working thread. */
@FunctionalInterface
public interface Progress {

  /** Ignores everything. */
  Progress NONE = (stage, done, total) -> {};

  /**
   * Reports progress.
   *
   * @param stage what is being done, for a person; stable while one stage lasts
   * @param done units finished, {@code 0 ≤ done ≤ total}
   * @param total units in the stage (tokens, unless the stage says otherwise)
   */
  void update(String stage, long done, long total);
}
