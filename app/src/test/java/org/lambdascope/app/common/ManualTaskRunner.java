package org.lambdascope.app.common;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** Runs nothing until it is told to: time stands still between calls, and there is one thread. */
public final class ManualTaskRunner implements TaskRunner {

  private record Timer(long at, int order, boolean[] dropped, Runnable action) {}

  private final Deque<Runnable> works = new ArrayDeque<>();
  private final List<Timer> timers = new ArrayList<>();
  private long now;
  private int order;

  @Override
  public <T> Handle start(
      String name, Work<T> work, Consumer<? super T> done, Consumer<Throwable> failed) {
    boolean[] cancelled = new boolean[1];
    works.add(
        () -> {
          T result;
          try {
            if (cancelled[0]) {
              throw new CancellationException(name);
            }
            result = work.run(() -> cancelled[0]);
          } catch (Exception e) {
            failed.accept(e);
            return;
          }
          done.accept(result);
        });
    return () -> cancelled[0] = true;
  }

  @Override
  public Handle after(Duration delay, Runnable action) {
    Timer timer = new Timer(now + delay.toMillis(), order++, new boolean[1], action);
    timers.add(timer);
    return () -> timer.dropped()[0] = true;
  }

  @Override
  public void onUi(Runnable action) {
    action.run();
  }

  /** Milliseconds that have passed. */
  public long millis() {
    return now;
  }

  /** Works that wait for {@link #work}. */
  public int waitingWorks() {
    return works.size();
  }

  /** Does the next background work, as a working thread would. */
  public void work() {
    works.removeFirst().run();
  }

  /** Does all works, and those that they lead to. */
  public void workAll() {
    while (!works.isEmpty()) {
      work();
    }
  }

  /** Lets time pass. */
  public void pass(long millis) {
    long until = now + millis;
    while (true) {
      Timer next =
          timers.stream()
              .filter(t -> t.at() <= until)
              .min(Comparator.comparingLong(Timer::at).thenComparingInt(Timer::order))
              .orElse(null);
      if (next == null) {
        break;
      }
      timers.remove(next);
      now = Math.max(now, next.at());
      if (!next.dropped()[0]) {
        next.action().run();
      }
    }
    now = until;
  }
}
