package org.lambdascope.engine.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What every scaling must be, whatever its parameters. */
final class RopeScalingProperties {

  private static final double THETA = 10_000;

  private static List<RopeScaling> scalings(double factor, int length) {
    return List.of(
        new LinearScaling(factor),
        new NtkScaling(factor),
        new Llama3Scaling(factor, 1, 4, length),
        YarnScaling.ofPaper(factor, length),
        new YarnScaling(factor, 8, 2, length, false, 1));
  }

  @Property(tries = 200, seed = "71")
  void factorOneIsNoScaling(
      @ForAll @IntRange(min = 2, max = 64) int half,
      @ForAll @IntRange(min = 16, max = 100_000) int length) {
    float[] plain = RopeScaling.NONE.inverseFrequencies(2 * half, THETA);
    for (RopeScaling scaling : scalings(1, length)) {
      assertThat(scaling.inverseFrequencies(2 * half, THETA))
          .as(scaling.description())
          .containsExactly(plain, within(1e-7f));
      assertThat(scaling.attentionFactor()).isEqualTo(1);
    }
  }

  @Property(tries = 200, seed = "72")
  void frequenciesFallByNoMoreThanTheFactorAndInOrder(
      @ForAll @IntRange(min = 2, max = 64) int half,
      @ForAll @DoubleRange(min = 1, max = 64) double factor,
      @ForAll @IntRange(min = 16, max = 100_000) int length) {
    float[] plain = RopeScaling.NONE.inverseFrequencies(2 * half, THETA);
    for (RopeScaling scaling : scalings(factor, length)) {
      float[] scaled = scaling.inverseFrequencies(2 * half, THETA);
      for (int i = 0; i < half; i++) {
        assertThat(scaled[i])
            .as("%s, pair %d", scaling.description(), i)
            .isBetween((float) (plain[i] / factor * 0.999999), plain[i] * 1.000001f);
        if (i > 0) {
          assertThat(scaled[i]).isLessThan(scaled[i - 1]);
        }
      }
    }
  }

  /** arXiv 2309.00071 definition 1: the fastest pair stays, the slowest falls by the factor. */
  @Property(tries = 200, seed = "73")
  void ntkSlowsTheSlowestPairByTheFactor(
      @ForAll @IntRange(min = 2, max = 64) int half,
      @ForAll @DoubleRange(min = 1, max = 64) double factor) {
    float[] plain = RopeScaling.NONE.inverseFrequencies(2 * half, THETA);
    float[] scaled = new NtkScaling(factor).inverseFrequencies(2 * half, THETA);
    assertThat(scaled[0]).isEqualTo(plain[0]);
    assertThat(scaled[half - 1] * factor).isCloseTo(plain[half - 1], withinPercentage(0.001));
  }

  @Property(tries = 200, seed = "74")
  void dynamicFollowsTheTextInSteps(
      @ForAll @IntRange(min = 1, max = 500) int original,
      @ForAll @IntRange(min = 1, max = 100) int step,
      @ForAll @IntRange(min = 1, max = 2000) int length) {
    DynamicNtkScaling dynamic = new DynamicNtkScaling(1, original, step);
    int stage = dynamic.stage(length);
    int grown = original + stage * step;
    assertThat(grown).isGreaterThanOrEqualTo(Math.max(length, original));
    assertThat(grown).isLessThan(Math.max(length, original) + step);
    // At factor 1 the slowest pair is slowed by as much as the text is too long.
    assertThat(dynamic.inverseFrequencies(32, THETA, stage))
        .isEqualTo(new NtkScaling((double) grown / original).inverseFrequencies(32, THETA));
    assertThat(dynamic.stage(length + 1)).isGreaterThanOrEqualTo(stage);
  }

  @Example
  void longRopeHasAListForShortAndOneForLongTexts() {
    LongRopeScaling scaling = new LongRopeScaling(List.of(1.0, 2.0), List.of(4.0, 8.0), 32, 1.5);
    float[] plain = RopeScaling.NONE.inverseFrequencies(4, THETA);
    assertThat(scaling.stage(32)).isZero();
    assertThat(scaling.stage(33)).isOne();
    assertThat(scaling.inverseFrequencies(4, THETA, 0))
        .containsExactly(new float[] {plain[0], plain[1] / 2}, within(1e-9f));
    assertThat(scaling.inverseFrequencies(4, THETA, 1))
        .containsExactly(new float[] {plain[0] / 4, plain[1] / 8}, within(1e-9f));
    assertThat(LongRopeScaling.attentionFactor(32, 4096)).isCloseTo(1.1902, within(1e-4));
    assertThat(LongRopeScaling.attentionFactor(1, 4096)).isEqualTo(1);
  }

  /** arXiv 2309.00071 eq. 22. */
  @Example
  void yarnSharpensByTheLogarithmOfTheFactor() {
    assertThat(YarnScaling.ofPaper(16, 4096).attentionFactor())
        .isCloseTo(0.1 * Math.log(16) + 1, within(1e-12));
    assertThat(YarnScaling.attentionFactor(40, 1, 1)).isEqualTo(1); // DeepSeek's way to say none
  }

  @Example
  void badParametersAreNamed() {
    assertThatThrownBy(() -> new Llama3Scaling(0.5, 1, 4, 8192))
        .hasMessageContaining("llama3: factor: expected a finite number of at least 1, found 0.5");
    assertThatThrownBy(() -> new Llama3Scaling(8, 4, 4, 8192))
        .hasMessageContaining("low_freq_factor < high_freq_factor");
    assertThatThrownBy(() -> new NtkScaling(2).inverseFrequencies(2, THETA))
        .hasMessageContaining("ntk: expected at least 4 rotary features, found 2");
    assertThatThrownBy(() -> new DynamicNtkScaling(2, 64, 0))
        .hasMessageContaining("dynamic: step: expected at least 1, found 0");
    assertThatThrownBy(() -> new LongRopeScaling(List.of(1.0), List.of(), 32, 1))
        .hasMessageContaining("expected as many long_factor as short_factor, found 0 and 1");
    assertThatThrownBy(() -> new LongRopeScaling(List.of(0.0), List.of(1.0), 32, 1))
        .hasMessageContaining("short_factor: expected finite numbers above 0, found 0.0");
    assertThatThrownBy(() -> YarnScaling.ofPaper(2, 0))
        .hasMessageContaining("original_max_position_embeddings: expected a positive number");
    assertThatThrownBy(() -> new YarnScaling(2, 1, 2, 64, true, 1))
        .hasMessageContaining("beta_slow ≤ beta_fast");
  }
}
