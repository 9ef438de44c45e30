package org.lambdascope.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lambdascope.engine.metrics.Intervals;

class EstimateTest {

  @Test
  void intervalsOfMeansAreCutAtWhatCanBe() {
    double[] losses = {0.1, 2};
    assertThat(Intervals.student(losses, 0.95).low()).isNegative();
    Estimate loss = Estimate.mean(losses, Double.POSITIVE_INFINITY);
    assertThat(loss.value()).isEqualTo(1.05);
    assertThat(loss.low()).isZero();
    assertThat(loss.high()).isEqualTo(Intervals.student(losses, 0.95).high());
    Estimate score = Estimate.mean(new double[] {0.2, 0.9}, 1);
    assertThat(score.low()).isZero();
    assertThat(score.high()).isEqualTo(1);
  }

  @Test
  void narrowIntervalsStayAsTheyAre() {
    double[] losses = {2, 2.1, 1.9};
    Estimate loss = Estimate.mean(losses, Double.POSITIVE_INFINITY);
    assertThat(loss.low()).isEqualTo(Intervals.student(losses, 0.95).low());
    assertThat(loss.high()).isEqualTo(Intervals.student(losses, 0.95).high());
    assertThat(Estimate.spread(new double[] {-3, 1}).low()).isEqualTo(-3);
  }

  @Test
  void oneValueHasNoInterval() {
    Estimate one = Estimate.mean(new double[] {3, Double.NaN}, 5);
    assertThat(one.value()).isEqualTo(3);
    assertThat(one.low()).isNaN();
    assertThat(one.high()).isNaN();
    assertThat(one.n()).isEqualTo(1);
  }
}
