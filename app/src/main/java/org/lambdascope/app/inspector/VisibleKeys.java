package org.lambdascope.app.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lambdascope.app.common.Formats;
import org.lambdascope.engine.attention.Branch;
import org.lambdascope.engine.attention.ContextPolicy.VisibleRun;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.AttentionTiles;

/**
 * A run of keys that a query sees.
 *
 * @param from first key
 * @param to last key
 * @param branch the branch they belong to
 * @param rawNear least raw distance
 * @param rawFar greatest raw distance
 * @param effectiveNear effective distance of the last key
 * @param effectiveFar effective distance of the first key
 */
public record VisibleKeys(
    int from,
    int to,
    Branch branch,
    int rawNear,
    int rawFar,
    double effectiveNear,
    double effectiveFar) {

  /**
   * The keys that {@code query} sees under an arm, as runs in ascending order.
   *
   * @param slidingWindow the model's own window
   */
  public static List<VisibleKeys> of(Arm arm, int slidingWindow, int query) {
    // An arm that re-encodes a window counts positions from the window's start.
    int start = AttentionTiles.windowStart(arm, query);
    int i = query - start;
    List<VisibleKeys> keys = new ArrayList<>();
    for (VisibleRun run : arm.policy(slidingWindow).visible(i)) {
      int last = run.to() - 1;
      keys.add(
          new VisibleKeys(
              start + run.from(),
              start + last,
              run.branch(),
              i - last,
              i - run.from(),
              run.distance().effectiveDistance(i, last),
              run.distance().effectiveDistance(i, run.from())));
    }
    return keys;
  }

  /** Number of keys. */
  public int count() {
    return to - from + 1;
  }

  /** {@code 0–9 (10 keys, global)}. */
  public String keysText() {
    return "%s (%s %s, %s)"
        .formatted(
            range(from, to),
            Formats.count(count()),
            count() == 1 ? "key" : "keys",
            branch.name().toLowerCase(Locale.ROOT));
  }

  /** {@code d 990–999 → 512}. */
  public String distancesText() {
    String raw = range(rawNear, rawFar);
    String effective = range(Math.round(effectiveNear), Math.round(effectiveFar));
    return "d " + raw + (raw.equals(effective) ? " = effective" : " → effective " + effective);
  }

  private static String range(long a, long b) {
    return a == b ? Formats.count(a) : Formats.count(a) + "–" + Formats.count(b);
  }
}
