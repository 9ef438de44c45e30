package org.lambdascope.engine.model.gptj;

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

/** The family in GGUF files, by the names that the format's definition has for it. */
final class GptJGguf {

  /** Ours: where a file does not say, GPT-J's own. */
  static final String ACTIVATION = "activation";

  static final GgufNames NAMES = names();

  private static final String ARCHITECTURE = "gptj";

  private GptJGguf() {}

  private static GgufNames names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("transformer.wte", "token_embd");
    names.put("transformer.h.%d.ln_1", "blk.%d.attn_norm");
    names.put("transformer.h.%d.attn.q_proj", "blk.%d.attn_q");
    names.put("transformer.h.%d.attn.k_proj", "blk.%d.attn_k");
    names.put("transformer.h.%d.attn.v_proj", "blk.%d.attn_v");
    names.put("transformer.h.%d.attn.out_proj", "blk.%d.attn_output");
    names.put("transformer.h.%d.mlp.fc_in", "blk.%d.ffn_up");
    names.put("transformer.h.%d.mlp.fc_out", "blk.%d.ffn_down");
    names.put("transformer.ln_f", "output_norm");
    names.put("lm_head", "output");
    return new GgufNames(names);
  }

  static ModelConfig read(GgufHyperparameters found) throws ModelFormatException {
    int hidden = found.requirePositive("embedding_length");
    int heads = found.requirePositive("attention.head_count");
    int headDim = found.headDim(hidden, heads);
    try {
      return new ModelConfig(
          ARCHITECTURE,
          found.vocabularySize(),
          hidden,
          found.require("feed_forward_length"),
          found.require("block_count"),
          heads,
          heads,
          headDim,
          Normalisation.layer(found.requireReal("attention.layer_norm_epsilon")),
          found.rope(headDim, RopeLayout.INTERLEAVED),
          found.require("context_length"),
          Edge.UNBOUNDED,
          found.tied(),
          found.bosId(),
          found.eosIds());
    } catch (IllegalArgumentException e) {
      throw found.fault(e);
    }
  }

  static GgufModel write(ModelConfig config, Activation activation, WeightSource weights)
      throws ModelFormatException {
    return new GgufModel(ARCHITECTURE, config)
        .text(ACTIVATION, activation.title())
        .rope((Rope) config.positions(), weights.location())
        .tensors(
            weights,
            NAMES,
            config.layers(),
            config.tiedEmbeddings() ? Set.of("lm_head.weight") : Set.of(),
            name -> IntUnaryOperator.identity());
  }
}
