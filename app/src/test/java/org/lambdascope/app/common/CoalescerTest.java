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
}
