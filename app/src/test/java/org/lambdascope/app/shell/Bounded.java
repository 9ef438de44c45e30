package org.lambdascope.app.shell;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;

/** Waits that end: when the patience does, with the stacks of all threads. */
final class Bounded {

  /** So long that only a deadlock lasts longer, also on a busy machine. */
  private static final int PATIENCE_SECONDS = 60;

  private static final int PAUSE_MILLIS = 20;

  private Bounded() {}

  /** Does something on the FX thread. */
  static <T> T onFx(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Platform.runLater(task);
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the FX thread does not answer\n" + stacks(), e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** Waits until something holds on the FX thread. */
  static void until(String what, Callable<Boolean> holds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!onFx(holds)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain until " + what + "\n" + stacks());
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /**
   * Does something that may wait without bound by itself, as robots do; its thread is interrupted
   * when it takes too long.
   */
  @SuppressWarnings("Interruption") // the point of it: robots know no time limit
  static void run(Action action) throws Exception {
    Thread caller = Thread.currentThread();
    String[] stacks = {""};
    Thread guard =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
                    stacks[0] = stacks();
                    caller.interrupt();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // it ended in time
                  }
                });
    try {
      action.run();
    } catch (Exception e) {
      if (stacks[0].isEmpty()) {
        throw e;
      }
      throw new AssertionError("an action does not end\n" + stacks[0], e);
    } finally {
      guard.interrupt();
      guard.join();
      Thread.interrupted(); // of a guard that came too late
    }
  }

  /** What may fail. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  /** The stacks of all threads. */
  static String stacks() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      text.append(entry.getKey()).append(' ').append(entry.getKey().getState()).append('\n');
      for (StackTraceElement frame : entry.getValue()) {
        text.append("\tat ").append(frame).append('\n');
      }
    }
    return text.toString();
  }
}
