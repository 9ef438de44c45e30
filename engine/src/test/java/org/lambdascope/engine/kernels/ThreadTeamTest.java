package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ThreadTeamTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void doesEveryPartOnceAndNeverTwoOfOneWorkerAtATime(int size) {
    try (ThreadTeam team = new ThreadTeam(size)) {
      assertThat(team.size()).isEqualTo(size);
      AtomicIntegerArray inside = new AtomicIntegerArray(size);
      for (int round = 0; round < 1_000; round++) {
        int n = round % 20;
        AtomicIntegerArray done = new AtomicIntegerArray(n);
        AtomicInteger overlaps = new AtomicInteger();
        team.forEach(
            n,
            (i, worker) -> {
              if (inside.incrementAndGet(worker) != 1) {
                overlaps.incrementAndGet();
              }
              done.incrementAndGet(i);
              inside.decrementAndGet(worker);
            });
        for (int i = 0; i < n; i++) {
          assertThat(done.get(i)).isEqualTo(1);
        }
        assertThat(overlaps.get()).isZero();
      }
    }
  }

  @Test
  void seesPlainWritesOfItsHelpersAndOfItsCaller() {
    try (ThreadTeam team = new ThreadTeam(4)) {
      int[] values = new int[64];
      for (int round = 1; round <= 2_000; round++) {
        values[0]++;
        int base = values[0];
        team.forEach(63, (i, worker) -> values[i + 1] = base + values[0] + i);
        for (int i = 0; i < 63; i++) {
          assertThat(values[i + 1]).isEqualTo(2 * base + i);
        }
      }
    }
  }

  @Test
  void wakesHelpersThatHaveParked() {
    try (ThreadTeam team = new ThreadTeam(3)) {
      for (int round = 0; round < 60; round++) {
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        AtomicInteger together = new AtomicInteger();
        // Ends only when three workers are inside at once: a lost wake-up would hang it.
        team.forEach(
            3,
            (i, worker) -> {
              together.incrementAndGet();
              while (together.get() < 3) {
                Thread.onSpinWait();
              }
            });
        assertThat(together.get()).isEqualTo(3);
      }
    }
  }

  @Test
  void serialisesCallers() throws InterruptedException {
    try (ThreadTeam team = new ThreadTeam(2)) {
      AtomicInteger loops = new AtomicInteger();
      AtomicInteger overlaps = new AtomicInteger();
      AtomicInteger parts = new AtomicInteger();
      List<Thread> callers = new ArrayList<>();
      for (int c = 0; c < 4; c++) {
        int n = c + 1; // one of them with loops of a single part
        Thread caller =
            new Thread(
                () -> {
                  for (int round = 0; round < 500; round++) {
                    int mark = loops.incrementAndGet();
                    team.forEach(
                        n,
                        (i, worker) -> {
                          parts.incrementAndGet();
                          if (loops.get() < mark) {
                            overlaps.incrementAndGet();
                          }
                        });
                  }
                });
        callers.add(caller);
        caller.start();
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(parts.get()).isEqualTo(500 * (1 + 2 + 3 + 4));
      assertThat(overlaps.get()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void handsExceptionsToTheCallerAndStaysUsable(int size) {
    try (ThreadTeam team = new ThreadTeam(size)) {
      for (int round = 0; round < 200; round++) {
        int bad = round % 10;
        assertThatThrownBy(
                () ->
                    team.forEach(
                        10,
                        (i, worker) -> {
                          if (i == bad) {
                            throw new IllegalArgumentException("part " + i);
                          }
                        }))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("part " + bad);
        assertThatThrownBy(
                () ->
                    team.forEach(
                        10,
                        (i, worker) -> {
                          throw new AssertionError("all");
                        }))
            .isInstanceOf(AssertionError.class);
        AtomicInteger sum = new AtomicInteger();
        team.forEach(10, (i, worker) -> sum.addAndGet(i));
        assertThat(sum.get()).isEqualTo(45);
      }
    }
  }

  @Test
  void survivesCheckedExceptions() {
    try (ThreadTeam team = new ThreadTeam(2)) {
      for (int round = 0; round < 50; round++) {
        assertThatThrownBy(
                () -> team.forEach(10, (i, worker) -> sneak(new InterruptedException("checked"))))
            .isInstanceOf(UndeclaredThrowableException.class)
            .hasCauseInstanceOf(InterruptedException.class);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void refusesLoopsInsideLoops(int size) {
    try (ThreadTeam team = new ThreadTeam(size)) {
      Runnable close = team::close;
      for (int n : new int[] {1, 8}) {
        assertThatThrownBy(() -> team.forEach(n, (i, worker) -> team.forEach(1, (j, inner) -> {})))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("from outside the team's loops");
        assertThatThrownBy(() -> team.forEach(n, (i, worker) -> close.run()))
            .isInstanceOf(IllegalStateException.class);
      }
      AtomicInteger parts = new AtomicInteger();
      team.forEach(8, (i, worker) -> parts.incrementAndGet());
      assertThat(parts.get()).isEqualTo(8);
    }
  }

  @Test
  void endsItsThreadsWhenClosed() {
    List<Thread> seen = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      ThreadTeam team = new ThreadTeam(3);
      AtomicInteger together = new AtomicInteger();
      team.forEach(
          3,
          (i, worker) -> {
            synchronized (seen) {
              if (worker > 0) {
                seen.add(Thread.currentThread());
              }
            }
            together.incrementAndGet();
            while (together.get() < 3) {
              Thread.onSpinWait();
            }
          });
      if (round % 2 == 0) {
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos()); // once parked, once spinning
      }
      team.close();
      team.close();
      for (int n : new int[] {0, 1, 5}) {
        assertThatThrownBy(() -> team.forEach(n, (i, worker) -> {}))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the thread team is closed");
      }
    }
    assertThat(seen).hasSize(40).noneMatch(Thread::isAlive);
  }

  @Test
  void refusesAnEmptyTeam() {
    assertThatThrownBy(() -> new ThreadTeam(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least 1 thread, found 0");
  }
}
