package org.lambdascope.app.common;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Background threads, and one thread that results are brought to: the toolkit's ({@link
 * FxTaskRunner}), or, without a display, any executor of one thread.
 */
public class BackgroundTaskRunner implements TaskRunner, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(BackgroundTaskRunner.class.getName());

  private final ExecutorService workers =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("lambdascope-job-", 1).factory());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lambdascope-timer").factory());

  private final Executor ui;

  /**
   * Starts no thread yet.
   *
   * @param ui runs actions one after another, in order
   */
  public BackgroundTaskRunner(Executor ui) {
    this.ui = ui;
  }

  @Override
  public final <T> Handle start(
      String name, Work<T> work, Consumer<? super T> done, Consumer<Throwable> failed) {
    AtomicBoolean cancelled = new AtomicBoolean();
    Runnable job =
        () -> {
          try {
            if (cancelled.get()) {
              throw new CancellationException(name);
            }
            T result = work.run(cancelled::get);
            onUi(() -> done.accept(result));
          } catch (CancellationException e) {
            onUi(() -> failed.accept(e));
          } catch (Exception | Error e) {
            if (cancelled.get() && e instanceof RuntimeException) {
              // What a cancelled job works on may be closed under it.
              CancellationException stopped = new CancellationException(name);
              stopped.initCause(e);
              onUi(() -> failed.accept(stopped));
              return;
            }
            // OutOfMemoryError among them: the job's arrays are gone by now, the window lives on.
            LOG.log(e instanceof IOException ? Level.FINE : Level.INFO, name, e);
            onUi(() -> failed.accept(e));
          }
        };
    try {
      workers.execute(job);
    } catch (RejectedExecutionException e) {
      onUi(() -> failed.accept(new CancellationException(name + ": the window is closing")));
    }
    return () -> cancelled.set(true);
  }

  @Override
  public final Handle after(Duration delay, Runnable action) {
    AtomicBoolean dropped = new AtomicBoolean();
    try {
      Future<?> future =
          timer.schedule(
              () ->
                  onUi(
                      () -> {
                        if (!dropped.get()) {
                          action.run();
                        }
                      }),
              delay.toNanos(),
              TimeUnit.NANOSECONDS);
      return () -> {
        dropped.set(true);
        future.cancel(false);
      };
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "the window is closing", e);
      return () -> {};
    }
  }

  @Override
  public final void onUi(Runnable action) {
    try {
      ui.execute(action);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "nobody is there to hear it", e);
    }
  }

  /** Takes no more work; threads end by themselves. */
  @Override
  public final void close() {
    workers.shutdown();
    timer.shutdownNow();
  }
}
