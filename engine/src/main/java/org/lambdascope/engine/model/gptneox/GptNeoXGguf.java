package org.lambdascope.engine.model.gptneox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.model.Activation;
import org.lambdascope.engine.model.GgufHyperparameters;
import org.lambdascope.engine.model.GgufModel;
import org.lambdascope.engine.model.GgufNames;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Normalisation;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;

/**
 * The family in GGUF files, as llama.cpp has it. The rows of the fused projection are in another
 * order there: those of query, key and value one after the other instead of head by head.
 */
final class GptNeoXGguf {

  static final String ARCHITECTURE = "gptneox";
  static final String PARALLEL = "use_parallel_residual";

  /** Ours: llama.cpp takes every model's activation for GELU by tanh. */
  static final String ACTIVATION = "activation";

  static final GgufNames NAMES = names();

  private static final String FUSED = ".attention.query_key_value.";

  private GptNeoXGguf() {}

  private static GgufNames names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("gpt_neox.embed_in", "token_embd");
    names.put("gpt_neox.layers.%d.input_layernorm", "blk.%d.attn_norm");
    names.put("gpt_neox.layers.%d.attention.query_key_value", "blk.%d.attn_qkv");
    names.put("gpt_neox.layers.%d.attention.dense", "blk.%d.attn_output");
    names.put("gpt_neox.layers.%d.post_attention_layernorm", "blk.%d.ffn_norm");
    names.put("gpt_neox.layers.%d.mlp.dense_h_to_4h", "blk.%d.ffn_up");
    names.put("gpt_neox.layers.%d.mlp.dense_4h_to_h", "blk.%d.ffn_down");
    names.put("gpt_neox.final_layer_norm", "output_norm");
    names.put("embed_out", "output");
    return new GgufNames(names);
  }

  static ModelConfig read(GgufHyperparameters found) throws ModelFormatException {
    int hidden = found.requirePositive("embedding_length");
    int heads = found.requirePositive("attention.head_count");
    int headDim = found.headDim(hidden, heads);
    try {
      return new ModelConfig(
          "gpt_neox",
          found.vocabularySize(),
          hidden,
          found.require("feed_forward_length"),
          found.require("block_count"),
          heads,
          heads,
          headDim,
          Normalisation.layer(found.requireReal("attention.layer_norm_epsilon")),
          found.rope(headDim, RopeLayout.HALF_SPLIT),
          found.require("context_length"),
          Edge.UNBOUNDED,
          found.tied(),
          found.bosId(),
          found.eosIds());
    } catch (IllegalArgumentException e) {
      throw found.fault(e);
    }
  }

  static GgufModel write(
      ModelConfig config, Activation activation, boolean parallel, WeightSource weights)
      throws ModelFormatException {
    return new GgufModel(ARCHITECTURE, config)
        .flag(PARALLEL, parallel)
        .text(ACTIVATION, activation.title())
        .rope((Rope) config.positions(), weights.location())
        .tensors(
            weights,
            NAMES,
            config.layers(),
            config.tiedEmbeddings() ? Set.of("embed_out.weight") : Set.of(),
            name -> name.contains(FUSED) ? oneAfterTheOther(config) : IntUnaryOperator.identity());
  }

  /** From {@code [heads, 3, headDim]} to {@code [3, heads, headDim]}. */
  private static IntUnaryOperator oneAfterTheOther(ModelConfig config) {
    int headDim = config.headDim();
    int heads = config.heads();
    return row -> {
      int feature = row % headDim;
      int head = row / headDim % heads;
      int which = row / headDim / heads;
      return (head * 3 + which) * headDim + feature;
    };
  }
}
