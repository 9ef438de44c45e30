package org.lambdascope.engine.position;

/**
 * Position interpolation (arXiv 2306.15595): every frequency is divided by one factor, so that a
 * text that many times longer turns no further than the texts of training did.
 *
 * @param factor at least 1
 */
public record LinearScaling(double factor) implements RopeScaling {

  public LinearScaling {
    ScalingChecks.factor("linear", factor);
  }

  @Override
  public float[] inverseFrequencies(int rotaryDim, double theta) {
    float[] frequencies = RopeScaling.unscaled(rotaryDim, theta);
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] /= (float) factor;
    }
    return frequencies;
  }

  @Override
  public String description() {
    return "linear scaling, factor " + PlainNumber.of(factor);
  }
}
