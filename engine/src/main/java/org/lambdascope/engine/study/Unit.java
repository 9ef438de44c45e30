package org.lambdascope.engine.study;

import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import tools.jackson.databind.node.ObjectNode;

/**
 * A piece of work that is done and stored as a whole.
 *
 * @param id names its file; says experiment, arm, document and everything else that its result
 *     depends on, so that it is the same in every run of the same experiment file
 * @param title for people
 * @param need how long it takes, and how much memory
 * @param work does it
 */
public record Unit(String id, String title, UnitNeed need, Work work) {

  /** What is done. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @return the result, which says by itself which arm, document and so on it is of
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    ObjectNode run(Progress progress, Cancellation cancellation);
  }
}
