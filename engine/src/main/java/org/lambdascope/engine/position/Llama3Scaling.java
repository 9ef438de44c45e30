package org.lambdascope.engine.position;

/**
 * Llama 3.1's scaling (arXiv 2407.21783 §3.4.1 names it; Meta's and Hugging Face's code define it):
 * short wavelengths stay, long ones grow by {@code factor}, and between the two the frequency is a
 * mean of both.
 *
 * @param factor what long wavelengths grow by, at least 1
 * @param lowFrequencyFactor wavelengths above {@code originalLength / lowFrequencyFactor} are long
 * @param highFrequencyFactor wavelengths below {@code originalLength / highFrequencyFactor} are
 *     short; above {@code lowFrequencyFactor}
 * @param originalLength the length that the model was trained on before
 */
public record Llama3Scaling(
    double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalLength)
    implements RopeScaling {

  public Llama3Scaling {
    ScalingChecks.factor("llama3", factor);
    ScalingChecks.length("llama3", originalLength);
    if (!(lowFrequencyFactor > 0 && highFrequencyFactor > lowFrequencyFactor)) {
      throw new IllegalArgumentException(
          "llama3: expected 0 < low_freq_factor < high_freq_factor, found %s and %s"
              .formatted(lowFrequencyFactor, highFrequencyFactor));
    }
  }

  @Override
  public float[] inverseFrequencies(int rotaryDim, double theta) {
    float[] frequencies = RopeScaling.unscaled(rotaryDim, theta);
    for (int i = 0; i < frequencies.length; i++) {
      float plain = frequencies[i];
      double turns = originalLength * plain / (2 * Math.PI); // in the original length
      double share = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
      double kept = Math.clamp(share, 0, 1);
      frequencies[i] = (float) ((1 - kept) * plain / factor + kept * plain);
    }
    return frequencies;
  }

  @Override
  public String description() {
    return "llama3 scaling, factor %s, trained on %d before"
        .formatted(PlainNumber.of(factor), originalLength);
  }
}
