package org.lambdascope.engine.experiment;

/**
 * How far an arm gives the logits of vanilla.
 *
 * @param mayDifferAt the first position at which the arm may differ by its definition: it shows
 *     other keys, distances or frequencies there; {@link Integer#MAX_VALUE} for never
 * @param compared positions that were compared, from the start of the text
 * @param maxDifference the greatest |Δlogit|, or |Δ ln p| where {@link
 *     ArmKind#givesLogProbabilities}, over those before {@code mayDifferAt}: rounding, where the
 *     arm is what it says; NaN where there are none
 * @param differedAt the first position at which some logit did differ by more than {@link
 *     #ROUNDING}; {@link #NOWHERE} where none did
 */
public record Equivalence(int mayDifferAt, int compared, double maxDifference, int differedAt) {

  /** Stands for no position among those that were compared. */
  public static final int NOWHERE = -1;

  /** What rounding in float32 may amount to: kernels may add the same numbers in another order. */
  public static final double ROUNDING = 1e-3;

  /** Whether the arm was vanilla wherever it should be. */
  public boolean holds() {
    return differedAt == NOWHERE || differedAt >= mayDifferAt;
  }
}
