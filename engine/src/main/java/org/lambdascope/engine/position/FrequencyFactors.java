package org.lambdascope.engine.position;

/**
 * Every pair's frequency is divided by a factor of its own, as GGUF files store the outcome of a
 * scaling: the tensor {@code rope_freqs.weight}.
 */
public final class FrequencyFactors implements RopeScaling {

  private final float[] factors;

  /**
   * Takes over the factors.
   *
   * @param factors {@code [rotaryDim / 2]}, finite and above 0
   */
  public FrequencyFactors(float[] factors) {
    for (int i = 0; i < factors.length; i++) {
      if (!(factors[i] > 0 && Float.isFinite(factors[i]))) {
        throw new IllegalArgumentException(
            "frequency factors: expected finite numbers above 0, found %s for pair %d"
                .formatted(factors[i], i));
      }
    }
    this.factors = factors.clone();
  }

  /** The factors that turn unscaled frequencies into those of a scaling. */
  public static float[] of(RopeScaling scaling, int rotaryDim, double theta) {
    float[] factors = RopeScaling.unscaled(rotaryDim, theta);
    float[] scaled = scaling.inverseFrequencies(rotaryDim, theta);
    for (int i = 0; i < factors.length; i++) {
      factors[i] /= scaled[i];
    }
    return factors;
  }

  @Override
  public float[] inverseFrequencies(int rotaryDim, double theta) {
    float[] frequencies = RopeScaling.unscaled(rotaryDim, theta);
    if (frequencies.length != factors.length) {
      throw new IllegalArgumentException(
          "frequency factors: expected one for each of %d pairs, found %d"
              .formatted(frequencies.length, factors.length));
    }
    for (int i = 0; i < factors.length; i++) {
      frequencies[i] /= factors[i];
    }
    return frequencies;
  }

  @Override
  public String description() {
    float largest = 0;
    for (float factor : factors) {
      largest = Math.max(largest, factor);
    }
    return "frequencies divided by up to " + PlainNumber.of(largest);
  }
}
