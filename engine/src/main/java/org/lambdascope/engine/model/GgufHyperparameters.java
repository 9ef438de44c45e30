package org.lambdascope.engine.model;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.format.gguf.GgufMetadata;
import org.lambdascope.engine.position.FrequencyFactors;
import org.lambdascope.engine.position.LinearScaling;
import org.lambdascope.engine.position.LongRopeScaling;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;
import org.lambdascope.engine.position.RopeScaling;
import org.lambdascope.engine.position.YarnScaling;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/**
 * The hyperparameters of a GGUF file, under the keys {@code ARCHITECTURE.…}; keys are given here
 * without the architecture.
 */
public final class GgufHyperparameters {

  static final String FREQUENCY_FACTORS = "rope_freqs.weight";
  static final String LONG_FACTORS = "rope_factors_long.weight";
  static final String SHORT_FACTORS = "rope_factors_short.weight";
  private static final String EMBEDDING = "token_embd.weight";
  private static final String HEAD = "output.weight";
  private static final float DEFAULT_THETA = 10_000;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final String architecture;

  /**
   * Views a file.
   *
   * @throws ModelFormatException if it does not name its architecture
   */
  public GgufHyperparameters(GgufFile file) throws ModelFormatException {
    this.file = file;
    metadata = file.metadata();
    architecture = metadata.getString("general.architecture");
  }

  /** {@code general.architecture}. */
  public String architecture() {
    return architecture;
  }

  /** The whole key, for messages. */
  public String key(String name) {
    return architecture + "." + name;
  }

  /** A whole number. */
  public int require(String name) throws ModelFormatException {
    return metadata.getInt(key(name));
  }

  /** A whole number above 0. */
  public int requirePositive(String name) throws ModelFormatException {
    int value = require(name);
    if (value < 1) {
      throw fault("%s: expected a positive number, found %d".formatted(key(name), value));
    }
    return value;
  }

  /** A whole number, or the default. */
  public int optional(String name, int absent) throws ModelFormatException {
    return metadata.getInt(key(name), absent);
  }

  /** A number. */
  public float requireReal(String name) throws ModelFormatException {
    return metadata.getFloat(key(name));
  }

  /** A number, or the default. */
  public float optionalReal(String name, float absent) throws ModelFormatException {
    return metadata.getFloat(key(name), absent);
  }

  /** A truth value, or the default. */
  public boolean optionalFlag(String name, boolean absent) throws ModelFormatException {
    return metadata.getBool(key(name), absent);
  }

  /** A text, or the default. */
  public String optionalText(String name, String absent) throws ModelFormatException {
    return metadata.getString(key(name), absent);
  }

  /** Features per head: what the file says, or else an equal share of the hidden size. */
  public int headDim(int hidden, int heads) throws ModelFormatException {
    return optional("attention.key_length", hidden / heads);
  }

  /** Rows of the embedding. */
  public int vocabularySize() throws ModelFormatException {
    return file.get(EMBEDDING).dim(0);
  }

  /** Whether the output head is the embedding: the file holds no other. */
  public boolean tied() {
    return !file.names().contains(HEAD);
  }

  /** Begin-of-sequence id, or −1. */
  public int bosId() throws ModelFormatException {
    return metadata.getInt("tokenizer.ggml.bos_token_id", -1);
  }

  /** Ids that end a text. */
  public Set<Integer> eosIds() throws ModelFormatException {
    int eos = metadata.getInt("tokenizer.ggml.eos_token_id", -1);
    return eos < 0 ? Set.of() : Set.of(eos);
  }

  /**
   * RoPE with its scaling.
   *
   * @param layout which features form pairs, which the architecture fixes
   * @throws ModelFormatException if the scaling is unknown or said incompletely
   */
  public Rope rope(int headDim, RopeLayout layout) throws ModelFormatException {
    int rotary = optional("rope.dimension_count", headDim);
    if (rotary > headDim) {
      throw fault(
          "%s: expected at most the head size %d, found %d"
              .formatted(key("rope.dimension_count"), headDim, rotary));
    }
    return new Rope(rotary, optionalReal("rope.freq_base", DEFAULT_THETA), layout, ropeScaling());
  }

  private RopeScaling ropeScaling() throws ModelFormatException {
    if (file.names().contains(FREQUENCY_FACTORS)) {
      return new FrequencyFactors(factors(FREQUENCY_FACTORS));
    }
    if (file.names().contains(LONG_FACTORS)) {
      return new LongRopeScaling(
          list(factors(SHORT_FACTORS)),
          list(factors(LONG_FACTORS)),
          require("rope.scaling.original_context_length"),
          optionalReal("rope.scaling.attn_factor", 1));
    }
    float linear = optionalReal("rope.scale_linear", 1); // files of 2023
    String type = optionalText("rope.scaling.type", linear == 1 ? "none" : "linear");
    return switch (type) {
      case "none" -> RopeScaling.NONE;
      case "linear" -> new LinearScaling(optionalReal("rope.scaling.factor", linear));
      case "yarn" -> yarn();
      default ->
          throw fault(
              "%s: expected none, linear or yarn, found \"%s\", which is not supported"
                  .formatted(key("rope.scaling.type"), type));
    };
  }

  private float[] factors(String name) throws ModelFormatException {
    Tensor factors = file.get(name);
    if (factors.dtype() != DType.F32) {
      throw fault("tensor %s: expected F32, found %s".formatted(name, factors.dtype()));
    }
    return factors.data().toArray(FLOAT);
  }

  private static List<Double> list(float[] values) {
    List<Double> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add((double) value);
    }
    return list;
  }

  private RopeScaling yarn() throws ModelFormatException {
    float factor = requireReal("rope.scaling.factor");
    float older = optionalReal("rope.scaling.attn_factor", 1);
    return new YarnScaling(
        factor,
        optionalReal("rope.scaling.yarn_beta_fast", (float) YarnScaling.BETA_FAST),
        optionalReal("rope.scaling.yarn_beta_slow", (float) YarnScaling.BETA_SLOW),
        require("rope.scaling.original_context_length"),
        true,
        optionalReal("rope.scaling.yarn_attn_factor", older)
            * YarnScaling.attentionFactor(factor, 0, 0));
  }

  /** An error in this file. */
  public ModelFormatException fault(String problem) {
    return new ModelFormatException(file.location(), problem);
  }

  /** An error in this file, found by a check of values. */
  public ModelFormatException fault(IllegalArgumentException e) {
    return new ModelFormatException(file.location(), String.valueOf(e.getMessage()), e);
  }
}
