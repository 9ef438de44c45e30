package org.lambdascope.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.lambdascope.engine.task.Cancellation;

/**
 * Turns Ctrl-C into a cancellation. The JVM begins to shut down at once, so a shutdown hook holds
 * it until the running command has written what it has; the status is then the system's own, 130.
 */
final class Interrupts implements Cancellation {

  /** The most that a command may take to write what it has. */
  private static final long GRACE_SECONDS = 60;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean cancelled;

  private Interrupts() {}

  static Interrupts install() {
    Interrupts interrupts = new Interrupts();
    Runtime.getRuntime().addShutdownHook(new Thread(interrupts::shutDown, "lambdascope-interrupt"));
    return interrupts;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  /** Says that the command is done and its output is written. */
  void finished() {
    finished.countDown();
  }

  private void shutDown() {
    if (finished.getCount() == 0) {
      return; // an ordinary exit
    }
    cancelled = true;
    try {
      if (!finished.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(ExitStatus.INTERRUPTED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
