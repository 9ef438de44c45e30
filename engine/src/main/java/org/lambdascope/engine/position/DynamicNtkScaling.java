package org.lambdascope.engine.position;

/**
 * NTK-aware interpolation whose factor follows the length of the text (emozilla, 2023; arXiv
 * 2309.00071 §3.3 "Dynamic Scaling"; {@code dynamic} in Hugging Face configurations): a text of
 * {@code l} tokens is read at the base {@code θ · (factor · l/L − (factor − 1))^(d/(d−2))}, and at
 * {@code θ} up to {@code L}.
 *
 * <p>The length grows in steps: up to {@code L} it is {@code L}, then {@code L} plus the least
 * multiple of {@code step} that holds the text. At {@code step = 1} that is the definition.
 *
 * @param factor at least 1; at 1 the slowest pair is slowed by {@code l/L}
 * @param originalLength {@code L}: the length that the model was trained on
 * @param step tokens by which the length grows, at least 1
 */
public record DynamicNtkScaling(double factor, int originalLength, int step)
    implements RopeScaling {

  /**
   * The step where nothing states one: a change of frequencies turns all keys again, and 64 tokens
   * move the factor by little.
   */
  public static final int STEP = 64;

  private static final String NAME = "dynamic";

  public DynamicNtkScaling {
    ScalingChecks.factor(NAME, factor);
    ScalingChecks.length(NAME, originalLength);
    if (step < 1) {
      throw new IllegalArgumentException("dynamic: step: expected at least 1, found " + step);
    }
  }

  @Override
  public float[] inverseFrequencies(int rotaryDim, double theta) {
    return inverseFrequencies(rotaryDim, theta, 0);
  }

  @Override
  public int stage(int length) {
    return length <= originalLength ? 0 : Math.ceilDiv(length - originalLength, step);
  }

  @Override
  public float[] inverseFrequencies(int rotaryDim, double theta, int stage) {
    double length = originalLength + (double) stage * step;
    double growth = factor * length / originalLength - (factor - 1);
    return RopeScaling.unscaled(rotaryDim, NtkScaling.base(NAME, rotaryDim, theta, growth));
  }

  @Override
  public boolean staged() {
    return true;
  }

  @Override
  public int unscaledLength() {
    return originalLength;
  }

  @Override
  public String description() {
    return "dynamic ntk scaling, factor %s past %d tokens, in steps of %d"
        .formatted(PlainNumber.of(factor), originalLength, step);
  }
}
