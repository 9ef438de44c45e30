package org.lambdascope.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;

/** Filters against their definitions, written plainly over sorted lists. */
class SamplerProperties {

  private static final Kernels KERNELS = new ScalarKernels();

  @Property(seed = "20", tries = 300)
  void onlyDrawsWhatTheFiltersKeep(
      @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = -8, max = 8) Float> values,
      @ForAll @IntRange(min = 0, max = 45) int topK,
      @ForAll @DoubleRange(min = 0.05, max = 1) double topP,
      @ForAll @DoubleRange(min = 0, max = 0.9) double minP,
      @ForAll @DoubleRange(min = 0.2, max = 3) double temperature,
      @ForAll long seed) {
    float[] logits = array(values);
    SamplingOptions options = new SamplingOptions(temperature, topK, topP, minP, 1, seed);
    Sampler sampler = new Sampler(logits.length, options, KERNELS);
    Set<Integer> kept = kept(logits, options);
    for (int i = 0; i < 50; i++) {
      assertThat(kept).contains(sampler.sample(logits));
    }
  }

  @Property(seed = "20", tries = 200)
  void theSameSeedGivesTheSameDraws(
      @ForAll @Size(min = 2, max = 60) List<@FloatRange(min = -8, max = 8) Float> values,
      @ForAll long seed) {
    float[] logits = array(values);
    Sampler plain = new Sampler(logits.length, new SamplingOptions(0.8, 0, 1, 0, 1, seed), KERNELS);
    Sampler again = new Sampler(logits.length, new SamplingOptions(0.8, 0, 1, 0, 1, seed), KERNELS);
    // Filters that drop nothing change nothing.
    Sampler idle =
        new Sampler(logits.length, new SamplingOptions(0.8, logits.length, 1, 0, 1, seed), KERNELS);
    for (int i = 0; i < 50; i++) {
      int id = plain.sample(logits);
      assertThat(again.sample(logits)).isEqualTo(id);
      assertThat(idle.sample(logits)).isEqualTo(id);
    }
  }

  @Property(seed = "20", tries = 200)
  void topOneIsGreedy(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -3, max = 3) Integer> values,
      @ForAll long seed) {
    float[] logits = new float[values.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = values.get(i);
    }
    int greedy = new Sampler(logits.length, SamplingOptions.GREEDY, KERNELS).sample(logits);
    int top =
        new Sampler(logits.length, new SamplingOptions(1, 1, 1, 0, 1, seed), KERNELS)
            .sample(logits);
    assertThat(top).isEqualTo(greedy);
  }

  private static float[] array(List<Float> values) {
    float[] out = new float[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.get(i);
    }
    return out;
  }

  private static Set<Integer> kept(float[] logits, SamplingOptions options) {
    List<Integer> ranked =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(id -> -logits[id])
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    if (options.topK() > 0) {
      ranked = ranked.subList(0, Math.min(options.topK(), ranked.size()));
    }
    double max = logits[ranked.getFirst()];
    double total = 0;
    for (int id : ranked) {
      total += Math.exp((logits[id] - max) / options.temperature());
    }
    Set<Integer> out = new LinkedHashSet<>();
    double sum = 0;
    for (int id : ranked) {
      double weight = Math.exp((logits[id] - max) / options.temperature());
      // A hair of slack: the order of additions may differ by rounding.
      if (sum < options.topP() * total + 1e-9 && weight >= options.minP() - 1e-12) {
        out.add(id);
      }
      sum += weight;
    }
    return out;
  }
}
