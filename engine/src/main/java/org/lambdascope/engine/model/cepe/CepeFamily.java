package org.lambdascope.engine.model.cepe;

import java.util.Optional;
import java.util.Set;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.Family;
import org.lambdascope.engine.model.llama.LlamaDecoder;
import org.lambdascope.engine.model.llama.LlamaFamily;
import org.lambdascope.engine.model.llama.LlamaStack;
import org.lambdascope.engine.position.Rope;

/**
 * CEPE and CEPE-Distilled checkpoints: a LLaMA folder with {@code encoder_config} in its {@code
 * config.json}, and {@code encoder.…} and {@code model.layers.N.cross_attn.…} among its weights.
 */
public final class CepeFamily implements Family {

  private static final String CLASS = "LlamaForCausalContextLM";

  @Override
  public Set<String> architectures() {
    return Set.of(CLASS);
  }

  @Override
  public Decoder open(HfConfig config, WeightSource weights, Kernels kernels, ThreadTeam team)
      throws ModelFormatException {
    refuseVariants(config);
    LlamaDecoder base = new LlamaFamily().open(config, weights, kernels, team);
    Optional<HfConfig> encoderConfig = config.optionalObject("encoder_config");
    if (encoderConfig.isEmpty()) {
      throw new ModelFormatException(
          config.location(),
          "expected key \"encoder_config\" (the configuration of a LLaMA), found nothing");
    }
    CepeEncoder encoder =
        new CepeEncoder(
            LlamaStack.withoutHead(
                encoderConfig.get(), new RenamedWeights(weights, "encoder.", "model."), kernels),
            team);
    if (encoder.config().positions() instanceof Rope rope && rope.scaling().staged()) {
      throw new ModelFormatException(
          config.location(),
          "encoder_config: expected frequencies that do not depend on the length, found "
              + rope.description()); // its queries see what follows them
    }
    int width = encoder.config().hiddenSize();
    int stated = config.optionalInt("encoder_hidden_size").orElse(width);
    if (stated != width) {
      throw new ModelFormatException(
          config.location(),
          "encoder_hidden_size: expected hidden_size of encoder_config = %d, found %d"
              .formatted(width, stated));
    }
    int layers = base.config().layers();
    int crossed = config.requireInt("num_cross_attn_layers");
    if (crossed < 1 || crossed > layers) {
      throw new ModelFormatException(
          config.location(),
          "num_cross_attn_layers: expected 1 to num_hidden_layers = %d, found %d"
              .formatted(layers, crossed));
    }
    return new CepeDecoder(
        base, encoder, new CrossWeights(base.config(), width, crossed, weights, kernels), team);
  }

  /** The published code has more ways to encode, which no published checkpoint uses. */
  private static void refuseVariants(HfConfig config) throws ModelFormatException {
    String mode = config.optionalString("encode_mode").orElse("context_only");
    if (!mode.equals("context_only")) {
      throw new ModelFormatException(
          config.location(),
          "encode_mode: expected \"context_only\", found \"%s\"".formatted(mode));
    }
    int states = config.optionalInt("num_cross_attn_hidden_states").orElse(1);
    if (states != 1) {
      throw new ModelFormatException(
          config.location(), "num_cross_attn_hidden_states: expected 1, found " + states);
    }
    if (config.optionalBool("encoder_is_model").orElse(false)) {
      throw new ModelFormatException(
          config.location(), "encoder_is_model: expected false, found true");
    }
    if (!config.optionalBool("do_cross_attention").orElse(true)) {
      throw new ModelFormatException(
          config.location(), "do_cross_attention: expected true, found false");
    }
  }

  @Override
  public Decoder open(GgufFile file, Kernels kernels, ThreadTeam team) throws ModelFormatException {
    throw new ModelFormatException(
        file.location(), "expected a Hugging Face folder for CEPE, found a GGUF file");
  }
}
