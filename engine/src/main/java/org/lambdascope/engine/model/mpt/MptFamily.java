package org.lambdascope.engine.model.mpt;

import java.util.Optional;
import java.util.OptionalDouble;
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
import org.lambdascope.engine.model.GgufHyperparameters;
import org.lambdascope.engine.model.GgufModel;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Normalisation;
import org.lambdascope.engine.position.Alibi;

/**
 * MPT: MPT-7B, MPT-7B-Storywriter and models of their shape, which have ALiBi, multi-head attention
 * and LayerNorm. What MPT's own code can do besides is refused rather than run wrongly.
 */
public final class MptFamily implements Family {

  private static final String NAME = "mpt";

  @Override
  public Set<String> architectures() {
    return Set.of(NAME);
  }

  @Override
  public Decoder open(HfConfig config, WeightSource weights, Kernels kernels, ThreadTeam team)
      throws ModelFormatException {
    return new MptDecoder(read(config), weights, kernels, team);
  }

  @Override
  public Decoder open(GgufFile file, Kernels kernels, ThreadTeam team) throws ModelFormatException {
    return new MptDecoder(
        MptGguf.read(new GgufHyperparameters(file)),
        MptGguf.NAMES.underHuggingFaceNames(file),
        kernels,
        team);
  }

  @Override
  public GgufModel toGguf(HfConfig config, WeightSource weights) throws ModelFormatException {
    return MptGguf.write(read(config), weights);
  }

  private static MptShape read(HfConfig config) throws ModelFormatException {
    refuseVariants(config);
    Optional<HfConfig> attention = config.optionalObject("attn_config");
    try {
      ModelConfig shape = read(config, attention);
      return new MptShape(
          shape,
          (float) number(attention, "softmax_scale").orElse(1 / Math.sqrt(shape.headDim())),
          (float) number(attention, "clip_qkv").orElse(0));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(config.location(), String.valueOf(e.getMessage()), e);
    }
  }

  private static ModelConfig read(HfConfig config, Optional<HfConfig> attention)
      throws ModelFormatException {
    int hidden = config.requirePositive("d_model");
    int heads = config.requirePositive("n_heads");
    if (hidden % heads != 0) {
      throw new ModelFormatException(
          config.location(),
          "d_model: expected a multiple of n_heads = %d, found %d".formatted(heads, hidden));
    }
    double expansion = config.optionalDouble("expansion_ratio").orElse(4);
    return new ModelConfig(
        NAME,
        config.requireInt("vocab_size"),
        hidden,
        (int) (expansion * hidden),
        config.requireInt("n_layers"),
        heads,
        heads,
        hidden / heads,
        Normalisation.layer(config.optionalDouble("layer_norm_epsilon").orElse(1e-5)),
        new Alibi(heads, number(attention, "alibi_bias_max").orElse(8)),
        config.requireInt("max_seq_len"),
        Edge.UNBOUNDED,
        config.optionalBool("tie_word_embeddings").orElse(true),
        config.optionalInt("bos_token_id").orElse(-1),
        Set.copyOf(config.eosTokenIds()));
  }

  private static OptionalDouble number(Optional<HfConfig> object, String key)
      throws ModelFormatException {
    return object.isPresent() ? object.get().optionalDouble(key) : OptionalDouble.empty();
  }

  private static void refuseVariants(HfConfig config) throws ModelFormatException {
    String norm = config.optionalString("norm_type").orElse("low_precision_layernorm");
    if (!norm.endsWith("layernorm")) {
      throw refused(config, "norm_type", "a LayerNorm", norm);
    }
    if (config.has("logit_scale")) {
      throw refused(config, "logit_scale", "none", "one");
    }
    Optional<HfConfig> found = config.optionalObject("attn_config");
    if (found.isEmpty()) {
      return; // all defaults, which are those of MPT-7B
    }
    HfConfig attention = found.get();
    if (!attention.optionalBool("alibi").orElse(true)) {
      throw refused(attention, "alibi", "true", "false");
    }
    for (String key : new String[] {"prefix_lm", "qk_ln", "rope"}) {
      if (attention.optionalBool(key).orElse(false)) {
        throw refused(attention, key, "false", "true");
      }
    }
    String type = attention.optionalString("attn_type").orElse("multihead_attention");
    if (!type.equals("multihead_attention")) {
      throw refused(attention, "attn_type", "multihead_attention", type);
    }
  }

  private static ModelFormatException refused(
      HfConfig config, String key, String expected, String found) {
    return new ModelFormatException(
        config.location(),
        "%s: expected %s, found %s, which is not supported".formatted(key, expected, found));
  }
}
