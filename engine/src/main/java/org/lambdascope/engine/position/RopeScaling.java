package org.lambdascope.engine.position;

/**
 * What is done to RoPE's frequencies so that a model reads past its training length, as {@code
 * rope_scaling} in a Hugging Face configuration says.
 */
public interface RopeScaling {

  /** Nothing: {@code θ^(−2i/dim)}. */
  RopeScaling NONE =
      new RopeScaling() {
        @Override
        public float[] inverseFrequencies(int rotaryDim, double theta) {
          return unscaled(rotaryDim, theta);
        }

        @Override
        public String description() {
          return "unscaled";
        }
      };

  /**
   * Radians per position of every pair, {@code [rotaryDim / 2]}; of the shortest texts where they
   * depend on the length.
   *
   * @param rotaryDim features that rotate, even
   * @param theta the base, above 1
   */
  float[] inverseFrequencies(int rotaryDim, double theta);

  /**
   * Whether the frequencies depend on the length of the text. A query then reads all keys at the
   * frequencies of the text that ends with it, whatever follows: so a text gives the same logits
   * token by token and in one pass.
   */
  default boolean staged() {
    return false;
  }

  /**
   * The stage of the frequencies that a text of so many tokens is read at; never falls as the text
   * grows.
   */
  default int stage(int length) {
    return 0;
  }

  /** As {@link #inverseFrequencies(int, double)}, at a stage. */
  default float[] inverseFrequencies(int rotaryDim, double theta, int stage) {
    return inverseFrequencies(rotaryDim, theta);
  }

  /** The longest text that is read unscaled, where longer ones are not; else 0. */
  default int unscaledLength() {
    return 0;
  }

  /**
   * What the rotated features of both query and key are multiplied by, so that their part of a
   * logit grows by its square.
   */
  default double attentionFactor() {
    return 1;
  }

  /** The scaling and its parameters, for people. */
  String description();

  /** The frequencies before any scaling, rounded to float32 where the models round them. */
  static float[] unscaled(int rotaryDim, double theta) {
    float[] frequencies = new float[rotaryDim / 2];
    for (int i = 0; i < frequencies.length; i++) {
      float exponent = (float) (2 * i) / rotaryDim;
      frequencies[i] = 1f / (float) Math.pow(theta, exponent);
    }
    return frequencies;
  }
}
