package org.lambdascope.engine.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.kernels.vector.VectorKernels;
import org.lambdascope.engine.position.Alibi;
import org.lambdascope.engine.position.PositionEncoding;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;

/** Rows share tiles, pages and groups; what each gets depends on none of that. */
final class AttentionDriverTest {

  private static final int HEADS = 6;
  private static final int KEY_VALUE_HEADS = 2;
  private static final int HEAD_DIM = 20;
  private static final int LENGTH = 1200; // more than two groups of pages
  private static final AttentionShape SHAPE =
      AttentionShape.of(1, HEADS, KEY_VALUE_HEADS, HEAD_DIM);
  private static final PositionEncoding ROPE = new Rope(HEAD_DIM, 10_000, RopeLayout.HALF_SPLIT);

  private static final AttentionObserver UNWATCHED = new AttentionObserver() {};

  private final float[] query = gaussians(LENGTH * HEADS * HEAD_DIM, 1);
  private final float[] key = gaussians(LENGTH * KEY_VALUE_HEADS * HEAD_DIM, 2);
  private final float[] value = gaussians(LENGTH * KEY_VALUE_HEADS * HEAD_DIM, 3);

  @ParameterizedTest
  @CsvSource({"F32", "F16", "BF16", "Q8"})
  void howATextIsCutChangesNoBit(CacheType type) {
    for (PositionEncoding encoding : List.of(ROPE, new Alibi(HEADS, 8))) {
      for (ContextPolicy policy :
          List.of(ContextPolicies.vanilla(), ContextPolicies.ceiling(300))) {
        ContextPolicy stored = policy.storing(type);
        float[] once = attend(encoding, stored, LENGTH, UNWATCHED);
        for (int chunk : new int[] {1, 5, 37, 700}) {
          assertThat(Arrays.mismatch(attend(encoding, stored, chunk, UNWATCHED), once))
              .as("%s in chunks of %d", policy.name(), chunk)
              .isNegative();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 0, 70", "64, 64, 64", "1, 3, 1", "500, 100, 2000"})
  void aLambdaMaskGivesTheSameHoweverATextIsCut(int ceiling, int global, int local) {
    ContextPolicy policy = ContextPolicies.lmInfinite(global, local, ceiling);
    float[] once = attend(ROPE, policy, LENGTH, UNWATCHED);
    for (int chunk : new int[] {1, 37, 700}) { // the ring's size follows the chunk, so the sums do
      assertThat(maxDifference(attend(ROPE, policy, chunk, UNWATCHED), once)).isLessThan(1e-5f);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1200", "10, 1200"})
  void aWindowAsLongAsTheTextIsVanillaToTheBit(int global, int local) {
    ContextPolicy policy = ContextPolicies.lmInfinite(global, local, local);
    float[] vanilla = attend(ROPE, ContextPolicies.vanilla(), LENGTH, UNWATCHED);
    assertThat(Arrays.mismatch(attend(ROPE, policy, 300, UNWATCHED), vanilla)).isNegative();
  }

  @ParameterizedTest
  @CsvSource({"0, 1200, 1200", "10, 70, 100"})
  void whoWatchesChangesNoBitAndSeesEveryRowInOrder(int global, int local, int ceiling) {
    ContextPolicy policy = ContextPolicies.lmInfinite(global, local, ceiling);
    Watcher watcher = new Watcher();
    float[] watched = attend(ROPE, policy, 333, watcher);
    assertThat(Arrays.mismatch(watched, attend(ROPE, policy, 333, UNWATCHED))).isNegative();
    for (int head = 0; head < HEADS; head++) {
      List<Integer> all = new ArrayList<>();
      for (int i = 0; i < LENGTH; i++) {
        if (watcher.wantsQuery(i)) {
          all.add(i);
        }
      }
      assertThat(watcher.seen.get(head)).isEqualTo(all);
    }
  }

  @ParameterizedTest
  @CsvSource({"700", "16", "1"})
  void anOverflowDoesNotReachBack(int chunk) {
    float[] fine = attend(ROPE, ContextPolicies.vanilla(), chunk, UNWATCHED);
    int broken = 650;
    Arrays.fill(
        value,
        broken * KEY_VALUE_HEADS * HEAD_DIM,
        (broken + 1) * KEY_VALUE_HEADS * HEAD_DIM,
        Float.POSITIVE_INFINITY);
    float[] found = attend(ROPE, ContextPolicies.vanilla(), chunk, UNWATCHED);
    int before = broken * HEADS * HEAD_DIM;
    assertThat(Arrays.mismatch(found, 0, before, fine, 0, before)).isNegative();
    assertThat(found[before]).isNotFinite();
  }

  @ParameterizedTest
  @CsvSource({"0, 1200, 1200", "10, 70, 100", "40, 200, 90"})
  void isTheFormula(int global, int local, int ceiling) {
    ContextPolicy policy = ContextPolicies.lmInfinite(global, local, ceiling);
    Alibi alibi = new Alibi(HEADS, 8);
    float[] found = attend(alibi, policy, 100, UNWATCHED);
    for (Kernels kernels : List.of(new ScalarKernels(), new VectorKernels())) {
      assertThat(maxDifference(attend(kernels, alibi, policy, 100, UNWATCHED), found))
          .isLessThan(1e-5f);
    }
    for (int i : new int[] {0, 1, 63, 64, 511, 512, 777, LENGTH - 1}) {
      for (int head = 0; head < HEADS; head++) {
        double[] expected = row(i, head, alibi, global, local, ceiling);
        for (int d = 0; d < HEAD_DIM; d++) {
          assertThat((double) found[(i * HEADS + head) * HEAD_DIM + d])
              .isCloseTo(expected[d], within(1e-5));
        }
      }
    }
  }

  private double[] row(int i, int head, Alibi alibi, int global, int local, int ceiling) {
    int shared = head / (HEADS / KEY_VALUE_HEADS);
    double[] mixed = new double[HEAD_DIM];
    double sum = 0;
    for (int j = 0; j <= i; j++) {
      if (i - j < local || j < global) {
        double logit = 0;
        for (int d = 0; d < HEAD_DIM; d++) {
          logit +=
              (double) query[(i * HEADS + head) * HEAD_DIM + d]
                  * key[(j * KEY_VALUE_HEADS + shared) * HEAD_DIM + d];
        }
        double weight =
            Math.exp(logit * SHAPE.scale() - (double) alibi.slope(head) * Math.min(i - j, ceiling));
        sum += weight;
        for (int d = 0; d < HEAD_DIM; d++) {
          mixed[d] += weight * value[(j * KEY_VALUE_HEADS + shared) * HEAD_DIM + d];
        }
      }
    }
    for (int d = 0; d < HEAD_DIM; d++) {
      mixed[d] /= sum;
    }
    return mixed;
  }

  private static final class Watcher implements AttentionObserver {
    final List<List<Integer>> seen = new ArrayList<>();

    Watcher() {
      for (int head = 0; head < HEADS; head++) {
        seen.add(Collections.synchronizedList(new ArrayList<>()));
      }
    }

    @Override
    public boolean wantsAttention(int layer) {
      return true;
    }

    @Override
    public boolean wantsQuery(int query) {
      return query % 3 != 1;
    }

    @Override
    public void attention(int layer, int head, AttentionRow row) {
      seen.get(head).add(row.query());
      double sum = 0;
      for (int run = 0; run < row.runs(); run++) {
        for (int n = 0; n < row.length(run); n++) {
          sum += row.weights()[row.index(run) + n];
        }
      }
      assertThat(sum / row.weightSum()).isCloseTo(1, within(1e-5));
    }
  }

  private float[] attend(
      PositionEncoding encoding, ContextPolicy policy, int chunk, AttentionObserver observer) {
    return attend(new VectorKernels(), encoding, policy, chunk, observer);
  }

  private float[] attend(
      Kernels kernels,
      PositionEncoding encoding,
      ContextPolicy policy,
      int chunk,
      AttentionObserver observer) {
    float[] out = new float[LENGTH * HEADS * HEAD_DIM];
    try (ThreadTeam team = new ThreadTeam(2)) {
      AttentionDriver driver =
          new AttentionDriver(kernels, team, encoding, policy, SHAPE, chunk, observer);
      int queryWidth = HEADS * HEAD_DIM;
      int keyWidth = KEY_VALUE_HEADS * HEAD_DIM;
      float[] part = new float[chunk * queryWidth];
      for (int from = 0; from < LENGTH; from += chunk) {
        int n = Math.min(chunk, LENGTH - from);
        driver.prepare(from, n);
        driver.attend(
            0,
            Arrays.copyOfRange(query, from * queryWidth, (from + n) * queryWidth),
            Arrays.copyOfRange(key, from * keyWidth, (from + n) * keyWidth),
            Arrays.copyOfRange(value, from * keyWidth, (from + n) * keyWidth),
            part);
        System.arraycopy(part, 0, out, from * queryWidth, n * queryWidth);
      }
    }
    return out;
  }

  private static float maxDifference(float[] a, float[] b) {
    float most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i])); // NaN wins
    }
    return most;
  }

  private static float[] gaussians(int n, long seed) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
