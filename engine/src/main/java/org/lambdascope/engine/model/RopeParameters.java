package org.lambdascope.engine.model;

import java.util.Optional;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.position.Llama3Scaling;
import org.lambdascope.engine.position.RopeScaling;
import org.lambdascope.engine.position.YarnScaling;

/**
 * What a Hugging Face configuration says about RoPE. Transformers 5 writes all of it in {@code
 * rope_parameters}; before, {@code rope_scaling} held the scaling, and the base and the rotating
 * part of a head stood beside it under names that differ between families.
 *
 * @param theta the base of the frequencies
 * @param rotaryFactor the part of a head that rotates, 0 to 1
 * @param scaling what is done to the frequencies
 */
public record RopeParameters(double theta, double rotaryFactor, RopeScaling scaling) {

  private static final double DEFAULT_THETA = 10_000;

  /**
   * Reads them.
   *
   * @param thetaKey where the base stands beside {@code rope_scaling}
   * @param factorKey where the rotating part stands beside it
   * @param defaultFactor the rotating part where nothing is said of it
   * @throws ModelFormatException if the scaling is unknown, or a parameter is missing or wrong
   */
  public static RopeParameters read(
      HfConfig config, String thetaKey, String factorKey, double defaultFactor)
      throws ModelFormatException {
    double theta = config.optionalDouble(thetaKey).orElse(DEFAULT_THETA);
    double factor = config.optionalDouble(factorKey).orElse(defaultFactor);
    RopeScaling scaling = RopeScaling.NONE;
    for (String key : new String[] {"rope_scaling", "rope_parameters"}) {
      Optional<HfConfig> found = config.optionalObject(key);
      if (found.isPresent()) {
        HfConfig rope = found.get();
        theta = rope.optionalDouble("rope_theta").orElse(theta);
        factor = rope.optionalDouble("partial_rotary_factor").orElse(factor);
        scaling = scaling(config, rope);
      }
    }
    return new RopeParameters(theta, factor, scaling);
  }

  private static RopeScaling scaling(HfConfig config, HfConfig rope) throws ModelFormatException {
    Optional<String> named = rope.optionalString("rope_type");
    String type = (named.isPresent() ? named : rope.optionalString("type")).orElse("default");
    try {
      return switch (type) {
        case "default" -> RopeScaling.NONE;
        case "llama3" ->
            new Llama3Scaling(
                rope.requireDouble("factor"),
                rope.requireDouble("low_freq_factor"),
                rope.requireDouble("high_freq_factor"),
                rope.requireInt("original_max_position_embeddings"));
        case "yarn" -> yarn(config, rope);
        default ->
            throw new ModelFormatException(
                rope.location(),
                "rope_type: expected one of default, llama3, yarn, found \"%s\", which is not supported"
                    .formatted(type));
      };
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(rope.location(), String.valueOf(e.getMessage()), e);
    }
  }

  private static RopeScaling yarn(HfConfig config, HfConfig rope) throws ModelFormatException {
    int original =
        rope.has("original_max_position_embeddings")
            ? rope.requireInt("original_max_position_embeddings")
            : config.requireInt("max_position_embeddings");
    double factor = rope.requireDouble("factor");
    double attention =
        rope.optionalDouble("attention_factor")
            .orElse(
                YarnScaling.attentionFactor(
                    factor,
                    rope.optionalDouble("mscale").orElse(0),
                    rope.optionalDouble("mscale_all_dim").orElse(0)));
    return new YarnScaling(
        factor,
        rope.optionalDouble("beta_fast").orElse(YarnScaling.BETA_FAST),
        rope.optionalDouble("beta_slow").orElse(YarnScaling.BETA_SLOW),
        original,
        rope.optionalBool("truncate").orElse(true),
        attention);
  }

  /** Features that rotate in a head of this size. */
  public int rotaryDim(int headDim) {
    return (int) (headDim * rotaryFactor);
  }
}
