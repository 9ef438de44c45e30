package org.lambdascope.engine.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.format.gguf.GgufEntries;
import org.lambdascope.engine.position.FrequencyFactors;
import org.lambdascope.engine.position.LinearScaling;
import org.lambdascope.engine.position.Llama3Scaling;
import org.lambdascope.engine.position.LongRopeScaling;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeScaling;
import org.lambdascope.engine.position.YarnScaling;
import org.lambdascope.engine.tensor.Tensor;

/**
 * A model as a GGUF file says it, without its tokenizer: hyperparameters under the keys that
 * llama.cpp's converter writes, and tensors under its names in its order of rows.
 */
public final class GgufModel {

  /** What old checkpoints store besides weights: masks and tables that the code builds itself. */
  private static final Pattern NOT_WEIGHTS =
      Pattern.compile(
          ".*\\.(rotary_emb\\.inv_freq|attn\\.bias|(attn|attention)\\.masked_bias"
              + "|attention\\.bias)");

  private final String architecture;
  private final int vocabularySize;
  private final GgufEntries entries = new GgufEntries();
  private final List<GgufTensor> tensors = new ArrayList<>();

  /**
   * Begins with what all architectures have in common.
   *
   * @param architecture {@code general.architecture}
   */
  public GgufModel(String architecture, ModelConfig config) {
    this.architecture = architecture;
    this.vocabularySize = config.vocabularySize();
    entries.text("general.architecture", architecture);
    count("vocab_size", config.vocabularySize());
    count("context_length", config.pretrainLength());
    count("embedding_length", config.hiddenSize());
    count("block_count", config.layers());
    count("feed_forward_length", config.intermediateSize());
    count("attention.head_count", config.heads());
    count("attention.head_count_kv", config.keyValueHeads());
    real(
        config.norm().kind() == Normalisation.Kind.RMS
            ? "attention.layer_norm_rms_epsilon"
            : "attention.layer_norm_epsilon",
        config.norm().eps());
  }

  /** Rows of the embedding. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /** The metadata so far; what is put in here is written. */
  public GgufEntries entries() {
    return entries;
  }

  /** The tensors so far, in the order of the file. */
  public List<GgufTensor> tensors() {
    return List.copyOf(tensors);
  }

  /** {@code ARCHITECTURE.key}, a whole number. */
  public GgufModel count(String key, int value) {
    entries.count(architecture + "." + key, value);
    return this;
  }

  /** {@code ARCHITECTURE.key}, a number. */
  public GgufModel real(String key, double value) {
    entries.real(architecture + "." + key, value);
    return this;
  }

  /** {@code ARCHITECTURE.key}, a truth value. */
  public GgufModel flag(String key, boolean value) {
    entries.flag(architecture + "." + key, value);
    return this;
  }

  /** {@code ARCHITECTURE.key}, a text. */
  public GgufModel text(String key, String value) {
    entries.text(architecture + "." + key, value);
    return this;
  }

  /**
   * RoPE: the keys of its base and scaling, and {@code rope_freqs.weight} where no key says the
   * scaling.
   *
   * @throws ModelFormatException if GGUF cannot say the scaling
   */
  public GgufModel rope(Rope rope, String location) throws ModelFormatException {
    count("rope.dimension_count", rope.rotaryDim());
    real("rope.freq_base", rope.theta());
    switch (rope.scaling()) {
      case LinearScaling linear ->
          text("rope.scaling.type", "linear").real("rope.scaling.factor", linear.factor());
      case Llama3Scaling llama3 -> {
        float[] factors = FrequencyFactors.of(llama3, rope.rotaryDim(), rope.theta());
        tensors.add(
            GgufTensor.inOrder(
                GgufHyperparameters.FREQUENCY_FACTORS,
                Tensor.ofFloats(GgufHyperparameters.FREQUENCY_FACTORS, factors, factors.length)));
      }
      case YarnScaling yarn -> yarn(yarn);
      case LongRopeScaling longRope -> {
        count("rope.scaling.original_context_length", longRope.originalLength());
        real("rope.scaling.attn_factor", longRope.attentionFactor());
        factors(GgufHyperparameters.LONG_FACTORS, longRope.longFactors());
        factors(GgufHyperparameters.SHORT_FACTORS, longRope.shortFactors());
      }
      default -> {
        if (rope.scaling() != RopeScaling.NONE) {
          throw new ModelFormatException(
              location,
              "rope_scaling: expected none, linear, llama3, longrope or yarn, found %s, which is not converted"
                  .formatted(rope.scaling().description()));
        }
      }
    }
    return this;
  }

  private void factors(String name, List<Double> factors) {
    float[] values = new float[factors.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = factors.get(i).floatValue();
    }
    tensors.add(GgufTensor.inOrder(name, Tensor.ofFloats(name, values, values.length)));
  }

  private void yarn(YarnScaling yarn) {
    text("rope.scaling.type", "yarn");
    real("rope.scaling.factor", yarn.factor());
    count("rope.scaling.original_context_length", yarn.originalLength());
    real("rope.scaling.yarn_beta_fast", yarn.betaFast());
    real("rope.scaling.yarn_beta_slow", yarn.betaSlow());
    // llama.cpp multiplies this with 0.1 ln(factor) + 1, which it works out itself.
    real(
        "rope.scaling.yarn_attn_factor",
        yarn.attentionFactor() / YarnScaling.attentionFactor(yarn.factor(), 0, 0));
  }

  /** Says which rows of a tensor go where. */
  @FunctionalInterface
  public interface RowOrders {
    /** Which row of the source a row of the file is. */
    IntUnaryOperator of(String huggingFaceName);
  }

  /**
   * Adds the tensors of a checkpoint.
   *
   * @param without names that are left out, such as a head that repeats the embedding
   * @throws ModelFormatException if the checkpoint holds one that has no name in GGUF
   */
  public GgufModel tensors(
      WeightSource weights, GgufNames names, int layers, Set<String> without, RowOrders orders)
      throws ModelFormatException {
    Set<String> stored = new HashSet<>(weights.names());
    for (String name : names.huggingFaceNames(layers)) {
      if (stored.remove(name) && !without.contains(name)) {
        tensors.add(
            new GgufTensor(names.toGguf(name).orElseThrow(), weights.get(name), orders.of(name)));
      }
    }
    for (String name : stored) {
      if (!NOT_WEIGHTS.matcher(name).matches()) {
        throw new ModelFormatException(
            weights.location(),
            "tensor %s: expected a tensor that has a name in GGUF files of architecture %s, found one that has none"
                .formatted(name, architecture));
      }
    }
    return this;
  }
}
