package org.lambdascope.engine.position;

/**
 * YaRN (arXiv 2309.00071 §3.2 "NTK-by-parts" and §3.4 "YaRN"): pairs that turn often in the
 * training length keep their frequency, pairs that turn less than about once are slowed by {@code
 * factor}, a ramp over the pair's number lies between, and the logits are sharpened.
 *
 * @param factor {@code s}: the new length over the trained one, at least 1
 * @param betaFast turns in the trained length above which a pair keeps its frequency (the paper's
 *     β)
 * @param betaSlow turns below which it is slowed fully (the paper's α); below {@code betaFast}
 * @param originalLength the trained length
 * @param wholePairs whether the ramp's ends are rounded outwards to whole pairs, as the first
 *     implementation does
 * @param attentionFactor {@code √(1/t)}: what query and key are each multiplied by
 */
public record YarnScaling(
    double factor,
    double betaFast,
    double betaSlow,
    int originalLength,
    boolean wholePairs,
    double attentionFactor)
    implements RopeScaling {

  /** The paper's β for LLaMA. */
  public static final double BETA_FAST = 32;

  /** The paper's α for LLaMA. */
  public static final double BETA_SLOW = 1;

  public YarnScaling {
    ScalingChecks.factor("yarn", factor);
    ScalingChecks.length("yarn", originalLength);
    if (!(betaSlow > 0 && betaFast >= betaSlow)) {
      throw new IllegalArgumentException(
          "yarn: expected 0 < beta_slow ≤ beta_fast, found %s and %s"
              .formatted(betaSlow, betaFast));
    }
    if (!(attentionFactor > 0 && Double.isFinite(attentionFactor))) {
      throw new IllegalArgumentException(
          "yarn: attention_factor: expected a finite number above 0, found " + attentionFactor);
    }
  }

  /** The paper's parameters for LLaMA; {@code √(1/t) = 0.1 ln s + 1} (its eq. 22). */
  public static YarnScaling ofPaper(double factor, int originalLength) {
    return new YarnScaling(
        factor, BETA_FAST, BETA_SLOW, originalLength, true, attentionFactor(factor, 0, 0));
  }

  /**
   * The attention factor where a configuration does not state one: {@code 0.1 ln s + 1}, or the
   * ratio of two of that form where it states both {@code mscale} and {@code mscale_all_dim}.
   *
   * @param mscale 0 if absent
   * @param mscaleAllDim 0 if absent
   */
  public static double attentionFactor(double factor, double mscale, double mscaleAllDim) {
    return mscale != 0 && mscaleAllDim != 0
        ? sharpening(factor, mscale) / sharpening(factor, mscaleAllDim)
        : sharpening(factor, 1);
  }

  /** {@code 0.1 · mscale · ln s + 1}: 1 where {@code mscale} is 0 or nothing is scaled. */
  public static double sharpening(double factor, double mscale) {
    return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
  }

  @Override
  public float[] inverseFrequencies(int rotaryDim, double theta) {
    double first = pairThatTurns(betaFast, rotaryDim, theta);
    double last = pairThatTurns(betaSlow, rotaryDim, theta);
    if (wholePairs) {
      first = Math.floor(first);
      last = Math.ceil(last);
    }
    first = Math.max(first, 0);
    last = Math.min(last, rotaryDim - 1);
    double width = last == first ? 0.001 : last - first;
    float[] frequencies = RopeScaling.unscaled(rotaryDim, theta);
    for (int i = 0; i < frequencies.length; i++) {
      double slowed = Math.clamp((i - first) / width, 0, 1);
      frequencies[i] = (float) (frequencies[i] * ((1 - slowed) + slowed / factor));
    }
    return frequencies;
  }

  /** The pair, as a real number, that turns this often in the trained length (§3.2). */
  private double pairThatTurns(double turns, int rotaryDim, double theta) {
    return rotaryDim * Math.log(originalLength / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
  }

  @Override
  public String description() {
    return "yarn scaling, factor %s, trained on %d before, logits times %.4f"
        .formatted(PlainNumber.of(factor), originalLength, attentionFactor * attentionFactor);
  }
}
