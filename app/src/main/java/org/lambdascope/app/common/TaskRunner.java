package org.lambdascope.app.common;

import java.time.Duration;
import java.util.function.Consumer;
import org.lambdascope.engine.task.Cancellation;

/**
 * Runs work off the user-interface thread and brings results back to it. View-models see only this
 * interface, so their tests need no toolkit.
 */
public interface TaskRunner {

  /** Work for a background thread. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does the work.
     *
     * @param cancellation says when to stop
     */
    T run(Cancellation cancellation) throws Exception;
  }

  /** Work that was started, or an action that was put off. */
  @FunctionalInterface
  interface Handle {
    /** Asks the work to stop, or drops the action. Harmless when it has ended. */
    void cancel();
  }

  /**
   * Starts work on a background thread. Exactly one of the two consumers is called, on the
   * user-interface thread, when the work has really ended; also when it was cancelled.
   *
   * @param name what it is, for thread names
   * @param work the work
   * @param done takes what it returned
   * @param failed takes what it threw; {@link java.util.concurrent.CancellationException} when it
   *     stopped because it was cancelled
   */
  <T> Handle start(String name, Work<T> work, Consumer<? super T> done, Consumer<Throwable> failed);

  /** Runs an action on the user-interface thread after a delay, unless it is cancelled before. */
  Handle after(Duration delay, Runnable action);

  /** Runs an action on the user-interface thread, soon. */
  void onUi(Runnable action);
}
