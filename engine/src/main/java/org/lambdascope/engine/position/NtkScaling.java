package org.lambdascope.engine.position;

/**
 * NTK-aware interpolation (bloc97, 2023; arXiv 2309.00071 §3.1, definition 1): the base grows to
 * {@code θ · s^(d/(d−2))}, so that the slowest pair is slowed by {@code s} and the fastest not at
 * all.
 *
 * @param factor {@code s}, at least 1
 */
public record NtkScaling(double factor) implements RopeScaling {

  private static final String NAME = "ntk";

  public NtkScaling {
    ScalingChecks.factor(NAME, factor);
  }

  @Override
  public float[] inverseFrequencies(int rotaryDim, double theta) {
    return RopeScaling.unscaled(rotaryDim, base(NAME, rotaryDim, theta, factor));
  }

  /** The base at which the slowest pair turns {@code factor} times slower. */
  static double base(String scaling, int rotaryDim, double theta, double factor) {
    if (rotaryDim < 4) {
      throw new IllegalArgumentException(
          "%s: expected at least 4 rotary features, found %d".formatted(scaling, rotaryDim));
    }
    return theta * Math.pow(factor, rotaryDim / (rotaryDim - 2.0));
  }

  @Override
  public String description() {
    return "ntk scaling, factor " + PlainNumber.of(factor);
  }
}
