package org.lambdascope.app.inspector;

import java.util.List;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.SeenKeys;
import org.lambdascope.engine.experiment.ArmMask;
import org.lambdascope.engine.experiment.MaskRun;

/**
 * A run of keys that a query sees.
 *
 * @param from first key
 * @param to last key
 * @param how how the query reaches them, for people
 * @param rawNear least raw distance
 * @param rawFar greatest raw distance
 * @param effectiveNear effective distance of the last key; NaN where keys have no place of their
 *     own in the decoder
 * @param effectiveFar effective distance of the first key; likewise
 */
public record VisibleKeys(
    int from,
    int to,
    String how,
    int rawNear,
    int rawFar,
    double effectiveNear,
    double effectiveFar) {

  /** The keys that {@code query} sees or may see under an arm, as runs in ascending order. */
  public static List<VisibleKeys> of(ArmMask mask, int query) {
    return mask.row(query).stream().map(run -> of(mask, run, query)).toList();
  }

  private static VisibleKeys of(ArmMask mask, MaskRun run, int query) {
    int last = run.to() - 1;
    return new VisibleKeys(
        run.from(),
        last,
        SeenKeys.how(mask.arm(), run),
        query - last,
        query - run.from(),
        run.effectiveDistance(query, last),
        run.effectiveDistance(query, run.from()));
  }

  /** Number of keys. */
  public int count() {
    return to - from + 1;
  }

  /** {@code 0–9 (10 keys, global)}. */
  public String keysText() {
    return "%s (%s %s, %s)"
        .formatted(range(from, to), Formats.count(count()), count() == 1 ? "key" : "keys", how);
  }

  /** {@code d 990–999 → effective 512}; empty where there is no effective distance. */
  public String distancesText() {
    if (Double.isNaN(effectiveNear)) {
      return "";
    }
    String raw = range(rawNear, rawFar);
    String effective = range(Math.round(effectiveNear), Math.round(effectiveFar));
    return "d " + raw + (raw.equals(effective) ? " = effective" : " → effective " + effective);
  }

  private static String range(long a, long b) {
    return a == b ? Formats.count(a) : Formats.count(a) + "–" + Formats.count(b);
  }
}
