package org.lambdascope.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;

class SamplerTest {

  private static final Kernels KERNELS = new ScalarKernels();

  private static final int DRAWS = 40_000;

  /** Logits of the probabilities 0.4, 0.1, 0.3, 0.15, 0.05. */
  private static final float[] LOGITS = logits(0.4, 0.1, 0.3, 0.15, 0.05);

  @Test
  void greedyTakesTheLowestIdOnTies() {
    Sampler sampler = new Sampler(5, SamplingOptions.GREEDY, KERNELS);
    assertThat(sampler.sample(new float[] {1, 3, 2, 3, 3})).isEqualTo(1);
    assertThat(sampler.sample(new float[] {Float.NaN, -1e30f, Float.NEGATIVE_INFINITY, -1e29f, 0}))
        .isEqualTo(4);
  }

  @Test
  void temperatureOneDrawsTheModelsDistribution() {
    assertFrequencies(options(1, 0, 1, 0), LOGITS, 0.4, 0.1, 0.3, 0.15, 0.05);
  }

  @Test
  void temperatureDividesLogits() {
    double[] squares = {0.16, 0.01, 0.09, 0.0225, 0.0025};
    double sum = Arrays.stream(squares).sum();
    assertFrequencies(
        options(0.5, 0, 1, 0), LOGITS, Arrays.stream(squares).map(p -> p / sum).toArray());
  }

  @Test
  void topKKeepsTheHighest() {
    assertFrequencies(options(1, 2, 1, 0), LOGITS, 0.4 / 0.7, 0, 0.3 / 0.7, 0, 0);
    assertFrequencies(options(1, 99, 1, 0), LOGITS, 0.4, 0.1, 0.3, 0.15, 0.05);
  }

  @Test
  void topKKeepsTheLowestIdsOnTies() {
    assertFrequencies(options(1, 2, 1, 0), new float[] {0, 0, 0, 0}, 0.5, 0.5, 0, 0);
  }

  @Test
  void topPKeepsTheLeastSetThatReachesIt() {
    assertFrequencies(options(1, 0, 0.65, 0), LOGITS, 0.4 / 0.7, 0, 0.3 / 0.7, 0, 0);
    assertFrequencies(options(1, 0, 0.75, 0), LOGITS, 0.4 / 0.85, 0, 0.3 / 0.85, 0.15 / 0.85, 0);
    assertFrequencies(options(1, 0, 1e-9, 0), LOGITS, 1, 0, 0, 0, 0);
  }

  @Test
  void topPSeesWhatTopKLeft() {
    // Of {0.4, 0.3} the first alone reaches 0.57, though it is only 0.4 of everything.
    assertFrequencies(options(1, 2, 0.57, 0), LOGITS, 1, 0, 0, 0, 0);
  }

  @Test
  void minPIsRelativeToTheHighest() {
    assertFrequencies(options(1, 0, 1, 0.3), LOGITS, 0.4 / 0.85, 0, 0.3 / 0.85, 0.15 / 0.85, 0);
  }

  @Test
  void repetitionPenaltyDividesPositiveAndMultipliesNegativeLogits() {
    Sampler sampler = new Sampler(3, new SamplingOptions(0, 0, 1, 0, 2, 0), KERNELS);
    float[] logits = {3, 2, -1};
    assertThat(sampler.sample(logits)).isZero();
    sampler.accept(0);
    sampler.accept(0); // once is enough: 3/2, not 3/4
    assertThat(sampler.sample(new float[] {3, 1.4f, -1})).isZero();
    assertThat(sampler.sample(logits)).isEqualTo(1);
    assertThat(logits).containsExactly(3, 2, -1);

    Sampler negative = new Sampler(2, new SamplingOptions(0, 0, 1, 0, 2, 0), KERNELS);
    negative.accept(0);
    assertThat(negative.sample(new float[] {-1, -1.5f})).isEqualTo(1);
  }

  @Test
  void survivesExtremeLogitsAndTemperatures() {
    float[] wide = {-3e38f, 3e38f, 0, Float.NaN, Float.NEGATIVE_INFINITY};
    assertThat(new Sampler(5, options(1e-300, 0, 1, 0), KERNELS).sample(wide)).isEqualTo(1);
    assertThat(new Sampler(5, options(1, 3, 0.9, 0.1), KERNELS).sample(wide)).isEqualTo(1);
    assertFrequencies(options(1e300, 0, 1, 0), new float[] {-50, 0, 50, Float.NaN}, third());
  }

  @Test
  void refusesBrokenLogits() {
    Sampler sampler = new Sampler(2, options(1, 0, 1, 0), KERNELS);
    assertThatThrownBy(() -> sampler.sample(new float[] {Float.NaN, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found none in 2");
    assertThatThrownBy(() -> sampler.sample(new float[] {Float.NEGATIVE_INFINITY, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sampler.sample(new float[] {0, Float.POSITIVE_INFINITY}))
        .hasMessageContaining("+∞ at id 1");
    assertThatThrownBy(() -> sampler.sample(new float[] {0})).hasMessageContaining("expected 2");
    assertThatThrownBy(() -> sampler.accept(2)).hasMessageContaining("found 2");
  }

  private static double[] third() {
    return new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0, 0};
  }

  private static SamplingOptions options(double temperature, int topK, double topP, double minP) {
    return new SamplingOptions(temperature, topK, topP, minP, 1, 42);
  }

  static float[] logits(double... probabilities) {
    float[] out = new float[probabilities.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.log(probabilities[i]);
    }
    return out;
  }

  private static void assertFrequencies(
      SamplingOptions options, float[] logits, double... expected) {
    Sampler sampler = new Sampler(logits.length, options, KERNELS);
    int[] counts = new int[logits.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.sample(logits)]++;
    }
    for (int id = 0; id < logits.length; id++) {
      if (expected[id] == 0) {
        assertThat(counts[id]).as("id %d", id).isZero();
      } else {
        // Five standard deviations of a binomial count; the seed is fixed, so it never flickers.
        double sd = Math.sqrt(expected[id] * (1 - expected[id]) / DRAWS);
        assertThat(counts[id] / (double) DRAWS)
            .as("id %d", id)
            .isCloseTo(expected[id], within(5 * sd + 1e-12));
      }
    }
  }
}
