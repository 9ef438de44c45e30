package org.lambdascope.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.format.ModelFormatException;

class GgufVocabularyTest {

  private static GgufVocabulary like(
      GgufVocabulary v, String model, Optional<String> pre, float[] scores, int[] types) {
    return new GgufVocabulary(
        v.where(),
        model,
        pre,
        v.tokens(),
        scores,
        types,
        v.merges(),
        v.bosId(),
        v.eosIds(),
        v.unknownId(),
        v.addBos(),
        v.addSpacePrefix());
  }

  @Test
  void unknownKindsAreNamed() {
    GgufVocabulary v = SmallVocabularies.sentencePiece();
    assertThatThrownBy(() -> like(v, "rwkv", v.pre(), v.scores(), v.types()).tokenizer())
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("small.gguf: expected tokenizer.ggml.model llama or gpt2, but found 'rwkv'");
    GgufVocabulary b = SmallVocabularies.byteLevel();
    Optional<String> odd = Optional.of("odd");
    assertThatThrownBy(() -> like(b, "gpt2", odd, b.scores(), b.types()).tokenizer())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("found 'odd'");
  }

  @Test
  void listsMustBeAsLongAsTheVocabulary() {
    GgufVocabulary v = SmallVocabularies.sentencePiece();
    assertThatThrownBy(() -> like(v, "llama", v.pre(), new float[3], v.types()).tokenizer())
        .hasMessageContaining("expected 264 entries in tokenizer.ggml.scores")
        .hasMessageContaining("found 3");
    assertThatThrownBy(() -> like(v, "llama", v.pre(), v.scores(), new int[0]).tokenizer())
        .hasMessageContaining("tokenizer.ggml.token_type");
    int[] types = v.types().clone();
    types[5] = 9;
    assertThatThrownBy(() -> like(v, "llama", v.pre(), v.scores(), types).tokenizer())
        .hasMessageContaining("token 5")
        .hasMessageContaining("found 9");
  }

  @Test
  void spacePrefixCanBeTurnedOff() throws IOException {
    GgufVocabulary v = SmallVocabularies.sentencePiece();
    GgufVocabulary without =
        new GgufVocabulary(
            v.where(),
            v.model(),
            v.pre(),
            v.tokens(),
            v.scores(),
            v.types(),
            v.merges(),
            OptionalInt.of(-1),
            Set.of(2, 400),
            v.unknownId(),
            Optional.of(true),
            Optional.of(false));
    Tokenizer tokenizer = without.tokenizer();
    assertThat(tokenizer.encode(" ab", true)).containsExactly(SmallVocabularies.FIRST_NORMAL + 4);
    assertThat(tokenizer.decode(tokenizer.encode(" ab", false))).isEqualTo(" ab");
    assertThat(tokenizer.bosId()).isEmpty();
    assertThat(tokenizer.addsBosByDefault()).isFalse();
    assertThat(tokenizer.eosIds()).containsExactly(2);
  }

  @Test
  void everyNamedPreTokenizerLoads() throws IOException {
    GgufVocabulary b = SmallVocabularies.byteLevel();
    for (String name :
        List.of("gpt-2", "mpt", "olmo", "llama-bpe", "qwen2", "starcoder", "falcon", "default")) {
      Tokenizer tokenizer = like(b, "gpt2", Optional.of(name), b.scores(), b.types()).tokenizer();
      String text = "I'LL pay 1234, ab\r\n  (é🦙)  you?";
      assertThat(tokenizer.decode(tokenizer.encode(text, false))).as(name).isEqualTo(text);
    }
  }

  @Test
  void brokenMergesAreRefused() {
    GgufVocabulary b = SmallVocabularies.byteLevel();
    GgufVocabulary broken =
        new GgufVocabulary(
            b.where(),
            b.model(),
            b.pre(),
            b.tokens(),
            b.scores(),
            b.types(),
            List.of("ab"),
            b.bosId(),
            b.eosIds(),
            b.unknownId(),
            b.addBos(),
            b.addSpacePrefix());
    assertThatThrownBy(broken::tokenizer)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("found 'ab'");
  }
}
