package org.lambdascope.app.common;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings frequent updates from working threads to the user-interface thread at a bounded rate: of
 * the updates that arrive within one interval only the last is run. Thread-safe.
 */
public final class Coalescer {

  /** At most 20 updates a second. */
  public static final Duration INTERVAL = Duration.ofMillis(50);

  private final TaskRunner tasks;
  private final Duration interval;
  private final AtomicReference<@Nullable Runnable> pending = new AtomicReference<>();

  /** Updates at most once per {@code interval}. */
  public Coalescer(TaskRunner tasks, Duration interval) {
    this.tasks = tasks;
    this.interval = interval;
  }

  /** Puts an update in place of the one that waits, if any. */
  public void offer(Runnable update) {
    if (pending.getAndSet(update) == null) {
      tasks.after(interval, this::flush);
    }
  }

  /** Drops the update that waits. */
  public void clear() {
    pending.set(null);
  }

  private void flush() {
    Runnable update = pending.getAndSet(null);
    if (update != null) {
      update.run();
    }
  }
}
