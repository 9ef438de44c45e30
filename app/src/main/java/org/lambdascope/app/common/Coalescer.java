package org.lambdascope.app.common;

import java.time.Duration;
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
  private final boolean prompt;
  private @Nullable Runnable pending;
  private boolean waits;

  private Coalescer(TaskRunner tasks, Duration interval, boolean prompt) {
    this.tasks = tasks;
    this.interval = interval;
    this.prompt = prompt;
  }

  /** Updates at most once per {@code interval}, and that much after the first of what is new. */
  public Coalescer(TaskRunner tasks, Duration interval) {
    this(tasks, interval, false);
  }

  /**
   * Updates at most once per {@code interval}, at once when nothing was updated for so long: what
   * comes last is not held back.
   */
  public static Coalescer prompt(TaskRunner tasks, Duration interval) {
    return new Coalescer(tasks, interval, true);
  }

  /** Puts an update in place of the one that waits, if any. */
  public synchronized void offer(Runnable update) {
    pending = update;
    if (!waits) {
      waits = true;
      tasks.after(prompt ? Duration.ZERO : interval, this::flush);
    }
  }

  /** Runs an update now, in place of the one that waits, if any. On the user-interface thread. */
  public void now(Runnable update) {
    clear();
    update.run();
  }

  /** Drops the update that waits. */
  public synchronized void clear() {
    pending = null;
  }

  private void flush() {
    Runnable update = take();
    if (update != null) {
      update.run();
    }
  }

  /** The update that waits; the interval begins anew when updates are prompt. */
  private synchronized @Nullable Runnable take() {
    Runnable update = pending;
    pending = null;
    waits = prompt && update != null;
    if (waits) {
      tasks.after(interval, this::flush);
    }
    return update;
  }
}
