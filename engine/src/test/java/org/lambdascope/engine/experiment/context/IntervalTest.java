package org.lambdascope.engine.experiment.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class IntervalTest {

  /** Quantiles of Student's t from printed tables: 12.706, 2.776 and 2.131 at 1, 4 and 15. */
  @Test
  void isStudents() {
    assertThat(Interval.of(1, 3).half()).isCloseTo(12.706, within(1e-3));
    assertThat(Interval.of(1, 2, 3, 4, 5))
        .satisfies(i -> assertThat(i.mean()).isEqualTo(3))
        .satisfies(i -> assertThat(i.half()).isCloseTo(2.776 * Math.sqrt(2.5 / 5), within(1e-3)));
    double[] sixteen = new double[16];
    sixteen[0] = 1;
    double deviation = Math.sqrt((15 + 15 * 15) / 256.0 / 15);
    assertThat(Interval.of(sixteen).half()).isCloseTo(2.131 * deviation / 4, within(1e-4));
  }

  @Test
  void oneValueHasNoInterval() {
    assertThat(Interval.of(2.5).mean()).isEqualTo(2.5);
    assertThat(Interval.of(2.5).half()).isNaN();
    assertThat(Interval.of(2, 2, 2).half()).isZero();
  }
}
