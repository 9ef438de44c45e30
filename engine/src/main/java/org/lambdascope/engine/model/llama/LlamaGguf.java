package org.lambdascope.engine.model.llama;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.model.GgufHyperparameters;
import org.lambdascope.engine.model.GgufModel;
import org.lambdascope.engine.model.GgufNames;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Normalisation;
import org.lambdascope.engine.model.llama.LlamaNames.Role;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;

/**
 * The family in GGUF files, as llama.cpp has it: Mistral is a {@code llama} there. Rows of query
 * and key are in another order under that name, with the two features of a rotary pair side by
 * side; under the names of the other architectures they are as in checkpoints.
 */
final class LlamaGguf {

  private static final String LLAMA = "llama";

  private LlamaGguf() {}

  static ModelConfig read(GgufFile file) throws ModelFormatException {
    GgufHyperparameters found = new GgufHyperparameters(file);
    int hidden = found.require("embedding_length");
    int heads = found.requirePositive("attention.head_count");
    int headDim = found.headDim(hidden, heads);
    boolean interleaved = found.architecture().equals(LLAMA);
    try {
      Rope rope = found.rope(headDim, interleaved ? RopeLayout.INTERLEAVED : RopeLayout.HALF_SPLIT);
      return new ModelConfig(
          found.architecture(),
          found.vocabularySize(),
          hidden,
          found.require("feed_forward_length"),
          found.require("block_count"),
          heads,
          found.optional("attention.head_count_kv", heads),
          headDim,
          Normalisation.rms(found.requireReal("attention.layer_norm_rms_epsilon")),
          rope,
          found.require("context_length"),
          slidingWindow(found),
          found.tied(),
          found.bosId(),
          found.eosIds());
    } catch (IllegalArgumentException e) {
      throw found.fault(e);
    }
  }

  private static int slidingWindow(GgufHyperparameters found) throws ModelFormatException {
    int window = found.optional("attention.sliding_window", Edge.UNBOUNDED);
    return window == 0 ? Edge.UNBOUNDED : window; // how Phi-3's files say that there is none
  }

  static GgufModel write(ModelConfig config, WeightSource weights) throws ModelFormatException {
    String architecture = config.family().equals("mistral") ? LLAMA : config.family();
    boolean interleaved = architecture.equals(LLAMA);
    GgufModel model =
        new GgufModel(architecture, config)
            .count("attention.key_length", config.headDim())
            .count("attention.value_length", config.headDim())
            .rope((Rope) config.positions(), weights.location());
    if (config.slidingWindow() != Edge.UNBOUNDED) {
      model.count("attention.sliding_window", config.slidingWindow());
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      names.put(LlamaNames.HUGGING_FACE.pattern(role), LlamaNames.GGUF.pattern(role));
    }
    return model.tensors(
        weights,
        new GgufNames(names),
        config.layers(),
        config.tiedEmbeddings()
            ? Set.of(LlamaNames.HUGGING_FACE.of(Role.HEAD, null) + ".weight")
            : Set.of(),
        name ->
            interleaved && (name.contains(".q_proj.") || name.contains(".k_proj."))
                ? pairsTogether(config.headDim())
                : IntUnaryOperator.identity());
  }

  /** Row {@code 2i + s} of a head is the checkpoint's row {@code s · headDim/2 + i}. */
  private static IntUnaryOperator pairsTogether(int headDim) {
    return row -> {
      int within = row % headDim;
      return row - within + within % 2 * (headDim / 2) + within / 2;
    };
  }
}
