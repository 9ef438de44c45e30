package org.lambdascope.app.common;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Background threads, and one thread that results are brought to: the toolkit's ({@link
 * FxTaskRunner}), or, without a display, any executor of one thread.
 */
public class BackgroundTaskRunner implements TaskRunner, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(BackgroundTaskRunner.class.getName());

  private final ExecutorService workers;

  /**
   * Hands jobs to the workers. A worker that must be started is waited for until the system runs
   * it, and the thread that draws the window has no time for that.
   */
  private final ThreadPoolExecutor dispatcher;

  private final ScheduledThreadPoolExecutor timer;

  private final Executor ui;

  /**
   * Starts the two threads that wait for work; those that do it are started when there is some.
   *
   * @param ui runs actions one after another, in order
   */
  public BackgroundTaskRunner(Executor ui) {
    this(ui, Thread.Builder::factory);
  }

  /**
   * As the other one.
   *
   * @param threads makes a factory of threads as they are described
   */
  BackgroundTaskRunner(Executor ui, Function<Thread.Builder, ThreadFactory> threads) {
    this.ui = ui;
    workers =
        Executors.newCachedThreadPool(
            threads.apply(Thread.ofPlatform().daemon().name("lambdascope-job-", 1)));
    dispatcher =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads.apply(Thread.ofPlatform().daemon().name("lambdascope-dispatcher")));
    dispatcher.prestartCoreThread();
    timer =
        new ScheduledThreadPoolExecutor(
            1, threads.apply(Thread.ofPlatform().daemon().name("lambdascope-timer")));
    timer.prestartCoreThread();
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
    Runnable closing =
        () ->
            onUi(() -> failed.accept(new CancellationException(name + ": the window is closing")));
    try {
      dispatcher.execute(() -> dispatch(name, job, closing, failed));
    } catch (RejectedExecutionException e) {
      closing.run();
    }
    return () -> cancelled.set(true);
  }

  private void dispatch(String name, Runnable job, Runnable closing, Consumer<Throwable> failed) {
    try {
      workers.execute(job);
    } catch (RejectedExecutionException e) {
      closing.run();
    } catch (OutOfMemoryError e) {
      // The system gives no more threads: the job has failed, others may yet run.
      LOG.log(Level.INFO, name, e);
      onUi(() -> failed.accept(e));
    }
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

  /** Takes no more work; what was started before is done, and threads end by themselves. */
  @Override
  public final void close() {
    try {
      dispatcher.execute(workers::shutdown); // after the jobs that are queued
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "closed before", e);
    }
    dispatcher.shutdown();
    timer.shutdownNow();
  }
}
