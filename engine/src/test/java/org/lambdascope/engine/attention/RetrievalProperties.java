package org.lambdascope.engine.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.KernelsProvider;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.position.Alibi;
import org.lambdascope.engine.position.PositionEncoding;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;

/** Policies over given queries, keys and values: how these come in changes not a bit. */
final class RetrievalProperties {

  private static final Kernels KERNELS = KernelsProvider.load();
  private static final AttentionShape SHAPE = AttentionShape.of(2, 4, 2, 10);
  private static final int LENGTH = 150;
  private static final int WIDTH = SHAPE.heads() * SHAPE.headDim();
  private static final int KEY_WIDTH = SHAPE.keyValueHeads() * SHAPE.headDim();

  /** One text: what the layers' projections would be. */
  private record Text(float[] query, float[] key, float[] value) {
    static Text of(long seed) {
      Random random = new Random(seed);
      return new Text(
          gaussians(random, LENGTH * WIDTH),
          gaussians(random, LENGTH * KEY_WIDTH),
          gaussians(random, LENGTH * KEY_WIDTH));
    }

    private static float[] gaussians(Random random, int n) {
      float[] x = new float[n];
      for (int i = 0; i < n; i++) {
        x[i] = (float) random.nextGaussian();
      }
      return x;
    }
  }

  @Property(seed = "20", tries = 40)
  void passesChangeNothing(
      @ForAll("policies") ContextPolicy policy,
      @ForAll CacheType type,
      @ForAll("encodings") PositionEncoding encoding,
      @ForAll @IntRange(min = 1, max = 70) int chunk,
      @ForAll @IntRange(min = 1, max = 3) int threads,
      @ForAll long seed) {
    Text text = Text.of(seed);
    float[] once = run(policy.storing(type), encoding, text, LENGTH, 1, false);
    float[] cut = run(policy.storing(type), encoding, text, chunk, threads, false);
    assertThat(cut).containsExactly(once);
  }

  @Property(seed = "20", tries = 20)
  void aPassThatWasCancelledLeavesNoTrace(
      @ForAll("policies") ContextPolicy policy,
      @ForAll("encodings") PositionEncoding encoding,
      @ForAll @IntRange(min = 1, max = 70) int chunk,
      @ForAll long seed) {
    Text text = Text.of(seed);
    assertThat(run(policy, encoding, text, chunk, 1, true))
        .containsExactly(run(policy, encoding, text, chunk, 1, false));
  }

  /** {@code [LENGTH, layers × WIDTH]}; all layers read the same text. */
  private static float[] run(
      ContextPolicy policy,
      PositionEncoding encoding,
      Text text,
      int chunk,
      int threads,
      boolean cancelling) {
    float[] all = new float[LENGTH * SHAPE.layers() * WIDTH];
    try (ThreadTeam team = new ThreadTeam(threads)) {
      AttentionDriver driver =
          new AttentionDriver(
              KERNELS, team, encoding, policy, SHAPE, chunk, new AttentionObserver() {});
      for (int from = 0; from < LENGTH; ) {
        int count = Math.min(chunk, LENGTH - from);
        if (cancelling) {
          pass(driver, text, from, count, 1); // ends between two layers
          count = Math.max(1, count / 2); // and is asked for again in other portions
        }
        float[][] out = pass(driver, text, from, count, SHAPE.layers());
        for (int layer = 0; layer < SHAPE.layers(); layer++) {
          for (int t = 0; t < count; t++) {
            System.arraycopy(
                out[layer], t * WIDTH, all, ((from + t) * SHAPE.layers() + layer) * WIDTH, WIDTH);
          }
        }
        from += count;
      }
    }
    return all;
  }

  private static float[][] pass(
      AttentionDriver driver, Text text, int from, int count, int layers) {
    float[] query = Arrays.copyOfRange(text.query, from * WIDTH, (from + count) * WIDTH);
    float[] key = Arrays.copyOfRange(text.key, from * KEY_WIDTH, (from + count) * KEY_WIDTH);
    float[] value = Arrays.copyOfRange(text.value, from * KEY_WIDTH, (from + count) * KEY_WIDTH);
    float[][] out = new float[layers][count * WIDTH];
    driver.prepare(from, count);
    for (int layer = 0; layer < layers; layer++) {
      driver.attend(layer, query, key, value, out[layer]);
    }
    return out;
  }

  @Property(seed = "20", tries = 200)
  void theLargestAreTheFirstOfASort(
      @ForAll @IntRange(min = 0, max = 40) int capacity,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll @IntRange(min = 1, max = 70) int piece,
      @ForAll @IntRange(min = 1, max = 50) int values,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] x = new float[n];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      // Few values, so that many are equal; some are no numbers.
      x[i] = random.nextInt(20) == 0 ? Float.NaN : random.nextInt(values) - 5;
      if (!Float.isNaN(x[i])) {
        order.add(i);
      }
    }
    Largest largest = new Largest(KERNELS);
    largest.start(capacity);
    for (int from = 0; from < n; from += piece) {
      largest.offer(x, from, Math.min(piece, n - from), 100 + from);
    }
    order.sort(Comparator.comparing((Integer i) -> -x[i]).thenComparing(i -> i));
    int[] expected = order.stream().limit(capacity).mapToInt(i -> 100 + i).sorted().toArray();
    assertThat(Arrays.copyOf(largest.sortedKeys(), largest.size())).containsExactly(expected);
  }

  @Provide
  Arbitrary<PositionEncoding> encodings() {
    return Arbitraries.of(
        new Rope(10, 10_000, RopeLayout.HALF_SPLIT),
        new Rope(6, 10_000, RopeLayout.INTERLEAVED),
        new Alibi(4, 8));
  }

  @Provide
  Arbitrary<ContextPolicy> policies() {
    Arbitrary<Integer> global = Arbitraries.integers().between(0, 70);
    Arbitrary<Integer> local = Arbitraries.integers().between(1, 100);
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 9);
    return Arbitraries.oneOf(
        Combinators.combine(global, local, few, local)
            .as((g, l, k, d) -> ContextPolicies.lmInfinite(g, l, l, k, 0, 2, d)),
        Combinators.combine(global, local, Arbitraries.integers().between(1, 80), few, few)
            .as((g, l, b, r, n) -> ContextPolicies.infLlm(g, l, b, r, n - 1)));
  }
}
