package org.lambdascope.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HfConfigTest {

  @TempDir Path folder;

  private HfConfig config(String json) throws Exception {
    Files.writeString(folder.resolve("config.json"), json);
    return HfConfig.read(folder);
  }

  private void assertFails(String message) {
    assertThatThrownBy(() -> HfConfig.read(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(folder + message);
  }

  @Test
  void valuesAreTyped() throws Exception {
    HfConfig config =
        config(
            """
            {"hidden_size": 64, "rope_theta": 10000, "eps": 1e-5, "act": "silu", "tie": true,
             "architectures": ["A", "B"], "model_type": "llama", "none": null,
             "rope_scaling": {"factor": 2.0, "short_factor": [1, 1.5]}}
            """);
    assertThat(config.requireInt("hidden_size")).isEqualTo(64);
    assertThat(config.optionalInt("hidden_size")).hasValue(64);
    assertThat(config.requireDouble("rope_theta")).isEqualTo(10000);
    assertThat(config.optionalDouble("eps")).hasValue(1e-5);
    assertThat(config.requireString("act")).isEqualTo("silu");
    assertThat(config.optionalString("act")).contains("silu");
    assertThat(config.requireBool("tie")).isTrue();
    assertThat(config.optionalBool("tie")).contains(true);
    assertThat(config.architectures()).containsExactly("A", "B");
    assertThat(config.modelType()).isEqualTo("llama");
    assertThat(config.has("none")).isFalse();
    assertThat(config.keys()).startsWith("hidden_size", "rope_theta").contains("none");
    assertThat(config.optionalInt("none")).isEmpty();
    assertThat(config.optionalDouble("absent")).isEmpty();
    assertThat(config.optionalString("absent")).isEmpty();
    assertThat(config.optionalBool("absent")).isEmpty();
    assertThat(config.stringList("absent")).isEmpty();
    assertThat(config.optionalDoubleList("absent")).isEmpty();
    HfConfig scaling = config.optionalObject("rope_scaling").orElseThrow();
    assertThat(scaling.optionalDoubleList("short_factor").orElseThrow()).containsExactly(1.0, 1.5);
    assertThatThrownBy(() -> scaling.requireString("type"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            folder.resolve("config.json")
                + ": rope_scaling: expected key \"type\" (a text), found nothing");
  }

  @Test
  void wrongValuesAreNamed() throws Exception {
    HfConfig config =
        config(
            """
            {"text": "64", "real": 64.0, "huge": 3000000000, "null": null, "inf": Infinity,
             "list": ["a", 1], "object": {}, "beyond": 1e999}
            """);
    String at = folder.resolve("config.json") + ": ";
    assertThatThrownBy(() -> config.requireInt("hidden_size"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(at + "expected key \"hidden_size\" (a whole number), found nothing");
    assertThatThrownBy(() -> config.requireInt("null"))
        .hasMessage(at + "expected key \"null\" (a whole number), found null");
    assertThatThrownBy(() -> config.requireInt("text"))
        .hasMessage(at + "expected key \"text\" to be a whole number, found the text \"64\"");
    assertThatThrownBy(() -> config.optionalInt("real"))
        .hasMessage(at + "expected key \"real\" to be a whole number, found 64.0");
    assertThatThrownBy(() -> config.requireInt("huge"))
        .hasMessage(at + "expected key \"huge\" to be a whole number, found 3000000000");
    assertThatThrownBy(() -> config.requireDouble("inf"))
        .hasMessageContaining("expected key \"inf\" to be a number, found");
    assertThatThrownBy(() -> config.requireDouble("beyond"))
        .hasMessageContaining("expected key \"beyond\" to be a number, found");
    assertThatThrownBy(() -> config.requireDouble("list"))
        .hasMessage(at + "expected key \"list\" to be a number, found a list of 2");
    assertThatThrownBy(() -> config.stringList("list"))
        .hasMessage(at + "expected key \"list\" to be a list of texts, found a list of 2");
    assertThatThrownBy(() -> config.requireString("object"))
        .hasMessage(at + "expected key \"object\" to be a text, found an object");
    assertThatThrownBy(() -> config.requireBool("text"))
        .hasMessage(at + "expected key \"text\" to be true or false, found the text \"64\"");
    assertThatThrownBy(() -> config.optionalObject("text"))
        .hasMessage(at + "expected key \"text\" to be an object, found the text \"64\"");
    assertThatThrownBy(config::modelType)
        .hasMessage(at + "expected key \"model_type\" (a text), found nothing");
  }

  @Test
  void endOfTextIsOneOrMany() throws Exception {
    assertThat(config("{}").eosTokenIds()).isEmpty();
    assertThat(config("{\"eos_token_id\": 2}").eosTokenIds()).containsExactly(2);
    assertThat(config("{\"eos_token_id\": [2, 5]}").eosTokenIds()).containsExactly(2, 5);
    HfConfig wrong = config("{\"eos_token_id\": \"</s>\"}");
    assertThatThrownBy(wrong::eosTokenIds)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(
            "expected key \"eos_token_id\" to be a token id or a list of token ids, found the text"
                + " \"</s>\"");

    Path generation = folder.resolve("generation_config.json");
    Files.writeString(generation, "{\"eos_token_id\": [7, 8]}");
    assertThat(config("{\"eos_token_id\": 2}").eosTokenIds()).containsExactly(7, 8);
    Files.writeString(generation, "{}");
    assertThat(config("{\"eos_token_id\": 2}").eosTokenIds()).containsExactly(2);
    Files.writeString(generation, "{");
    assertFails("/generation_config.json: expected JSON, found a fault at line 1");
  }

  @Test
  void filesThatAreNone() throws Exception {
    assertThatThrownBy(() -> HfConfig.read(folder.resolve("absent")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(folder.resolve("absent") + ": expected a folder, found nothing there");
    assertFails("/config.json: expected a file, found nothing there");

    Path config = folder.resolve("config.json");
    Files.writeString(config, "");
    assertFails("/config.json: expected a JSON object, found an empty file");
    assertThatThrownBy(() -> HfConfig.read(config))
        .hasMessage(config + ": expected a folder, found a file");
    Files.writeString(config, "[1]");
    assertFails("/config.json: expected a JSON object, found a list of 1");
    Files.writeString(config, "  ");
    assertFails("/config.json: expected a JSON object, found nothing");
    Files.writeString(config, "{\"a\": 1, \"a\": 2}");
    assertFails("/config.json: expected JSON, found a fault at line 1, column");
    Files.write(config, "{\"a\": \"ü\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertFails("/config.json: expected JSON in UTF-8, found other bytes");
    Files.write(config, new byte[(1 << 24) + 1]);
    assertFails("/config.json: expected at most 16777216 bytes of JSON, found more");

    Files.delete(config);
    Files.createDirectory(config);
    assertFails("/config.json: expected a file, found a folder");
  }

  @Test
  void aFileWithoutTheRightToReadIt() throws Exception {
    Path config = Files.writeString(folder.resolve("config.json"), "{}");
    assumeThat(config.toFile().setReadable(false)).isTrue();
    // The superuser may read everything.
    assumeThat(Files.isReadable(config)).isFalse();
    assertFails("/config.json: expected a readable file, found no right to read it");
  }
}
