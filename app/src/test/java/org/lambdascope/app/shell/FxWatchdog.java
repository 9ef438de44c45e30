package org.lambdascope.app.shell;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * Once in which the FX thread did not answer.
   *
   * @param millis how long, from the question to the answer
   * @param busyMillis the part of it that the thread computed or waited for something in the
   *     program; the rest is that of other programs and of the garbage collector
   * @param rendererMillis the part of these that it waited for the software renderer
   * @param place where it was most of the time, its caller after it
   */
  record Stall(long millis, long busyMillis, long rendererMillis, String place) {}

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

  /** Looks away, as while a window is made that nobody can use yet. */
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
    Samples samples = new Samples();
    do {
      if (!watching) {
        return;
      }
      samples.add(thread.getStackTrace(), thread.getState());
    } while (!answer.await(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
    long nanos = answered[0] - asked;
    long computed = threads.getThreadCpuTime(thread.threadId()) - processor;
    long busy = Math.min(nanos, computed + (long) (samples.waiting() * nanos));
    // Collections stop the thread without taking its processor time, but not while it waits.
    long others = TimeUnit.MILLISECONDS.toNanos(collectedMillis() - collected);
    busy = Math.min(busy, nanos - others);
    if (watching && nanos >= TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS)) {
      synchronized (stalls) {
        stalls.add(
            new Stall(
                nanos / 1_000_000,
                busy / 1_000_000,
                (long) (samples.rendering() * nanos) / 1_000_000,
                samples.place()));
      }
    }
  }

  private long collectedMillis() {
    return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
  }

  /** Stacks of one stall. */
  private static final class Samples {

    private static final String OURS = "org.lambdascope.";
    private static final int MOST_FRAMES = 3;

    /** The toolkit's method in which a window that opens or closes waits until all are drawn. */
    private static final String RENDERER = "runWithRenderLock";

    private final Map<String, Integer> places = new HashMap<>();
    private int taken;
    private int waited;
    private int rendered;

    void add(StackTraceElement[] stack, Thread.State state) {
      List<String> ours = new ArrayList<>();
      List<String> others = new ArrayList<>();
      for (StackTraceElement frame : stack) {
        boolean own = frame.getClassName().startsWith(OURS);
        List<String> frames = own ? ours : others;
        if (frames.size() < MOST_FRAMES) {
          frames.add(text(frame, own));
        }
      }
      taken++;
      // Where nothing is to be done the thread waits too, in the platform's own loop.
      boolean idle = ours.isEmpty() && others.stream().noneMatch(f -> f.contains("quantum"));
      if (state != Thread.State.RUNNABLE && !idle) {
        waited++;
        rendered += Arrays.stream(stack).anyMatch(f -> f.getMethodName().equals(RENDERER)) ? 1 : 0;
      }
      places.merge(String.join(" ← ", ours.isEmpty() ? others : ours), 1, Integer::sum);
    }

    /** The part of the time in which the thread waited for another. */
    double waiting() {
      return (double) waited / taken;
    }

    /** The part of the time in which it waited for the renderer. */
    double rendering() {
      return (double) rendered / taken;
    }

    String place() {
      return places.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse("");
    }

    private static String text(StackTraceElement frame, boolean own) {
      String type = frame.getClassName();
      String name = own ? type.substring(type.lastIndexOf('.') + 1) : type;
      return "%s.%s:%d".formatted(name, frame.getMethodName(), frame.getLineNumber());
    }
  }
}
