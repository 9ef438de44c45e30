package org.lambdascope.engine.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
        new Llama3Scaling(factor, 1, 4, length),
        YarnScaling.ofPaper(factor, length),
        new YarnScaling(factor, 8, 2, length, false, 1));
  }

  @Property(tries = 200, seed = "71")
  void factorOneIsNoScaling(
      @ForAll @IntRange(min = 1, max = 64) int half,
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
      @ForAll @IntRange(min = 1, max = 64) int half,
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
    assertThatThrownBy(() -> YarnScaling.ofPaper(2, 0))
        .hasMessageContaining("original_max_position_embeddings: expected a positive number");
    assertThatThrownBy(() -> new YarnScaling(2, 1, 2, 64, true, 1))
        .hasMessageContaining("beta_slow ≤ beta_fast");
  }
}
