package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a folder that cannot be run says about itself. */
final class ModelLoaderTest {

  @TempDir Path folder;

  private void copyWith(String from, String to) throws IOException, URISyntaxException {
    Path fixture =
        Path.of(Objects.requireNonNull(getClass().getResource("/reference/gqa")).toURI());
    Files.copy(fixture.resolve("model.safetensors"), folder.resolve("model.safetensors"));
    String config = Files.readString(fixture.resolve("config.json"));
    if (!config.contains(from)) {
      throw new AssertionError("the fixture's config.json no longer has " + from);
    }
    Files.writeString(folder.resolve("config.json"), config.replace(from, to));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"model_type\": \"llama\" | \"model_type\": \"mamba\" | architecture: expected one of"
            + " [LlamaForCausalContextLM, gpt_neox, gptj, gptneox, llama, mistral, mpt, phi3, qwen2, qwen3],"
            + " found \"mamba\"",
        "\"hidden_size\": 36, | | hidden_size",
        "\"hidden_size\": 36 | \"hidden_size\": \"36\" | hidden_size",
        "\"hidden_size\": 36 | \"hidden_size\": 40 | expected shape [19, 40]",
        "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 3 | model.layers.2",
        "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 0"
            + " | num_hidden_layers: expected a positive number, found 0",
        "\"num_key_value_heads\": 2 | \"num_key_value_heads\": 4"
            + " | num_key_value_heads: expected a divisor of num_attention_heads = 6, found 4",
        "\"head_dim\": 10 | \"head_dim\": 9 | rotary dimensions: expected a positive even number,"
            + " found 9",
        "\"rms_norm_eps\": 1e-05 | \"rms_norm_eps\": 0 | rms_norm_eps: expected a number between",
        "\"rope_theta\": 10000.0 | \"rope_theta\": -1 | rope_theta: expected a finite number above"
            + " 1",
        "\"hidden_act\": \"silu\" | \"hidden_act\": \"gelu\""
            + " | hidden_act: expected \"silu\", found \"gelu\"",
        "\"rope_scaling\": null | \"rope_scaling\": {\"type\": \"long\", \"factor\": 2}"
            + " | rope_type: expected one of default, linear, dynamic, llama3, longrope, yarn, found \"long\"",
        "\"rope_scaling\": null | \"rope_parameters\": {\"rope_type\": \"yarn\"}"
            + " | rope_parameters: expected key \"factor\"",
        "\"tie_word_embeddings\": true | \"tie_word_embeddings\": false | lm_head.weight",
      })
  void saysWhatItExpectedAndWhatItFound(String from, String to, String message)
      throws IOException, URISyntaxException {
    copyWith(from, to == null ? "" : to);
    assertThatThrownBy(() -> ModelLoader.openDecoder(folder, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void namesAMissingFolder() {
    assertThatThrownBy(() -> ModelLoader.openDecoder(folder.resolve("none"), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a model folder or a GGUF file, found nothing");
  }

  @Test
  void namesTheTokenizerFilesThatItLookedFor() throws IOException, URISyntaxException {
    copyWith("\"hidden_size\": 36", "\"hidden_size\": 36");
    assertThatThrownBy(() -> ModelLoader.open(folder, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining("tokenizer.model");
  }
}
