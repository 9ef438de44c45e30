package org.lambdascope.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.SharedData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real tokenizers against ids from independent implementations. */
class TokenizerVectorsTest {

  @ParameterizedTest
  @ValueSource(strings = {"llama-spm", "phi-3", "gpt-2", "mpt"})
  void vocabulariesInGgufFilesAgreeWithLlamaCpp(String name) throws IOException {
    Path file = SharedData.require("tokenizers/vectors/ggml-vocab-" + name + ".gguf");
    assertAgree(Tokenizers.of(file), VocabularyVectors.ofGguf(file));
  }

  @ParameterizedTest
  @CsvSource({
    "llama2, llama-spm",
    "llama2, phi-3",
    "phi3, phi-3",
    "phi3, llama-spm",
    "gpt2, gpt-2",
    "gpt-neox, mpt"
  })
  void foldersAgreeWithLlamaCpp(String folder, String vectors) throws IOException {
    Path file = SharedData.require("tokenizers/vectors/ggml-vocab-" + vectors + ".gguf");
    Tokenizer tokenizer = Tokenizers.forFolder(SharedData.require("tokenizers/" + folder));
    assertAgree(tokenizer, VocabularyVectors.ofGguf(file));
  }

  @ParameterizedTest
  @CsvSource({"gpt2, gpt-2.txt", "gpt2, gpt-j.txt", "gpt-neox, gpt-neox.txt"})
  void byteLevelFoldersAgreeWithPublishedPairs(String folder, String vectors) throws IOException {
    Tokenizer tokenizer = Tokenizers.forFolder(SharedData.require("tokenizers/" + folder));
    assertAgree(tokenizer, VocabularyVectors.ofLines(vectors));
  }

  @Test
  void bothFormsOfARealModelDecodeTheReference() throws IOException {
    JsonNode reference =
        JsonMapper.shared().readTree(SharedData.require("models/stories260K/reference.json"));
    int[] ids = reference.path("greedy_ids").valueStream().mapToInt(JsonNode::intValue).toArray();
    String text = reference.path("greedy_text").stringValue();
    List<Tokenizer> forms =
        List.of(
            Tokenizers.of(SharedData.require("models/stories260K")),
            Tokenizers.of(SharedData.require("models/stories260K/stories260K.gguf")));
    for (Tokenizer tokenizer : forms) {
      assertThat(tokenizer.decode(ids)).as(tokenizer.description()).isEqualTo(text);
      assertThat(tokenizer.bosId()).hasValue(1);
      assertThat(tokenizer.addsBosByDefault()).isTrue();
      assertThat(tokenizer.eosIds()).containsExactly(2);
      assertThat(tokenizer.vocabularySize()).isEqualTo(512);
      assertThat(tokenizer.tokenBytes(0xE2 + 3)).containsExactly(0xE2);
      assertThat(tokenizer.tokenText(1)).isEqualTo("<s>");
      assertThat(tokenizer.tokenBytes(1)).isEmpty();
    }
    assertThat(forms.get(0).encode(text, true)).isEqualTo(forms.get(1).encode(text, true));
  }

  private static void assertAgree(Tokenizer tokenizer, List<VocabularyVectors.Vector> vectors) {
    assertThat(vectors).isNotEmpty();
    SoftAssertions softly = new SoftAssertions();
    for (VocabularyVectors.Vector vector : vectors) {
      softly
          .assertThat(tokenizer.encode(vector.text(), false))
          .as(tokenizer.description() + " on <" + vector.text() + ">")
          .isEqualTo(vector.ids());
      softly.assertThat(tokenizer.decode(vector.ids())).isEqualTo(vector.text());
    }
    softly.assertAll();
  }
}
