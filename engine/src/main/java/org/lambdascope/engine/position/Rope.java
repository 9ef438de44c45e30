package org.lambdascope.engine.position;

/**
 * Rotary position embedding (arXiv 2104.09864 §3.2): pair {@code i} of a head turns by {@code
 * position · θ^(−2i/dim)}.
 *
 * <p>Frequencies and angles are rounded to float32 as the models saw them in training: at position
 * 32,768 the last bit of an angle is worth 2·10⁻³ radians, so a "better" double angle would be
 * another encoding.
 */
public final class Rope {

  private final RopeLayout layout;
  private final float[] inverseFrequencies;

  /**
   * Builds the frequencies.
   *
   * @param rotaryDim features that rotate, even
   * @param theta the base, above 1
   * @param layout which features form pairs
   */
  public Rope(int rotaryDim, double theta, RopeLayout layout) {
    if (rotaryDim < 2 || rotaryDim % 2 != 0) {
      throw new IllegalArgumentException(
          "rotary dimension: expected a positive even number, found " + rotaryDim);
    }
    this.layout = layout;
    inverseFrequencies = new float[rotaryDim / 2];
    for (int i = 0; i < inverseFrequencies.length; i++) {
      float exponent = (float) (2 * i) / rotaryDim;
      inverseFrequencies[i] = 1f / (float) Math.pow(theta, exponent);
    }
  }

  /** Number of pairs. */
  public int half() {
    return inverseFrequencies.length;
  }

  /** Which features form pairs. */
  public RopeLayout layout() {
    return layout;
  }

  /**
   * Writes the angles' cosines and sines for one position.
   *
   * @param position any position
   * @param cos {@code [half]}, from {@code offset}; overwritten
   * @param sin {@code [half]}, from {@code offset}; overwritten
   */
  public void table(int position, float[] cos, float[] sin, int offset) {
    for (int i = 0; i < inverseFrequencies.length; i++) {
      double angle = (float) position * inverseFrequencies[i];
      cos[offset + i] = (float) Math.cos(angle);
      sin[offset + i] = (float) Math.sin(angle);
    }
  }
}
