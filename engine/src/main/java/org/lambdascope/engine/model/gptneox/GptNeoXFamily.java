package org.lambdascope.engine.model.gptneox;

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
import org.lambdascope.engine.model.RopeParameters;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;

/** GPT-NeoX: GPT-NeoX-20B, Pythia and models of their shape. */
public final class GptNeoXFamily implements Family {

  private static final String NAME = "gpt_neox";

  @Override
  public Set<String> architectures() {
    return Set.of(NAME, GptNeoXGguf.ARCHITECTURE);
  }

  @Override
  public Decoder open(HfConfig config, WeightSource weights, Kernels kernels, ThreadTeam team)
      throws ModelFormatException {
    Activation activation = Activation.read(config, "hidden_act", "gelu");
    boolean parallel = config.optionalBool("use_parallel_residual").orElse(true);
    return new GptNeoXDecoder(read(config), activation, parallel, true, weights, kernels, team);
  }

  @Override
  public Decoder open(GgufFile file, Kernels kernels, ThreadTeam team) throws ModelFormatException {
    GgufHyperparameters found = new GgufHyperparameters(file);
    return new GptNeoXDecoder(
        GptNeoXGguf.read(found),
        Activation.named(found.optionalText(GptNeoXGguf.ACTIVATION, "gelu"), file.location()),
        found.optionalFlag(GptNeoXGguf.PARALLEL, true),
        false,
        GptNeoXGguf.NAMES.underHuggingFaceNames(file),
        kernels,
        team);
  }

  @Override
  public GgufModel toGguf(HfConfig config, WeightSource weights) throws ModelFormatException {
    return GptNeoXGguf.write(
        read(config),
        Activation.read(config, "hidden_act", "gelu"),
        config.optionalBool("use_parallel_residual").orElse(true),
        weights);
  }

  private static ModelConfig read(HfConfig config) throws ModelFormatException {
    int hidden = config.requirePositive("hidden_size");
    int heads = config.requirePositive("num_attention_heads");
    if (hidden % heads != 0) {
      throw new ModelFormatException(
          config.location(),
          "hidden_size: expected a multiple of num_attention_heads = %d, found %d"
              .formatted(heads, hidden));
    }
    int headDim = hidden / heads;
    RopeParameters rope = RopeParameters.read(config, "rotary_emb_base", "rotary_pct", 0.25);
    try {
      return new ModelConfig(
          NAME,
          config.requireInt("vocab_size"),
          hidden,
          config.requireInt("intermediate_size"),
          config.requireInt("num_hidden_layers"),
          heads,
          heads,
          headDim,
          Normalisation.layer(config.optionalDouble("layer_norm_eps").orElse(1e-5)),
          new Rope(rope.rotaryDim(headDim), rope.theta(), RopeLayout.HALF_SPLIT, rope.scaling()),
          config.requireInt("max_position_embeddings"),
          Edge.UNBOUNDED,
          config.optionalBool("tie_word_embeddings").orElse(false),
          config.optionalInt("bos_token_id").orElse(-1),
          Set.copyOf(config.eosTokenIds()));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(config.location(), String.valueOf(e.getMessage()), e);
    }
  }
}
