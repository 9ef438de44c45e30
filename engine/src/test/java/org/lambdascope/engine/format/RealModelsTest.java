package org.lambdascope.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.SharedData;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.format.safetensors.SafetensorsSource;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/** Files as other programs wrote them. */
class RealModelsTest {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final Map<String, String> LAYER_NAMES =
      Map.of(
          "attn_q", "self_attn.q_proj",
          "attn_k", "self_attn.k_proj",
          "attn_v", "self_attn.v_proj",
          "attn_output", "self_attn.o_proj",
          "attn_norm", "input_layernorm",
          "ffn_norm", "post_attention_layernorm",
          "ffn_gate", "mlp.gate_proj",
          "ffn_up", "mlp.up_proj",
          "ffn_down", "mlp.down_proj");

  @Test
  void foldersConfigurationIsRead() throws Exception {
    HfConfig config = HfConfig.read(SharedData.require("models/stories260K"));
    assertThat(config.architectures()).containsExactly("LlamaForCausalLM");
    assertThat(config.modelType()).isEqualTo("llama");
    assertThat(config.requireInt("hidden_size")).isEqualTo(64);
    assertThat(config.requireDouble("rms_norm_eps")).isEqualTo(1e-5);
    assertThat(config.requireBool("tie_word_embeddings")).isTrue();
    assertThat(config.optionalObject("rope_scaling")).isEmpty();
    assertThat(config.eosTokenIds()).containsExactly(2);
  }

  /**
   * The same weights twice, bit by bit. llama.cpp rotates neighbouring pairs, HF's LLaMA pairs a
   * head's halves, so the GGUF's rows of q and k are permuted within each head.
   */
  @Test
  void folderAndGgufHoldTheSameTensors() throws Exception {
    try (SafetensorsSource hf = SafetensorsSource.open(SharedData.require("models/stories260K"));
        GgufFile gguf = GgufFile.open(SharedData.require("models/stories260K/stories260K.gguf"))) {
      Map<String, String> differing = new TreeMap<>();
      int compared = 0;
      for (String name : gguf.names()) {
        float[] theirs = floats(gguf.get(name));
        String hfName = hfName(name);
        if (name.equals("output.weight") && hf.find(hfName).isEmpty()) {
          hfName = "model.embed_tokens.weight";
        }
        Tensor tensor = hf.get(hfName);
        float[] ours = floats(tensor);
        assertThat(gguf.get(name).shape()).as(name).isEqualTo(tensor.shape());
        if (name.contains("attn_q.") || name.contains("attn_k.")) {
          assertThat(theirs).as("%s unpermuted", name).isNotEqualTo(ours);
          ours = interleaved(ours, tensor, name.contains("attn_q.") ? 8 : 4);
        }
        if (!java.util.Arrays.equals(ours, theirs)) {
          differing.put(name, hfName);
        }
        compared++;
      }
      assertThat(differing).isEmpty();
      assertThat(compared).isEqualTo(48);
      assertThat(hf.names()).hasSize(47);
      assertThat(hf.metadata()).containsEntry("format", "pt");
      assertThat(gguf.metadata().getString("general.architecture")).isEqualTo("llama");
      assertThat(gguf.metadata().getInt("llama.context_length")).isEqualTo(2048);
      assertThat(gguf.metadata().getStringList("tokenizer.ggml.tokens"))
          .hasSize(512)
          .startsWith("<unk>");
    }
  }

  @ParameterizedTest
  @CsvSource({"gpt-2, gpt2", "llama-spm, llama", "mpt, gpt2", "phi-3, llama"})
  void vocabularyFilesOpen(String file, String tokenizer) throws Exception {
    try (GgufFile gguf =
        GgufFile.open(SharedData.require("tokenizers/vectors/ggml-vocab-" + file + ".gguf"))) {
      assertThat(gguf.names()).isEmpty();
      assertThat(gguf.bytes()).isZero();
      assertThat(gguf.metadata().getString("tokenizer.ggml.model")).isEqualTo(tokenizer);
      int tokens = gguf.metadata().getStringList("tokenizer.ggml.tokens").size();
      assertThat(tokens).isGreaterThan(30_000);
      assertThat(gguf.metadata().getIntList("tokenizer.ggml.token_type")).hasSize(tokens);
    }
  }

  private static String hfName(String gguf) {
    if (gguf.startsWith("blk.")) {
      String[] parts = gguf.split("\\.", -1);
      return "model.layers.%s.%s.weight".formatted(parts[1], LAYER_NAMES.get(parts[2]));
    }
    return switch (gguf) {
      case "token_embd.weight" -> "model.embed_tokens.weight";
      case "output_norm.weight" -> "model.norm.weight";
      case "output.weight" -> "lm_head.weight";
      default -> gguf;
    };
  }

  /** Row {@code 2 i + h} of a head takes row {@code h d / 2 + i}. */
  private static float[] interleaved(float[] values, Tensor tensor, int heads) {
    int rows = tensor.dim(0);
    int columns = tensor.dim(1);
    int headDim = rows / heads;
    float[] permuted = new float[values.length];
    for (int head = 0; head < heads; head++) {
      for (int i = 0; i < headDim / 2; i++) {
        for (int half = 0; half < 2; half++) {
          int from = head * headDim + half * headDim / 2 + i;
          int to = head * headDim + 2 * i + half;
          System.arraycopy(values, from * columns, permuted, to * columns, columns);
        }
      }
    }
    return permuted;
  }

  private static float[] floats(Tensor tensor) {
    assertThat(tensor.dtype()).isEqualTo(DType.F32);
    return tensor.data().toArray(FLOAT);
  }
}
