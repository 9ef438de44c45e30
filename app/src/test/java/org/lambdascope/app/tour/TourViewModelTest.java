package org.lambdascope.app.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TourViewModelTest {

  private final List<String> log = new ArrayList<>();
  private boolean selected;
  private final TourViewModel tour =
      new TourViewModel(
          List.of(
              TourStep.showing("one", "", List.of(), () -> log.add("at one"))
                  .asking(
                      "select a token",
                      "a token is selected",
                      () -> selected,
                      () -> {
                        log.add("selects");
                        selected = true;
                      }),
              TourStep.showing("two", "", List.of(), () -> log.add("at two"))));

  @Test
  void doesWhatWasAskedForOnlyIfTheUserDidNot() {
    tour.start();
    tour.next();
    assertThat(log).containsExactly("at one", "selects", "at two");
    tour.back();
    tour.next();
    assertThat(log).containsExactly("at one", "selects", "at two", "at one", "at two");
  }

  @Test
  void endsAfterTheLastStepOrWhenAsked() {
    tour.next(); // it has not begun
    assertThat(tour.runningProperty().get()).isFalse();
    tour.start();
    tour.back();
    assertThat(tour.indexProperty().get()).isZero();
    tour.next();
    tour.next();
    assertThat(tour.runningProperty().get()).isFalse();
    tour.start();
    tour.end();
    assertThat(tour.indexProperty().get()).isEqualTo(TourViewModel.OFF);
  }
}
