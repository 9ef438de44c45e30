package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoalescerTest {

  @Test
  void runsOnlyTheLastOfAnInterval() {
    ManualTaskRunner tasks = new ManualTaskRunner();
    Coalescer coalescer = new Coalescer(tasks, Coalescer.INTERVAL);
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int n = i;
      coalescer.offer(() -> seen.add(n));
    }
    tasks.pass(50);
    assertThat(seen).containsExactly(99);
    coalescer.offer(() -> seen.add(7));
    coalescer.clear();
    tasks.pass(200);
    assertThat(seen).containsExactly(99);
  }

  @Test
  void promptOnesRunTheFirstAtOnceAndTheLastOfEachIntervalAfterIt() {
    ManualTaskRunner tasks = new ManualTaskRunner();
    Coalescer coalescer = Coalescer.prompt(tasks, Coalescer.INTERVAL);
    List<Integer> seen = new ArrayList<>();
    coalescer.offer(() -> seen.add(0));
    coalescer.offer(() -> seen.add(1));
    tasks.pass(0);
    assertThat(seen).containsExactly(1);
    coalescer.offer(() -> seen.add(2));
    coalescer.offer(() -> seen.add(3));
    tasks.pass(49);
    assertThat(seen).containsExactly(1);
    tasks.pass(1);
    assertThat(seen).containsExactly(1, 3);
    tasks.pass(50);
    coalescer.offer(() -> seen.add(4));
    tasks.pass(0);
    assertThat(seen).containsExactly(1, 3, 4);
  }
}
