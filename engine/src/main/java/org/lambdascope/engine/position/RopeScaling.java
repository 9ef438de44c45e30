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
   * Radians per position of every pair, {@code [rotaryDim / 2]}.
   *
   * @param rotaryDim features that rotate, even
   * @param theta the base, above 1
   */
  float[] inverseFrequencies(int rotaryDim, double theta);

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
