package org.lambdascope.engine.task;

import java.util.concurrent.CancellationException;

/** Asked by long work, often, whether it should stop. Implementations are thread-safe and cheap. */
@FunctionalInterface
public interface Cancellation {

  /** Never cancelled. */
  Cancellation NONE = () -> false;

  /** Whether the work should stop as soon as it can. */
  boolean cancelled();

  /**
   * Stops the caller when cancelled.
   *
   * @throws CancellationException if {@link #cancelled()}
   */
  default void check() {
    if (cancelled()) {
      throw new CancellationException("cancelled");
    }
  }
}
