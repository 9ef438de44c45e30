package org.lambdascope.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntBinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.ContextPolicy.VisibleRun;

/** Arms on a model with a sliding window of its own, key by key. Hidden keys have distance −1. */
final class SlidingWindowProperties {

  private static final int HIDDEN = -1;

  @Property(tries = 500, seed = "81")
  void theWindowBoundsWhatIsVisibleForBeingNear(
      @ForAll @IntRange(min = 0, max = 150) int i,
      @ForAll @IntRange(min = 1, max = 120) int window,
      @ForAll @IntRange(min = 0, max = 60) int global,
      @ForAll @IntRange(min = 1, max = 120) int local,
      @ForAll @IntRange(min = 1, max = 120) int ceiling) {
    check("vanilla", window, i, (q, j) -> q - j < window ? q - j : HIDDEN);
    check(
        "window:local=" + local,
        window,
        i,
        (q, j) -> q - j < Math.min(local, window) ? q - j : HIDDEN);
    check(
        "ceiling:ceiling=" + ceiling,
        window,
        i,
        (q, j) -> q - j < window ? Math.min(q - j, ceiling) : HIDDEN);
    check(
        "lm-infinite:global=%d,local=%d,ceiling=%d".formatted(global, local, ceiling),
        window,
        i,
        (q, j) ->
            q - j < Math.min(local, window) || j < global ? Math.min(q - j, ceiling) : HIDDEN);
    check(
        "lambda-mask:global=%d,local=%d".formatted(global, local),
        window,
        i,
        (q, j) -> q - j < Math.min(local, window) || j < global ? q - j : HIDDEN);
  }

  @Property(tries = 200, seed = "82")
  void theFirstDifferenceIsTheFirst(
      @ForAll @IntRange(min = 1, max = 60) int window,
      @ForAll @IntRange(min = 0, max = 30) int global,
      @ForAll @IntRange(min = 1, max = 60) int local,
      @ForAll @IntRange(min = 1, max = 60) int ceiling) {
    ContextPolicy vanilla = ArmParser.parse("vanilla", 64).policy(window);
    ContextPolicy policy =
        ArmParser.parse(
                "lm-infinite:global=%d,local=%d,ceiling=%d".formatted(global, local, ceiling), 64)
            .policy(window);
    int first = policy.firstDifferenceFrom(vanilla, 150);
    for (int i = 0; i < 150; i++) {
      boolean same = true;
      for (int j = 0; j <= i; j++) {
        same &= distance(policy, i, j) == distance(vanilla, i, j);
      }
      assertThat(same).as("query %d, first difference at %d", i, first).isEqualTo(i < first);
    }
  }

  private static void check(String arm, int window, int i, IntBinaryOperator definition) {
    ContextPolicy policy = ArmParser.parse(arm, 64).policy(window);
    for (int j = 0; j <= i; j++) {
      assertThat(distance(policy, i, j))
          .as("%s, window %d, query %d, key %d", arm, window, i, j)
          .isEqualTo(definition.applyAsInt(i, j));
    }
  }

  private static int distance(ContextPolicy policy, int i, int j) {
    int found = HIDDEN;
    for (VisibleRun run : policy.visible(i)) {
      if (run.from() <= j && j < run.to()) {
        assertThat(found).as("key %d is in one run", j).isEqualTo(HIDDEN);
        found = (int) run.distance().effectiveDistance(i, j);
      }
    }
    return found;
  }
}
