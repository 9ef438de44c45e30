package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
}
