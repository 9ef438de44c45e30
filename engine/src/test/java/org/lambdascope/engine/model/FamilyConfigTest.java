package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.attention.Edge;

/** What families read from their configurations, and what they refuse. */
final class FamilyConfigTest {

  @TempDir Path folder;

  private void copyWith(String fixture, String from, String to) throws IOException {
    Path model = ReferenceFixture.folder(fixture);
    Files.copy(model.resolve("model.safetensors"), folder.resolve("model.safetensors"));
    String config = Files.readString(model.resolve("config.json"));
    if (!config.contains(from)) {
      throw new AssertionError("the fixture's config.json no longer has " + from);
    }
    Files.writeString(folder.resolve("config.json"), config.replace(from, to));
  }

  private static ModelConfig config(Path model) throws IOException {
    try (LoadedDecoder opened = ModelLoader.openDecoder(model, 1)) {
      return opened.decoder().config();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mpt | \"alibi\": true | \"alibi\": false | alibi: expected true, found false",
        "mpt | \"qk_ln\": false | \"qk_ln\": true | qk_ln: expected false, found true",
        "mpt | \"attn_type\": \"multihead_attention\" | \"attn_type\": \"multiquery_attention\""
            + " | attn_type: expected multihead_attention, found multiquery_attention",
        "mpt | low_precision_layernorm | rmsnorm | norm_type: expected a LayerNorm, found rmsnorm",
        "mpt | \"n_heads\": 4 | \"n_heads\": 5 | d_model: expected a multiple of n_heads = 5, found 32",
        "mpt | \"expansion_ratio\": 4 | \"expansion_ratio\": 3 | expected shape [96, 32]",
        "gptj | \"rotary_dim\": 4 | \"rotary_dim\": 3 | rotary dimensions: expected a positive even",
        "gptj | \"rotary_dim\": 4 | \"rotary_dim\": 16 | rotary_dim: expected at most the head size 8",
        "gptj | \"gelu_new\" | \"relu\" | activation_function: expected one of gelu, gelu_new,",
        "neox-parallel | \"hidden_act\": \"gelu\" | \"hidden_act\": \"silu\" | hidden_act: expected",
        "neox-parallel | \"num_attention_heads\": 2 | \"num_attention_heads\": 0"
            + " | num_attention_heads: expected a positive number, found 0",
        "qwen3 | \"head_dim\": 12 | \"head_dim\": 6 | expected shape [24, 32]",
        "llama3 | \"low_freq_factor\": 1.0 | \"low_freq_factor\": 5.0 | low_freq_factor < high",
        "yarn | \"factor\": 4.0 | \"factor\": 0.5 | yarn: factor: expected a finite number of at least 1",
        "dynamic | \"factor\": 2.0 | \"factor\": 0.5 | dynamic: factor: expected a finite number of at least 1",
        "dynamic | \"rope_type\": \"dynamic\" | \"rope_type\": \"magic\""
            + " | rope_type: expected one of default, linear, dynamic, llama3, longrope, yarn, found \"magic\"",
        "longrope | \"long_factor\" | \"far_factor\" | long_factor: expected a list of numbers, found none",
        "longrope | \"short_factor\": [ | \"short_factor\": [ 1.0, | expected as many long_factor as",
        "mistral | \"model_type\": \"mistral\" | \"model_type\": \"qwen2\","
            + " \"use_sliding_window\": true, \"max_window_layers\": 1"
            + " | max_window_layers: expected a sliding window in all layers or none",
      })
  void whatIsNotSupportedIsNamed(String fixture, String from, String to, String message)
      throws IOException {
    copyWith(fixture, from, to);
    assertThatThrownBy(() -> ModelLoader.openDecoder(folder, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void lengthsAndPositionsAreReadFromWhereAFamilyHasThem() throws IOException {
    ModelConfig mpt = config(ReferenceFixture.folder("mpt-odd"));
    assertThat(mpt.pretrainLength()).isEqualTo(64); // max_seq_len
    assertThat(mpt.intermediateSize()).isEqualTo(60); // expansion_ratio 2
    assertThat(mpt.tiedEmbeddings()).isTrue();
    assertThat(mpt.positions().description()).startsWith("ALiBi").endsWith("(largest bias 6)");
    assertThat(mpt.norm().kind()).isEqualTo(Normalisation.Kind.LAYER);

    ModelConfig gptj = config(ReferenceFixture.folder("gptj"));
    assertThat(gptj.pretrainLength()).isEqualTo(64); // n_positions
    assertThat(gptj.intermediateSize()).isEqualTo(4 * gptj.hiddenSize()); // n_inner null
    assertThat(gptj.positions().description())
        .isEqualTo("RoPE, theta 10000, 4 features, pairs interleaved");

    ModelConfig neox = config(ReferenceFixture.folder("neox-sequential"));
    assertThat(neox.positions().description())
        .isEqualTo("RoPE, theta 10000, 12 features, pairs half-split");

    ModelConfig mistral = config(ReferenceFixture.folder("mistral"));
    assertThat(mistral.family()).isEqualTo("mistral");
    assertThat(mistral.slidingWindow()).isEqualTo(20);
    assertThat(config(ReferenceFixture.folder("qwen2")).slidingWindow()).isEqualTo(Edge.UNBOUNDED);
    assertThat(config(ReferenceFixture.folder("yarn")).positions().description())
        .contains("yarn scaling, factor 4, trained on 32 before");
    assertThat(config(ReferenceFixture.folder("dynamic")).positions().description())
        .contains("dynamic ntk scaling, factor 2 past 64 tokens, in steps of 64");
    assertThat(config(ReferenceFixture.folder("longrope")).positions().description())
        .contains("longrope scaling, other factors past 32 tokens, logits times 1.2000");
  }

  /** Phi-3's files have the original length beside the scaling, which was called "su" at first. */
  @Test
  void longRopeOfPublishedFilesIsRead() throws IOException {
    copyWith("longrope", "\"rope_type\": \"longrope\"", "\"type\": \"su\"");
    Path file = folder.resolve("config.json");
    String config = Files.readString(file);
    String inside = "\"original_max_position_embeddings\": 32,";
    int last = config.lastIndexOf(inside);
    assertThat(config.indexOf(inside)).isNotEqualTo(last); // one beside, one in rope_parameters
    Files.writeString(file, config.substring(0, last) + config.substring(last + inside.length()));
    assertThat(config(folder).positions().description())
        .contains("longrope scaling, other factors past 32 tokens, logits times 1.2000");
  }

  /** Before transformers 5, NeoX said rotary_pct and rotary_emb_base. */
  @Test
  void olderNamesOfTheRotaryParametersAreRead() throws IOException {
    copyWith(
        "neox-parallel",
        "\"rope_parameters\"",
        "\"rotary_pct\": 0.5, \"rotary_emb_base\": 500, \"ignored\"");
    assertThat(config(folder).positions().description())
        .isEqualTo("RoPE, theta 500, 8 features, pairs half-split");
  }
}
