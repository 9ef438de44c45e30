package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestDrawingTest {

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final List<String> shown = new ArrayList<>();
  private final LatestDrawing<String> drawings =
      new LatestDrawing<>(
          new FigureActions(tasks, tasks, new RecordingDialogs(), new FixedFiles(), (n, f) -> {}),
          shown::add);

  @Test
  void theLatestWishWinsAndThoseBetweenAreNotDrawn() {
    drawings.wish(() -> "first");
    tasks.work();
    for (String wish : List.of("a", "b", "c")) {
      drawings.wish(() -> wish);
    }
    assertThat(drawings.upToDate()).isFalse();
    assertThat(shown).as("the old picture stays").containsExactly("first");
    tasks.workAll();
    assertThat(shown).containsExactly("first", "a", "c");
    assertThat(drawings.upToDate()).isTrue();
  }

  @Test
  void whatWasTakenAwayIsNotShownWhenItIsDrawnAtLast() {
    drawings.wish(() -> "old");
    drawings.clear();
    drawings.wish(() -> "new");
    tasks.workAll();
    assertThat(shown).containsExactly("new");
    drawings.wish(() -> "newer");
    drawings.clear();
    tasks.workAll();
    assertThat(shown).containsExactly("new");
    assertThat(drawings.upToDate()).isFalse();
  }

  @Test
  void aFailureDoesNotHoldUpTheNextWish() {
    drawings.wish(
        () -> {
          throw new IllegalStateException("too large");
        });
    drawings.wish(() -> "smaller");
    tasks.workAll();
    assertThat(shown).containsExactly("smaller");
  }

  @Test
  void whatIsPutOffIsDrawnWhenItIsWishedForAgain() {
    drawings.wish(() -> "seen");
    tasks.workAll();
    drawings.putOff();
    assertThat(drawings.upToDate()).isFalse();
    assertThat(tasks.waitingWorks()).isZero();
    drawings.wish(() -> "large enough");
    tasks.workAll();
    assertThat(shown).containsExactly("seen", "large enough");
  }
}
