package org.lambdascope.app.session;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.lambdascope.app.common.TaskRunner;

/** The thread that calls {@link #drain} does what a window's thread would. */
final class EventLoop implements TaskRunner {

  private static final long LOOK_UP_MILLIS = 50;

  private final DelayQueue<Event> events = new DelayQueue<>();
  private final AtomicLong order = new AtomicLong();
  private final AtomicInteger works = new AtomicInteger();

  /** An action and the moment when it is due. */
  private record Event(long at, long order, Runnable action) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Event event = (Event) other;
      int byTime = Long.compare(at - event.at, 0);
      return byTime != 0 ? byTime : Long.compare(order, event.order);
    }
  }

  /**
   * Does everything that there is to do, and what follows from it.
   *
   * @param meanwhile called many times a second
   */
  void drain(Runnable meanwhile) throws InterruptedException {
    while (works.get() > 0 || !events.isEmpty()) {
      Event event = events.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
      if (event != null) {
        event.action().run();
      }
      meanwhile.run();
    }
  }

  @Override
  public <T> Handle start(
      String name, Work<T> work, Consumer<? super T> done, Consumer<Throwable> failed) {
    AtomicBoolean cancelled = new AtomicBoolean();
    works.incrementAndGet();
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(
            () -> {
              try {
                T result = work.run(cancelled::get);
                onUi(() -> done.accept(result));
              } catch (CancellationException e) {
                onUi(() -> failed.accept(e));
              } catch (Exception | Error e) {
                onUi(() -> failed.accept(e));
              } finally {
                works.decrementAndGet(); // after its result is in the queue
              }
            });
    return () -> cancelled.set(true);
  }

  @Override
  public Handle after(Duration delay, Runnable action) {
    Event event = new Event(System.nanoTime() + delay.toNanos(), order.getAndIncrement(), action);
    events.add(event);
    return () -> events.remove(event);
  }

  @Override
  public void onUi(Runnable action) {
    after(Duration.ZERO, action);
  }
}
