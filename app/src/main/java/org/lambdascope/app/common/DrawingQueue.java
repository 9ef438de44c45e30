package org.lambdascope.app.common;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Draws as many charts at a time as there is something to draw with: a window that opens wishes for
 * all of them at once, and a thread for each would be started by the user-interface thread, which
 * waits until it is.
 */
final class DrawingQueue {

  private final TaskRunner tasks;
  private final int most;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * An empty queue.
   *
   * @param most how many are drawn at a time, at least 1
   */
  DrawingQueue(TaskRunner tasks, int most) {
    this.tasks = tasks;
    this.most = most;
  }

  /** Draws, when those before are drawn. Parameters are those of {@link ChartActions#draw}. */
  <T> void draw(Callable<T> work, Consumer<? super T> done, Runnable failed) {
    waiting.add(
        () ->
            tasks.start(
                "draw a chart",
                cancellation -> work.call(),
                (T drawn) -> {
                  ended();
                  done.accept(drawn);
                },
                failure -> {
                  ended();
                  failed.run();
                }));
    next();
  }

  private void ended() {
    running--;
    next();
  }

  private void next() {
    while (running < most && !waiting.isEmpty()) {
      running++;
      waiting.remove().run();
    }
  }
}
