package org.lambdascope.engine.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lambdascope.engine.attention.ContextPolicy.VisibleRun;
import org.lambdascope.engine.position.DynamicNtkScaling;
import org.lambdascope.engine.position.LinearScaling;

/** The arms that change distances against their definitions, key by key. */
final class DistancePoliciesProperties {

  /** The definition of an arm: an effective distance for every pair. */
  private interface Definition {
    double distance(int i, int j);
  }

  @Property(seed = "31", tries = 500)
  void everyPairHasTheDistanceOfTheDefinition(
      @ForAll @IntRange(min = 0, max = 300) int i,
      @ForAll @IntRange(min = 1, max = 40) int group,
      @ForAll @IntRange(min = 1, max = 200) int window,
      @ForAll @IntRange(min = 1, max = 120) int chunk,
      @ForAll @IntRange(min = 0, max = 60) int more,
      @ForAll @IntRange(min = 1, max = 400) int own) {
    for (int sliding : new int[] {Edge.UNBOUNDED, own}) {
      check(
          DistancePolicies.selfExtend(group, window, sliding),
          sliding,
          i,
          (q, j) ->
              q - j < window
                  ? q - j
                  : q / group + window - window / group - Math.floorDiv(j, group));
      check(
          DistancePolicies.rerope(window, sliding), sliding, i, (q, j) -> Math.min(q - j, window));
      check(
          DistancePolicies.leakyRerope(window, group, sliding),
          sliding,
          i,
          (q, j) -> q - j < window ? q - j : window + (q - j - window) / (double) group);
      int length = chunk + more;
      check(
          DistancePolicies.dualChunk(chunk, length, sliding),
          sliding,
          i,
          (q, j) ->
              switch (q / chunk - j / chunk) {
                case 0 -> q % chunk - j % chunk;
                case 1 -> Math.min(q % chunk + chunk, length - 1) - j % chunk;
                default -> length - 1 - j % chunk;
              });
    }
  }

  @Property(seed = "32")
  void noDistanceOfDualChunkReachesTheTrainedLength(
      @ForAll @IntRange(min = 0, max = 500) int i,
      @ForAll @IntRange(min = 1, max = 120) int chunk,
      @ForAll @IntRange(min = 0, max = 60) int more) {
    for (VisibleRun run :
        DistancePolicies.dualChunk(chunk, chunk + more, Edge.UNBOUNDED).visible(i)) {
      for (int j = run.from(); j < run.to(); j++) {
        assertThat(run.distance().effectiveDistance(i, j)).isBetween(0.0, chunk + more - 1.0);
      }
    }
  }

  @Property(seed = "33")
  void edgesNeverGoBack(
      @ForAll @IntRange(min = 0, max = 400) int i,
      @ForAll @IntRange(min = 1, max = 100) int chunk,
      @ForAll @IntRange(min = 1, max = 300) int own) {
    for (Span span : DistancePolicies.dualChunk(chunk, chunk + 5, own).spans()) {
      assertThat(span.from().at(i + 1)).isGreaterThanOrEqualTo(span.from().at(i));
      assertThat(span.to().at(i + 1)).isGreaterThanOrEqualTo(span.to().at(i));
    }
  }

  /** Few keys and short chunks: policies that part from vanilla and meet it again. */
  @Property(seed = "34", tries = 300)
  void theFirstDifferenceIsTheFirst(
      @ForAll @IntRange(min = 1, max = 9) int group,
      @ForAll @IntRange(min = 1, max = 30) int window,
      @ForAll @IntRange(min = 0, max = 30) int more) {
    for (ContextPolicy policy :
        List.of(
            DistancePolicies.selfExtend(group, window, Edge.UNBOUNDED),
            DistancePolicies.leakyRerope(window, group, Edge.UNBOUNDED),
            DistancePolicies.dualChunk(window, window + more, Edge.UNBOUNDED))) {
      int first = Edge.UNBOUNDED;
      for (int i = 0; i < 90 && first == Edge.UNBOUNDED; i++) {
        for (int j = 0; j <= i; j++) {
          if (distance(policy, i, j) != i - j) {
            first = i;
          }
        }
      }
      assertThat(policy.firstDifferenceFromVanilla(90)).as(policy.name()).isEqualTo(first);
    }
  }

  @Example
  void otherFrequenciesDifferFromTheFirstPairOn() {
    ContextPolicy linear = DistancePolicies.rescaled(new LinearScaling(2), Edge.UNBOUNDED);
    assertThat(linear.firstDifferenceFromVanilla(100)).isEqualTo(1);
    assertThat(linear.firstDifferenceFrom(linear, 100)).isEqualTo(Edge.UNBOUNDED);
    ContextPolicy dynamic =
        DistancePolicies.rescaled(new DynamicNtkScaling(2, 40, 1), Edge.UNBOUNDED);
    assertThat(dynamic.firstDifferenceFromVanilla(100)).isEqualTo(40);
    assertThat(dynamic.firstDifferenceFromVanilla(40)).isEqualTo(Edge.UNBOUNDED);
  }

  private static void check(ContextPolicy policy, int sliding, int i, Definition definition) {
    int visible = 0;
    for (int j = 0; j <= i; j++) {
      double expected = i - j < sliding ? definition.distance(i, j) : Double.NaN;
      assertThat(distance(policy, i, j))
          .as("%s, sliding window %d: query %d, key %d", policy.name(), sliding, i, j)
          .isEqualTo(Double.valueOf(expected)); // boxed: NaN is NaN
      visible += i - j < sliding ? 1 : 0;
    }
    assertThat(policy.visibleCount(i)).isEqualTo(visible);
  }

  /** NaN for a hidden key. */
  private static double distance(ContextPolicy policy, int i, int j) {
    double found = Double.NaN;
    for (VisibleRun run : policy.visible(i)) {
      if (run.from() <= j && j < run.to()) {
        assertThat(found).as("key %d is in one run", j).isNaN();
        found = run.distance().effectiveDistance(i, j);
      }
    }
    return found;
  }
}
