package org.lambdascope.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.ManualTaskRunner;

class WorkUnderWayTest {

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final WorkUnderWay underWay = new WorkUnderWay(tasks);

  private String words() {
    return underWay.wordsProperty().get();
  }

  private void start(String name, Runnable done) {
    underWay.start(name, cancellation -> 1, result -> done.run(), failure -> {});
  }

  @Test
  void whatTakesLongIsNamedUntilItEnds() {
    start("attention of vanilla", () -> {});
    assertThat(words()).isEmpty();
    tasks.pass(300);
    assertThat(words()).isEqualTo("attention of vanilla");
    tasks.workAll();
    assertThat(words()).isEmpty();
  }

  @Test
  void whatIsShortIsNotNamed() {
    start("attention of vanilla", () -> {});
    tasks.workAll();
    tasks.pass(300);
    assertThat(words()).isEmpty();
  }

  @Test
  void whatFollowsIsNamedAtOnce() {
    start("attention of vanilla", () -> start("attention of window", () -> {}));
    tasks.pass(300);
    tasks.work();
    assertThat(words()).isEqualTo("attention of window");
    tasks.work();
    assertThat(words()).isEmpty();
  }

  @Test
  void theFirstOfSeveralIsNamedAndFailuresEndToo() {
    underWay.start(
        "export a.csv",
        cancellation -> {
          throw new IllegalStateException("full");
        },
        result -> {},
        failure -> {});
    start("attention of vanilla", () -> {});
    tasks.pass(300);
    assertThat(words()).isEqualTo("export a.csv");
    tasks.work();
    assertThat(words()).isEqualTo("attention of vanilla");
  }
}
