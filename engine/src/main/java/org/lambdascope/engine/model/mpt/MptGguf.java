package org.lambdascope.engine.model.mpt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.model.GgufHyperparameters;
import org.lambdascope.engine.model.GgufModel;
import org.lambdascope.engine.model.GgufNames;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Normalisation;
import org.lambdascope.engine.position.Alibi;

/** The family in GGUF files, as llama.cpp has it. */
final class MptGguf {

  static final GgufNames NAMES = names();

  private static final String ARCHITECTURE = "mpt";
  private static final String SCALE = "attention.scale";
  private static final String CLIP = "attention.clamp_kqv";
  private static final String MAX_BIAS = "attention.max_alibi_bias";

  private MptGguf() {}

  private static GgufNames names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("transformer.wte", "token_embd");
    names.put("transformer.blocks.%d.norm_1", "blk.%d.attn_norm");
    names.put("transformer.blocks.%d.attn.Wqkv", "blk.%d.attn_qkv");
    names.put("transformer.blocks.%d.attn.out_proj", "blk.%d.attn_output");
    names.put("transformer.blocks.%d.norm_2", "blk.%d.ffn_norm");
    names.put("transformer.blocks.%d.ffn.up_proj", "blk.%d.ffn_up");
    names.put("transformer.blocks.%d.ffn.down_proj", "blk.%d.ffn_down");
    names.put("transformer.norm_f", "output_norm");
    names.put("lm_head", "output");
    return new GgufNames(names);
  }

  static MptShape read(GgufHyperparameters found) throws ModelFormatException {
    int hidden = found.requirePositive("embedding_length");
    int heads = found.requirePositive("attention.head_count");
    int headDim = found.headDim(hidden, heads);
    try {
      ModelConfig config =
          new ModelConfig(
              ARCHITECTURE,
              found.vocabularySize(),
              hidden,
              found.require("feed_forward_length"),
              found.require("block_count"),
              heads,
              heads,
              headDim,
              Normalisation.layer(found.requireReal("attention.layer_norm_epsilon")),
              new Alibi(heads, found.requireReal(MAX_BIAS)),
              found.require("context_length"),
              Edge.UNBOUNDED,
              found.tied(),
              found.bosId(),
              found.eosIds());
      return new MptShape(
          config,
          found.optionalReal(SCALE, (float) (1 / Math.sqrt(headDim))),
          found.optionalReal(CLIP, 0));
    } catch (IllegalArgumentException e) {
      throw found.fault(e);
    }
  }

  static GgufModel write(MptShape shape, WeightSource weights) throws ModelFormatException {
    ModelConfig config = shape.config();
    GgufModel model =
        new GgufModel(ARCHITECTURE, config).real(MAX_BIAS, ((Alibi) config.positions()).maxBias());
    if (shape.clip() > 0) {
      model.real(CLIP, shape.clip());
    }
    if (shape.scale() != config.attention().scale()) {
      model.real(SCALE, shape.scale());
    }
    return model.tensors(
        weights,
        NAMES,
        config.layers(),
        config.tiedEmbeddings() ? Set.of("lm_head.weight") : Set.of(),
        name -> IntUnaryOperator.identity());
  }
}
