package org.lambdascope.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against statsmodels' and SciPy's published examples and closed forms. */
final class IntervalsTest {

  @Test
  void wilson() {
    Interval some = Intervals.wilson(8, 10, Interval.LEVEL);
    assertThat(some.estimate()).isEqualTo(0.8);
    assertThat(some.low()).isCloseTo(0.490162, within(1e-6));
    assertThat(some.high()).isCloseTo(0.943318, within(1e-6));
    Interval none = Intervals.wilson(0, 20, Interval.LEVEL);
    double z2 = 1.959963984540054 * 1.959963984540054;
    assertThat(none.low()).isZero();
    assertThat(none.high()).isCloseTo(z2 / (20 + z2), within(1e-9));
    assertThat(Intervals.wilson(20, 20, Interval.LEVEL).high()).isEqualTo(1);
    assertThatThrownBy(() -> Intervals.wilson(3, 2, 0.95)).hasMessageContaining("found 3 of 2");
  }

  @Test
  void studentsInterval() {
    Interval interval = Intervals.student(new double[] {1, 2, 3, 4, 5}, Interval.LEVEL);
    // t(0.975; 4) = 2.776445105, sd = √2.5
    double half = 2.776445105 * Math.sqrt(2.5 / 5);
    assertThat(interval.estimate()).isEqualTo(3);
    assertThat(interval.low()).isCloseTo(3 - half, within(1e-6));
    assertThat(interval.high()).isCloseTo(3 + half, within(1e-6));
    assertThat(Intervals.student(new double[] {7}, 0.95).low()).isNaN();
    assertThatThrownBy(() -> Intervals.student(new double[0], 0.95))
        .hasMessageContaining("found none");
  }

  @Test
  void theBootstrapIsSeededAndNearStudents() {
    Random random = new Random(1);
    double[] values = random.doubles(400).toArray();
    Interval drawn = Intervals.bootstrap(values, Interval.LEVEL, 4000, 5);
    assertThat(drawn).isEqualTo(Intervals.bootstrap(values, Interval.LEVEL, 4000, 5));
    Interval student = Intervals.student(values, Interval.LEVEL);
    assertThat(drawn.low()).isCloseTo(student.low(), within(3e-3));
    assertThat(drawn.high()).isCloseTo(student.high(), within(3e-3));
  }

  @Test
  void pairedDifferencesAreNarrowerThanTheirSides() {
    double[] a = {1.1, 5.2, 9.1, 13.2};
    double[] b = {1.0, 5.0, 9.0, 13.0};
    Interval difference = Intervals.student(Intervals.differences(a, b), Interval.LEVEL);
    assertThat(difference.estimate()).isCloseTo(0.15, within(1e-12));
    assertThat(difference.low()).isPositive();
    assertThatThrownBy(() -> Intervals.differences(a, new double[2]))
        .hasMessageContaining("found 4 and 2");
  }
}
