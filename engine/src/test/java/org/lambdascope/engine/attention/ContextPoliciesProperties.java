package org.lambdascope.engine.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntBinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lambdascope.engine.attention.ContextPolicy.VisibleRun;

/** The span plans against their definitions, key by key. Hidden keys have distance −1. */
final class ContextPoliciesProperties {

  private static final int HIDDEN = -1;

  @Property(seed = "20", tries = 100)
  void vanillaSeesAllKeysAtTheirRawDistance(@ForAll @IntRange(min = 0, max = 300) int i) {
    check(ContextPolicies.vanilla(), i, (q, j) -> q - j);
  }

  @Property(seed = "20")
  void windowSeesTheLastLocalKeys(
      @ForAll @IntRange(min = 0, max = 300) int i,
      @ForAll @IntRange(min = 1, max = 200) int local) {
    check(ContextPolicies.window(local), i, (q, j) -> q - j < local ? q - j : HIDDEN);
  }

  @Property(seed = "20")
  void lambdaMaskSeesTheFirstAndTheLast(
      @ForAll @IntRange(min = 0, max = 300) int i,
      @ForAll @IntRange(min = 0, max = 200) int global,
      @ForAll @IntRange(min = 1, max = 200) int local) {
    check(
        ContextPolicies.lambdaMask(global, local),
        i,
        (q, j) -> q - j < local || j < global ? q - j : HIDDEN);
  }

  @Property(seed = "20")
  void ceilingSeesAllKeysNoFartherThanTheCeiling(
      @ForAll @IntRange(min = 0, max = 300) int i,
      @ForAll @IntRange(min = 1, max = 200) int ceiling) {
    check(ContextPolicies.ceiling(ceiling), i, (q, j) -> Math.min(q - j, ceiling));
  }

  @Property(seed = "20", tries = 3000)
  void lmInfiniteIsTheLambdaMaskUnderTheCeiling(
      @ForAll @IntRange(min = 0, max = 300) int i,
      @ForAll @IntRange(min = 0, max = 200) int global,
      @ForAll @IntRange(min = 1, max = 200) int local,
      @ForAll @IntRange(min = 1, max = 200) int ceiling) {
    check(
        ContextPolicies.lmInfinite(global, local, ceiling),
        i,
        (q, j) -> q - j < local || j < global ? Math.min(q - j, ceiling) : HIDDEN);
  }

  @Property(seed = "20")
  void streamingCountsSlots(
      @ForAll @IntRange(min = 0, max = 300) int i,
      @ForAll @IntRange(min = 0, max = 60) int sinks,
      @ForAll @IntRange(min = 1, max = 200) int recent) {
    check(
        ContextPolicies.streamingLlm(sinks, recent),
        i,
        (q, j) -> {
          if (!(j < sinks || q - j < recent)) {
            return HIDDEN;
          }
          // The rank among visible keys: hidden keys between j and q do not count.
          int hidden = 0;
          for (int k = j; k <= q; k++) {
            hidden += k < sinks || q - k < recent ? 0 : 1;
          }
          return q - j - hidden;
        });
  }

  @Property(seed = "20")
  void branchesAreDisjointAndALocalKeyIsNeverGlobal(
      @ForAll @IntRange(min = 0, max = 300) int i,
      @ForAll @IntRange(min = 0, max = 200) int global,
      @ForAll @IntRange(min = 1, max = 200) int local) {
    for (VisibleRun run : ContextPolicies.lmInfinite(global, local, 64).visible(i)) {
      for (int j = run.from(); j < run.to(); j++) {
        assertThat(run.branch()).isEqualTo(i - j < local ? Branch.LOCAL : Branch.GLOBAL);
      }
    }
  }

  @Property(seed = "20")
  void edgesNeverGoBack(
      @ForAll @IntRange(min = 0, max = 400) int i,
      @ForAll @IntRange(min = 0, max = 200) int global,
      @ForAll @IntRange(min = 1, max = 200) int local,
      @ForAll @IntRange(min = 1, max = 200) int ceiling) {
    for (Span span : ContextPolicies.lmInfinite(global, local, ceiling).spans()) {
      assertThat(span.from().at(i + 1)).isGreaterThanOrEqualTo(span.from().at(i));
      assertThat(span.to().at(i + 1)).isGreaterThanOrEqualTo(span.to().at(i));
    }
  }

  @Property(seed = "20")
  void firstDifferenceFromVanillaIsTheFirst(
      @ForAll @IntRange(min = 0, max = 60) int global,
      @ForAll @IntRange(min = 1, max = 60) int local,
      @ForAll @IntRange(min = 1, max = 60) int ceiling) {
    ContextPolicy policy = ContextPolicies.lmInfinite(global, local, ceiling);
    int first = policy.firstDifferenceFromVanilla(200);
    for (int i = 0; i < 200; i++) {
      boolean same = policy.visibleCount(i) == i + 1;
      for (VisibleRun run : policy.visible(i)) {
        for (int j = run.from(); j < run.to(); j++) {
          same &= run.distance().effectiveDistance(i, j) == i - j;
        }
      }
      assertThat(same).as("query %d, first difference at %d", i, first).isEqualTo(i < first);
    }
  }

  private static void check(ContextPolicy policy, int i, IntBinaryOperator definition) {
    List<VisibleRun> runs = policy.visible(i);
    int visible = 0;
    for (int j = 0; j <= i; j++) {
      int expected = definition.applyAsInt(i, j);
      int key = j;
      List<VisibleRun> holding =
          runs.stream().filter(r -> r.from() <= key && key < r.to()).toList();
      if (expected == HIDDEN) {
        assertThat(holding).as("%s: query %d, key %d", policy.name(), i, j).isEmpty();
      } else {
        visible++;
        assertThat(holding).as("%s: query %d, key %d", policy.name(), i, j).hasSize(1);
        assertThat(holding.getFirst().distance().effectiveDistance(i, j))
            .as("%s: query %d, key %d", policy.name(), i, j)
            .isEqualTo(expected);
      }
    }
    assertThat(policy.visibleCount(i)).isEqualTo(visible);
    assertThat(runs).allMatch(r -> r.to() <= i + 1);
  }
}
