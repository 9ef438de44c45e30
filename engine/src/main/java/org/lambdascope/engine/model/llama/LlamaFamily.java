package org.lambdascope.engine.model.llama;

import java.util.Set;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.Family;
import org.lambdascope.engine.model.GgufModel;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Normalisation;
import org.lambdascope.engine.model.RopeParameters;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;

/**
 * LLaMA, Llama-2 and 3, SmolLM and whatever else says that it is one; and the families that differ
 * from it by details: Mistral by its sliding window, Qwen2 by biases, Qwen3 by norms of query and
 * key heads, Phi-3 by fused projections.
 */
public final class LlamaFamily implements Family {

  private static final String NAME = "llama";

  @Override
  public Set<String> architectures() {
    return Set.of(NAME, "mistral", "qwen2", "qwen3", "phi3");
  }

  @Override
  public LlamaDecoder open(HfConfig config, WeightSource weights, Kernels kernels, ThreadTeam team)
      throws ModelFormatException {
    return new LlamaDecoder(
        new LlamaStack(read(config, weights), weights, LlamaNames.HUGGING_FACE, kernels, true),
        kernels,
        team);
  }

  @Override
  public Decoder open(GgufFile file, Kernels kernels, ThreadTeam team) throws ModelFormatException {
    return new LlamaDecoder(
        new LlamaStack(LlamaGguf.read(file), file, LlamaNames.GGUF, kernels, true), kernels, team);
  }

  @Override
  public GgufModel toGguf(HfConfig config, WeightSource weights) throws ModelFormatException {
    return LlamaGguf.write(read(config, weights), weights);
  }

  static ModelConfig read(HfConfig config, WeightSource weights) throws ModelFormatException {
    String activation = config.optionalString("hidden_act").orElse("silu");
    if (!activation.equals("silu")) {
      throw new ModelFormatException(
          config.location(), "hidden_act: expected \"silu\", found \"%s\"".formatted(activation));
    }
    int hidden = config.requireInt("hidden_size");
    int heads = config.requireInt("num_attention_heads");
    int headDim = config.optionalInt("head_dim").orElse(heads > 0 ? hidden / heads : 0);
    try {
      RopeParameters rope = RopeParameters.read(config, "rope_theta", "partial_rotary_factor", 1);
      return new ModelConfig(
          config.modelType(),
          config.requireInt("vocab_size"),
          hidden,
          config.requireInt("intermediate_size"),
          config.requireInt("num_hidden_layers"),
          heads,
          config.optionalInt("num_key_value_heads").orElse(heads),
          headDim,
          Normalisation.rms(config.optionalDouble("rms_norm_eps").orElse(1e-6)),
          new Rope(rope.rotaryDim(headDim), rope.theta(), RopeLayout.HALF_SPLIT, rope.scaling()),
          config.requireInt("max_position_embeddings"),
          slidingWindow(config),
          tied(config, weights),
          config.optionalInt("bos_token_id").orElse(-1),
          Set.copyOf(config.eosTokenIds()));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(config.location(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Where a family's configurations name a window, and whether it is in force. */
  private static int slidingWindow(HfConfig config) throws ModelFormatException {
    boolean qwen = config.modelType().startsWith("qwen");
    if (!config.has("sliding_window")
        || (qwen && !config.optionalBool("use_sliding_window").orElse(false))) {
      return Edge.UNBOUNDED;
    }
    int first =
        config.optionalInt("max_window_layers").orElse(0); // Qwen's: layers before have none
    if (qwen && first >= config.requireInt("num_hidden_layers")) {
      return Edge.UNBOUNDED;
    }
    if (qwen && first > 0) {
      throw new ModelFormatException(
          config.location(),
          "max_window_layers: expected a sliding window in all layers or none, found one from layer"
              + " %d on, which is not supported".formatted(first));
    }
    return config.requireInt("sliding_window");
  }

  private static boolean tied(HfConfig config, WeightSource weights) throws ModelFormatException {
    return config
        .optionalBool("tie_word_embeddings")
        .orElse(!LlamaWeights.hasHead(weights, LlamaNames.HUGGING_FACE));
  }
}
