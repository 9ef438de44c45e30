package org.lambdascope.engine.kernels;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads that splits loops. The caller is worker 0 and works too. Helpers spin for
 * a moment between loops, because a layer is a dozen loops a few microseconds apart, then park.
 *
 * <p>One loop runs at a time: calls from several threads are serialised, and a loop started from
 * inside a loop of the same team is refused.
 */
public final class ThreadTeam implements AutoCloseable {

  /** The body of a parallel loop. */
  @FunctionalInterface
  public interface Body {
    /**
     * Does one part.
     *
     * @param index which part, {@code 0 ≤ index < n}
     * @param worker who does it, {@code 0 ≤ worker < size()}: parts with the same worker never
     *     overlap in time, so it may index scratch space
     */
    void run(int index, int worker);
  }

  /** The body of a loop over neighbouring indices. */
  @FunctionalInterface
  public interface Range {
    /** Does the indices {@code from ≤ i < to}. */
    void run(int from, int to);
  }

  private static final int SPINS = 4_000;

  /** Parts per worker of a loop over ranges: some are quicker than others. */
  private static final int PARTS = 4;

  /** Distance between the workers' counters, so that no two share a cache line or its neighbour. */
  private static final int APART = 32;

  private final Thread[] helpers;
  private final AtomicIntegerArray asleep;

  /** The next part of each worker's share, {@link #APART} from one another. */
  private final AtomicIntegerArray next;

  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger generation = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Object lock = new Object();

  // Written under the lock; the helpers see them through the volatile write of generation.
  private @Nullable Body body;
  private int count;
  private boolean running;
  private volatile boolean closed;

  /**
   * Starts a team.
   *
   * @param size number of workers, the caller counted; at least 1
   */
  public ThreadTeam(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("expected at least 1 thread, found " + size);
    }
    helpers = new Thread[size - 1];
    asleep = new AtomicIntegerArray(size - 1);
    next = new AtomicIntegerArray(size * APART);
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] = new Thread(() -> help(worker), "lambdascope-worker-" + worker);
      helpers[i].setDaemon(true);
    }
    for (Thread helper : helpers) {
      helper.start();
    }
  }

  /** A team of one: everything runs on the caller. */
  public static ThreadTeam single() {
    return new ThreadTeam(1);
  }

  /** Number of workers, the caller counted. */
  public int size() {
    return helpers.length + 1;
  }

  /**
   * Runs {@code loop} for every index in {@code [0, n)} and returns when all are done. If a part
   * throws, parts that have not begun are left out, and the first exception reaches the caller.
   *
   * @throws IllegalStateException if the team is closed, or if called from inside one of its loops
   */
  public void forEach(int n, Body loop) {
    refuseHelpers("run a loop");
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the thread team is closed");
      }
      if (running) {
        throw nested("run a loop");
      }
      running = true;
      try {
        if (helpers.length == 0 || n <= 1) {
          for (int i = 0; i < n; i++) {
            loop.run(i, 0);
          }
        } else {
          split(n, loop);
        }
      } finally {
        running = false;
      }
    }
  }

  /**
   * Runs {@code loop} over {@code [0, n)}, cut into ranges for all workers; uncut, on the caller,
   * where these would have fewer than {@code least} indices.
   */
  public void forRanges(int n, int least, Range loop) {
    int parts = Math.min(n / least, PARTS * size());
    if (parts < 2 || helpers.length == 0) {
      loop.run(0, n);
    } else {
      forEach(parts, (i, worker) -> loop.run(cut(n, i, parts), cut(n, i + 1, parts)));
    }
  }

  private static int cut(int n, int i, int parts) {
    return (int) ((long) n * i / parts);
  }

  private void split(int n, Body loop) {
    body = loop;
    count = n;
    failure.set(null);
    for (int worker = 0; worker < size(); worker++) {
      next.set(worker * APART, cut(n, worker, size()));
    }
    busy.set(helpers.length);
    generation.getAndIncrement();
    wake();
    work(loop, n, 0);
    // Every helper passes every generation, so none can take an index of the next loop for this
    // one.
    int spins = 0;
    while (busy.get() != 0) {
      if (++spins > SPINS) {
        Thread.yield();
      } else {
        Thread.onSpinWait();
      }
    }
    body = null;
    Throwable thrown = failure.get();
    if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    } else if (thrown != null) {
      throw new UndeclaredThrowableException(thrown);
    }
  }

  /** To wake a thread that is awake is not free. */
  private void wake() {
    for (int i = 0; i < helpers.length; i++) {
      if (asleep.get(i) != 0) {
        LockSupport.unpark(helpers[i]);
      }
    }
  }

  /**
   * A worker's own share first: neighbouring parts read neighbouring memory, which the processor
   * foresees only as long as one thread goes on with it. Then what others have not begun.
   */
  private void work(Body loop, int n, int worker) {
    int size = size();
    try {
      for (int w = 0; w < size; w++) {
        int share = (worker + w) % size;
        int end = cut(n, share + 1, size);
        for (int i = take(share); i < end; i = take(share)) {
          loop.run(i, worker);
        }
      }
    } catch (Throwable e) { // all of them: a helper that died would leave the caller waiting
      failure.compareAndSet(null, e);
      for (int share = 0; share < size; share++) {
        next.set(share * APART, n); // the others stop at their next part
      }
    }
  }

  private int take(int share) {
    return next.getAndIncrement(share * APART);
  }

  private void help(int worker) {
    int seen = 0;
    while (true) {
      int spins = 0;
      while (generation.get() == seen && !closed) {
        if (++spins > SPINS) {
          // Said before the test: whoever changes the generation after it sees this and wakes the
          // thread, and a wake-up before it parks leaves a permit.
          asleep.set(worker - 1, 1);
          if (generation.get() == seen && !closed) {
            LockSupport.park(this);
          }
          asleep.set(worker - 1, 0);
          if (Thread.interrupted()) {
            spins =
                0; // the flag is cleared now; with it set, parking would return at once for ever
          }
        } else {
          Thread.onSpinWait();
        }
      }
      if (closed) {
        return;
      }
      seen = generation.get();
      Body loop = body;
      if (loop != null) {
        work(loop, count, worker);
      }
      busy.decrementAndGet();
    }
  }

  /**
   * Ends the helpers and waits for them; a loop that another thread runs is finished first. A
   * closed team throws on use; closing again does nothing.
   *
   * @throws IllegalStateException if called from inside one of the team's loops
   */
  @Override
  public void close() {
    refuseHelpers("close the team");
    synchronized (lock) {
      if (running) {
        throw nested("close the team");
      }
      closed = true;
    }
    boolean interrupted = false;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
      while (helper.isAlive()) {
        try {
          helper.join();
        } catch (InterruptedException e) {
          interrupted = true; // handed on below: the helpers end at once anyway
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void refuseHelpers(String action) {
    Thread caller = Thread.currentThread();
    for (Thread helper : helpers) {
      if (helper == caller) {
        throw nested(action);
      }
    }
  }

  private static IllegalStateException nested(String action) {
    return new IllegalStateException(
        "expected to %s from outside the team's loops, found a call from inside one"
            .formatted(action));
  }
}
