package org.lambdascope.engine.position;

import java.util.List;

/**
 * LongRoPE (arXiv 2402.13753 §3.2; {@code longrope} in Phi-3's configurations): every pair is
 * slowed by a factor of its own that was searched for, one list for texts up to the trained length
 * and one for longer texts.
 *
 * @param shortFactors a factor per pair for texts of at most {@code originalLength} tokens
 * @param longFactors a factor per pair for longer texts
 * @param originalLength the trained length
 * @param attentionFactor what query and key are each multiplied by
 */
public record LongRopeScaling(
    List<Double> shortFactors, List<Double> longFactors, int originalLength, double attentionFactor)
    implements RopeScaling {

  public LongRopeScaling {
    ScalingChecks.length("longrope", originalLength);
    shortFactors = checked("short_factor", shortFactors);
    longFactors = checked("long_factor", longFactors);
    if (shortFactors.size() != longFactors.size()) {
      throw new IllegalArgumentException(
          "longrope: expected as many long_factor as short_factor, found %d and %d"
              .formatted(longFactors.size(), shortFactors.size()));
    }
    if (!(attentionFactor > 0 && Double.isFinite(attentionFactor))) {
      throw new IllegalArgumentException(
          "longrope: attention_factor: expected a finite number above 0, found " + attentionFactor);
    }
  }

  /**
   * The attention factor where a configuration does not state one: {@code √(1 + ln s / ln L)}
   * (arXiv 2404.14219, Phi-3's code), and 1 for {@code s ≤ 1}.
   *
   * @param factor {@code s}: the longest text over the trained length
   * @param originalLength {@code L}: the trained length
   */
  public static double attentionFactor(double factor, int originalLength) {
    return factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(originalLength));
  }

  private static List<Double> checked(String name, List<Double> factors) {
    for (double factor : factors) {
      if (!(factor > 0 && Double.isFinite(factor))) {
        throw new IllegalArgumentException(
            "longrope: %s: expected finite numbers above 0, found %s".formatted(name, factor));
      }
    }
    return List.copyOf(factors);
  }

  @Override
  public float[] inverseFrequencies(int rotaryDim, double theta) {
    return inverseFrequencies(rotaryDim, theta, 0);
  }

  @Override
  public int stage(int length) {
    return length <= originalLength ? 0 : 1;
  }

  @Override
  public float[] inverseFrequencies(int rotaryDim, double theta, int stage) {
    List<Double> factors = stage == 0 ? shortFactors : longFactors;
    if (factors.size() != rotaryDim / 2) {
      throw new IllegalArgumentException(
          "longrope: expected a factor for each of %d pairs, found %d"
              .formatted(rotaryDim / 2, factors.size()));
    }
    float[] frequencies = new float[rotaryDim / 2];
    for (int i = 0; i < frequencies.length; i++) {
      float exponent = (float) (2 * i) / rotaryDim;
      frequencies[i] = 1f / (factors.get(i).floatValue() * (float) Math.pow(theta, exponent));
    }
    return frequencies;
  }

  @Override
  public boolean staged() {
    return true;
  }

  @Override
  public String description() {
    return "longrope scaling, other factors past %d tokens, logits times %.4f"
        .formatted(originalLength, attentionFactor * attentionFactor);
  }
}
