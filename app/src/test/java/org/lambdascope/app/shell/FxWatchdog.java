package org.lambdascope.app.shell;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/**
 * Asks the FX thread many times a second whether it is there, and looks at its stack while it does
 * not answer. What it finds is judged by {@link FxStalls}.
 */
final class FxWatchdog {

  /** The longest time without an answer, in milliseconds, that is no stall. */
  static final long LIMIT_MILLIS = Long.getLong("lambdascope.fxStall", 50);

  private static final long BEAT_MILLIS = 10;
  private static final long SAMPLE_MILLIS = 10;

  private static final FxWatchdog INSTANCE = new FxWatchdog();

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final List<Stall> stalls = new ArrayList<>();
  private boolean started;
  private volatile boolean watching;

  /** Set by the first beat. */
  private volatile @Nullable Thread fx;

  /** Whether a window is made or closed now. */
  private volatile boolean windows;

  /**
   * Once in which the FX thread did not answer.
   *
   * @param millis how long, from the question to the answer
   * @param busyMillis the part of it that the thread computed or waited for something in the
   *     program; the rest is that of other programs and of the garbage collector
   * @param ownMillis the part of these that nothing excuses
   * @param excuse what excuses most of the others
   * @param place where it was most of the time, its caller after it
   */
  record Stall(
      long millis, long busyMillis, long ownMillis, StallSamples.Excuse excuse, String place) {}

  private FxWatchdog() {}

  /** The one of this process: what is new to the process is known to all suites. */
  static FxWatchdog instance() {
    return INSTANCE;
  }

  /** Watches from now on. */
  synchronized void watch() {
    if (!started) {
      started = true;
      Thread.ofPlatform().daemon().name("fx-watchdog").start(this::beat);
    }
    watching = true;
  }

  /** Says that a window is made or closed from now on, or no more: nobody can use it meanwhile. */
  void windows(boolean change) {
    windows = change;
  }

  /** Looks away; what has begun is looked at to its end. */
  void pause() {
    watching = false;
  }

  /** What was found since the last call. */
  List<Stall> take() {
    synchronized (stalls) {
      List<Stall> found = List.copyOf(stalls);
      stalls.clear();
      return found;
    }
  }

  private void beat() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(BEAT_MILLIS);
        if (watching) {
          ask();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() throws InterruptedException {
    Thread thread = fx;
    long[] answered = new long[1];
    CountDownLatch answer = new CountDownLatch(1);
    long collected = collectedMillis();
    long processor = thread == null ? 0 : threads.getThreadCpuTime(thread.threadId());
    long asked = System.nanoTime();
    try {
      Platform.runLater(
          () -> {
            fx = Thread.currentThread();
            answered[0] = System.nanoTime();
            answer.countDown();
          });
    } catch (IllegalStateException e) {
      return; // the toolkit has not started
    }
    if (answer.await(LIMIT_MILLIS, TimeUnit.MILLISECONDS) || thread == null) {
      return;
    }
    StallSamples samples = new StallSamples();
    do {
      samples.add(thread.getStackTrace(), thread.getState(), windows);
    } while (!answer.await(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
    long nanos = answered[0] - asked;
    if (nanos < TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS)) {
      return;
    }
    long computed = threads.getThreadCpuTime(thread.threadId()) - processor;
    // Collections stop the thread without taking its processor time, but not while it waits.
    long most = nanos - TimeUnit.MILLISECONDS.toNanos(collectedMillis() - collected);
    synchronized (stalls) {
      stalls.add(
          new Stall(
              nanos / 1_000_000,
              Math.min(most, samples.busy(nanos, computed)) / 1_000_000,
              Math.min(most, samples.own(nanos, computed)) / 1_000_000,
              samples.excuse(),
              samples.place()));
    }
  }

  private long collectedMillis() {
    return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
  }
}
