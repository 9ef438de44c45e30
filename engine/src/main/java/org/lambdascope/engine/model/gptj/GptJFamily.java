package org.lambdascope.engine.model.gptj;

import java.util.Set;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.Activation;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.Family;
import org.lambdascope.engine.model.GgufHyperparameters;
import org.lambdascope.engine.model.GgufModel;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Normalisation;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;

/** GPT-J: GPT-J-6B and models of its shape. */
public final class GptJFamily implements Family {

  private static final String NAME = "gptj";

  /** The base is not in its configurations: the family has but one. */
  private static final double THETA = 10_000;

  @Override
  public Set<String> architectures() {
    return Set.of(NAME);
  }

  @Override
  public Decoder open(HfConfig config, WeightSource weights, Kernels kernels, ThreadTeam team)
      throws ModelFormatException {
    Activation activation = Activation.read(config, "activation_function", "gelu_new");
    return new GptJDecoder(read(config), activation, weights, kernels, team);
  }

  @Override
  public Decoder open(GgufFile file, Kernels kernels, ThreadTeam team) throws ModelFormatException {
    GgufHyperparameters found = new GgufHyperparameters(file);
    return new GptJDecoder(
        GptJGguf.read(found),
        Activation.named(found.optionalText(GptJGguf.ACTIVATION, "gelu_new"), file.location()),
        GptJGguf.NAMES.underHuggingFaceNames(file),
        kernels,
        team);
  }

  @Override
  public GgufModel toGguf(HfConfig config, WeightSource weights) throws ModelFormatException {
    return GptJGguf.write(
        read(config), Activation.read(config, "activation_function", "gelu_new"), weights);
  }

  private static ModelConfig read(HfConfig config) throws ModelFormatException {
    int hidden = config.requirePositive("n_embd");
    int heads = config.requirePositive("n_head");
    int rotary = config.requirePositive("rotary_dim");
    if (hidden % heads != 0) {
      throw new ModelFormatException(
          config.location(),
          "n_embd: expected a multiple of n_head = %d, found %d".formatted(heads, hidden));
    }
    int headDim = hidden / heads;
    if (rotary > headDim) {
      throw new ModelFormatException(
          config.location(),
          "rotary_dim: expected at most the head size %d, found %d".formatted(headDim, rotary));
    }
    try {
      return new ModelConfig(
          NAME,
          config.requireInt("vocab_size"),
          hidden,
          config.optionalInt("n_inner").orElse(4 * hidden),
          config.requireInt("n_layer"),
          heads,
          heads,
          headDim,
          Normalisation.layer(config.optionalDouble("layer_norm_epsilon").orElse(1e-5)),
          new Rope(rotary, THETA, RopeLayout.INTERLEAVED),
          config.requireInt("n_positions"),
          Edge.UNBOUNDED,
          config.optionalBool("tie_word_embeddings").orElse(false),
          config.optionalInt("bos_token_id").orElse(-1),
          Set.copyOf(config.eosTokenIds()));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(config.location(), String.valueOf(e.getMessage()), e);
    }
  }
}
