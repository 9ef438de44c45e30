package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawingQueueTest {

  @Test
  void drawsSoManyAtATimeAndTheOthersAfterThem() {
    ManualTaskRunner tasks = new ManualTaskRunner();
    DrawingQueue queue = new DrawingQueue(tasks, 2);
    List<Integer> drawn = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int chart = i;
      queue.draw(
          () -> {
            if (chart == 1) {
              throw new IllegalStateException("too large");
            }
            return chart;
          },
          drawn::add,
          () -> drawn.add(-chart));
    }
    assertThat(tasks.waitingWorks()).isEqualTo(2);
    tasks.work();
    assertThat(tasks.waitingWorks()).isEqualTo(2);
    tasks.workAll();
    assertThat(drawn).containsExactly(0, -1, 2, 3, 4);
  }
}
