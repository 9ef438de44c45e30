package org.lambdascope.engine.model;

import java.util.List;
import java.util.Optional;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.position.DynamicNtkScaling;
import org.lambdascope.engine.position.LinearScaling;
import org.lambdascope.engine.position.Llama3Scaling;
import org.lambdascope.engine.position.LongRopeScaling;
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
        case "linear" -> new LinearScaling(rope.requireDouble("factor"));
        case "llama3" ->
            new Llama3Scaling(
                rope.requireDouble("factor"),
                rope.requireDouble("low_freq_factor"),
                rope.requireDouble("high_freq_factor"),
                rope.requireInt("original_max_position_embeddings"));
        case "yarn" -> yarn(config, rope);
        case "dynamic" ->
            new DynamicNtkScaling(
                rope.requireDouble("factor"),
                config.requireInt("max_position_embeddings"),
                DynamicNtkScaling.STEP);
        case "longrope", "su" -> longRope(config, rope); // "su": Phi-3's files of the first weeks
        default ->
            throw new ModelFormatException(
                rope.location(),
                "rope_type: expected one of default, linear, dynamic, llama3, longrope, yarn, found \"%s\", which is not supported"
                    .formatted(type));
      };
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(rope.location(), String.valueOf(e.getMessage()), e);
    }
  }

  private static RopeScaling longRope(HfConfig config, HfConfig rope) throws ModelFormatException {
    String key = "original_max_position_embeddings"; // beside rope_scaling in published files
    int original = rope.has(key) ? rope.requireInt(key) : config.requireInt(key);
    double stated = rope.optionalDouble("factor").orElse(0);
    double factor =
        stated != 0 ? stated : (double) config.requireInt("max_position_embeddings") / original;
    return new LongRopeScaling(
        factors(rope, "short_factor"),
        factors(rope, "long_factor"),
        original,
        rope.optionalDouble("attention_factor")
            .orElse(LongRopeScaling.attentionFactor(factor, original)));
  }

  private static List<Double> factors(HfConfig rope, String key) throws ModelFormatException {
    return rope.optionalDoubleList(key)
        .orElseThrow(
            () ->
                new ModelFormatException(
                    rope.location(), key + ": expected a list of numbers, found none"));
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
