package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundTaskRunnerTest {

  @Test
  void whatFailsBecauseItWasCancelledIsCancelled() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (BackgroundTaskRunner tasks = new BackgroundTaskRunner(Runnable::run)) {
      TaskRunner.Handle handle =
          tasks.start(
              "read",
              cancellation -> {
                begun.countDown();
                cancelled.await();
                throw new IllegalStateException("the model was closed");
              },
              done -> failure.completeExceptionally(new AssertionError("it failed")),
              failure::complete);
      begun.await();
      handle.cancel();
      cancelled.countDown();
      assertThat(failure.get(60, TimeUnit.SECONDS))
          .isInstanceOf(CancellationException.class)
          .hasRootCauseMessage("the model was closed");
    }
  }

  @Test
  void whoStartsWorkStartsNoThread() throws Exception {
    Queue<Thread> starters = new ConcurrentLinkedQueue<>();
    CountDownLatch done = new CountDownLatch(9);
    try (BackgroundTaskRunner tasks =
        new BackgroundTaskRunner(
            Runnable::run,
            builder -> {
              ThreadFactory factory = builder.factory();
              return job -> {
                starters.add(Thread.currentThread());
                return factory.newThread(job);
              };
            })) {
      starters.clear(); // its own two are started while it is made
      CountDownLatch allBegun = new CountDownLatch(8);
      for (int i = 0; i < 8; i++) {
        tasks.start(
            "one of eight at once",
            cancellation -> {
              allBegun.countDown();
              allBegun.await();
              return true;
            },
            result -> done.countDown(),
            failure -> {});
      }
      tasks.after(Duration.ZERO, done::countDown);
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(starters).hasSize(8).doesNotContain(Thread.currentThread());
  }

  @Test
  void whatWasStartedIsDoneWhenItCloses() throws Exception {
    List<CompletableFuture<Integer>> results = new ArrayList<>();
    BackgroundTaskRunner tasks = new BackgroundTaskRunner(Runnable::run);
    for (int i = 0; i < 20; i++) {
      CompletableFuture<Integer> result = new CompletableFuture<>();
      int number = i;
      tasks.start("count", cancellation -> number, result::complete, result::completeExceptionally);
      results.add(result);
    }
    tasks.close();
    for (int i = 0; i < 20; i++) {
      assertThat(results.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(i);
    }
  }

  @Test
  void whatComesAfterTheCloseIsCancelled() throws Exception {
    BackgroundTaskRunner tasks = new BackgroundTaskRunner(Runnable::run);
    tasks.close();
    tasks.close(); // harmless
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    tasks.start(
        "late",
        cancellation -> 1,
        done -> failure.completeExceptionally(new AssertionError("it ran")),
        failure::complete);
    assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
  }
}
