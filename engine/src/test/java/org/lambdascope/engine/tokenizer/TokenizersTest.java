package org.lambdascope.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.format.ModelFormatException;

class TokenizersTest {

  private static final int A = SmallVocabularies.FIRST_NORMAL + 1;
  private static final int SPACE_AB = SmallVocabularies.FIRST_NORMAL + 4;

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** The files of a GPT-2-like folder: 256 bytes in order, "ab", "<|endoftext|>". */
  private void writeGpt2() throws IOException {
    List<String> entries = new ArrayList<>();
    List<String> tokens = new ArrayList<>(SmallVocabularies.byteAlphabet());
    tokens.add("ab");
    tokens.add("<|endoftext|>");
    for (int id = 0; id < tokens.size(); id++) {
      String text = tokens.get(id).replace("\\", "\\\\").replace("\"", "\\\"");
      entries.add("\"" + text + "\": " + id);
    }
    write("vocab.json", "{" + String.join(", ", entries) + "}");
    write("merges.txt", "#version: 0.2\na b\n");
  }

  @Test
  void mergesThatAreNoUtf8AreRefusedByName() throws IOException {
    writeGpt2();
    Files.write(folder.resolve("merges.txt"), new byte[] {'a', ' ', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> Tokenizers.forFolder(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(folder.resolve("merges.txt") + ": expected UTF-8 text");
  }

  /** A word-level tokenizer.json with whatever else a test needs. */
  private void writeWords(String more) throws IOException {
    write(
        "tokenizer.json",
        """
        {"version": "1.0", %s
         "added_tokens": [
           {"id": 0, "content": "<unk>", "special": true, "single_word": false,
            "lstrip": false, "rstrip": false, "normalized": false},
           {"id": 1, "content": "<s>", "special": true, "single_word": false,
            "lstrip": false, "rstrip": false, "normalized": false}],
         "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "decoder": null,
         "model": {"type": "WordLevel", "unk_token": "<unk>",
           "vocab": {"<unk>": 0, "<s>": 1, "one": 2, "two": 3, "end": 4}}}
        """
            .formatted(more));
  }

  @Test
  void emptyFolderNamesWhatIsMissing() {
    assertThatThrownBy(() -> Tokenizers.forFolder(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining("tokenizer.model");
  }

  @Test
  void tokenizerJsonComesBeforeTokenizerModel() throws IOException {
    writeWords("");
    Files.write(folder.resolve("tokenizer.model"), SmallVocabularies.sentencePieceModel());
    Tokenizer tokenizer = Tokenizers.forFolder(folder);
    assertThat(tokenizer.description()).isEqualTo("Hugging Face WordLevel (tokenizer.json), 5");
    assertThat(tokenizer.encode("one two one", true)).containsExactly(2, 3, 2);
    assertThat(tokenizer.decode(new int[] {1, 2, 3})).isEqualTo("one two");
    assertThat(tokenizer.bosId()).isEmpty();
    assertThat(tokenizer.eosIds()).isEmpty();
    assertThat(tokenizer.addsBosByDefault()).isFalse();
  }

  @Test
  void truncationPaddingAndTemplateInTheFileAreLeftOut() throws IOException {
    writeWords(
        """
        "truncation": {"max_length": 2, "strategy": "LongestFirst", "stride": 0,
          "direction": "Right"},
        "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_id": 0,
          "pad_type_id": 0, "pad_token": "<unk>", "pad_to_multiple_of": null},
        "post_processor": {"type": "TemplateProcessing",
          "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
            {"Sequence": {"id": "A", "type_id": 0}}],
          "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
          "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
        """);
    Tokenizer tokenizer = Tokenizers.forFolder(folder);
    assertThat(tokenizer.encode("one two one two", false)).containsExactly(2, 3, 2, 3);
    assertThat(tokenizer.encode("one", true)).containsExactly(1, 2);
    assertThat(tokenizer.encode("<s> one", false)).containsExactly(1, 2);
    assertThat(tokenizer.addsBosByDefault()).isTrue();
    int[] many = tokenizer.encode("one ".repeat(2000), false);
    assertThat(many).hasSize(2000);
  }

  @Test
  void smallFilesBesideSayWhatBeginsAndEnds() throws IOException {
    writeWords("");
    write(
        "tokenizer_config.json",
        "{\"add_bos_token\": true, \"bos_token\": {\"content\": \"<s>\"}}");
    write("special_tokens_map.json", "{\"eos_token\": \"end\"}");
    write("config.json", "{\"bos_token_id\": 0, \"eos_token_id\": [3, 99]}");
    Tokenizer tokenizer = Tokenizers.forFolder(folder);
    assertThat(tokenizer.bosId()).hasValue(1);
    assertThat(tokenizer.addsBosByDefault()).isTrue();
    assertThat(tokenizer.eosIds()).containsExactlyInAnyOrder(3, 4);
  }

  @Test
  void gpt2FilesMakeAByteLevelTokenizer() throws IOException {
    writeGpt2();
    Tokenizer tokenizer = Tokenizers.forFolder(folder);
    assertThat(tokenizer.encode("abé<|endoftext|>", false)).containsExactly(256, 0xC3, 0xA9, 257);
    assertThat(tokenizer.decode(new int[] {256, 0xC3, 0xA9, 257})).isEqualTo("abé");
    assertThat(tokenizer.bosId()).hasValue(257);
    assertThat(tokenizer.addsBosByDefault()).isFalse();
    assertThat(tokenizer.eosIds()).containsExactly(257);
    assertThat(tokenizer.tokenText(256)).isEqualTo("ab");
  }

  @Test
  void sentencePieceFileFollowsItsOwnRules() throws IOException {
    Files.write(folder.resolve("tokenizer.model"), SmallVocabularies.sentencePieceModel());
    Tokenizer tokenizer = Tokenizers.forFolder(folder);
    assertThat(tokenizer.description()).isEqualTo("SentencePiece BPE (tokenizer.model), 264");
    assertThat(tokenizer.encode("ab a", true)).containsExactly(1, SPACE_AB, A - 1, A);
    assertThat(tokenizer.encode("", true)).containsExactly(1);
    assertThat(tokenizer.encode("", false)).isEmpty();
    assertThat(tokenizer.bosId()).hasValue(1);
    assertThat(tokenizer.addsBosByDefault()).isTrue();
    assertThat(tokenizer.eosIds()).containsExactly(2);
    write("tokenizer_config.json", "{\"add_bos_token\": false}");
    assertThat(Tokenizers.forFolder(folder).addsBosByDefault()).isFalse();
  }

  @Test
  void textThatIsNoUnicodeCountsAsReplacementCharacters() {
    for (Tokenizer tokenizer :
        List.of(
            SmallVocabularies.sentencePieceTokenizer(), SmallVocabularies.byteLevelTokenizer())) {
      assertThat(tokenizer.encode("a\uD83E\uDD99\uD83Eb\uDD99", false))
          .isEqualTo(tokenizer.encode("a🦙\uFFFDb\uFFFD", false));
      assertThat(tokenizer.decode(tokenizer.encode("a\0b", false))).isEqualTo("a\0b");
    }
  }

  @Test
  void controlTokensGiveNoTextAndUserDefinedOnesTheirOwn() {
    Tokenizer tokenizer = SmallVocabularies.byteLevelTokenizer();
    assertThat(tokenizer.encode("a<keep>ab<|end|>", false)).containsExactly('a', 257, 256, 258);
    assertThat(tokenizer.decode(new int[] {'a', 257, 256, 258})).isEqualTo("a<keep>ab");
    assertThat(tokenizer.tokenBytes(258)).isEmpty();
    assertThat(tokenizer.addsBosByDefault()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "null",
        "[]",
        "not json",
        "{\"model\": {}}",
        "{\"model\": {\"vocab\": {}}}",
        "{\"model\": {\"vocab\": {\"a\": -1}}}",
        "{\"model\": {\"vocab\": {\"a\": \"b\"}}}",
        "{\"model\": {\"vocab\": {\"a\": 2000000000}}}",
        "{\"model\": {\"vocab\": {\"a\": 0}}}",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"x y\"]}}"
      })
  void malformedTokenizerJsonIsRefused(String json) throws IOException {
    write("tokenizer.json", json);
    assertThatThrownBy(() -> Tokenizers.forFolder(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining("expected");
  }

  @Test
  void malformedTokenizerModelIsRefused() throws IOException {
    byte[] whole = SmallVocabularies.sentencePieceModel();
    Path file = folder.resolve("tokenizer.model");
    for (int length : new int[] {0, 1, 5, 100, whole.length - 40, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Tokenizers.forFolder(folder))
          .as("first %s of %s bytes", length, whole.length)
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("tokenizer.model");
    }
    Files.write(file, "a text, not a model".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Tokenizers.forFolder(folder)).isInstanceOf(ModelFormatException.class);
  }

  @Test
  void brokenBytesNeverReachNativeCodeUnchecked() throws IOException {
    // What still loads must also encode; the rest must be refused, not crash the process.
    byte[] whole = SmallVocabularies.sentencePieceModel();
    Random random = new Random(7);
    Path file = folder.resolve("tokenizer.model");
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] broken = whole.clone();
      for (int k = 0; k <= i % 4; k++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, broken);
      try {
        Tokenizer tokenizer = Tokenizers.forFolder(folder);
        int[] ids = tokenizer.encode("ab ba é🦙", true);
        assertThat(tokenizer.decode(ids)).isNotNull();
      } catch (ModelFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void severalThreadsMayEncodeAtOnce() throws Exception {
    String text = "ab é🦙 abba ".repeat(200);
    for (Tokenizer tokenizer :
        List.of(
            SmallVocabularies.sentencePieceTokenizer(), SmallVocabularies.byteLevelTokenizer())) {
      int[] expected = tokenizer.encode(text, true);
      List<Callable<int[]>> calls = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        calls.add(() -> tokenizer.encode(text, true));
      }
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        for (Future<int[]> result : threads.invokeAll(calls)) {
          assertThat(result.get()).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void longTextsAreEncodedWhole() {
    for (Tokenizer tokenizer :
        List.of(
            SmallVocabularies.sentencePieceTokenizer(), SmallVocabularies.byteLevelTokenizer())) {
      String text = "ab ".repeat(300_000);
      assertThat(tokenizer.decode(tokenizer.encode(text, true))).isEqualTo(text);
    }
  }

  @Test
  void brokenJsonIsNamedWithoutTheParsersOwnTerms() throws IOException {
    write("tokenizer.json", "{\"model\": 3");
    assertThatThrownBy(() -> Tokenizers.forFolder(folder))
        .hasMessageContaining("expected a JSON object, but Unexpected end-of-input")
        .hasMessageContaining("line 1")
        .hasMessageNotContaining("Source");
  }
}
