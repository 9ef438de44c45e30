package org.lambdascope.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StreamingDecoderTest {

  private static final int SPACE = 256;
  private static final int CONTROL = 257;
  private static final int LLAMA = 258;

  /** One token per byte, a space, a control token and a token of several characters. */
  private static TokenTable table(boolean dropsLeadingSpace) {
    String[] texts = new String[259];
    byte[][] bytes = new byte[259][];
    for (int b = 0; b < 256; b++) {
      texts[b] = "byte";
      bytes[b] = new byte[] {(byte) b};
    }
    texts[SPACE] = "▁";
    bytes[SPACE] = new byte[] {' '};
    texts[CONTROL] = "<s>";
    bytes[CONTROL] = new byte[0];
    texts[LLAMA] = "▁é🦙";
    bytes[LLAMA] = " é🦙".getBytes(StandardCharsets.UTF_8);
    return new TokenTable(texts, bytes, dropsLeadingSpace);
  }

  private static String stream(StreamingDecoder decoder, int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(decoder.push(id));
    }
    return text.append(decoder.finish()).toString();
  }

  @Property(seed = "20")
  void piecesConcatenateToTheWholeText(
      @ForAll @Size(max = 60) List<@IntRange(max = 258) Integer> ids, @ForAll boolean dropsSpace) {
    TokenTable table = table(dropsSpace);
    int[] array = ids.stream().mapToInt(i -> i).toArray();
    assertThat(stream(table.newDecoder(true), array)).isEqualTo(table.decode(array));
  }

  @Property(seed = "20")
  void wholeTextIsWhatJavaMakesOfTheBytes(
      @ForAll @Size(max = 60) List<@IntRange(min = 0x80, max = 0xFF) Integer> ids) {
    int[] array = ids.stream().mapToInt(i -> i).toArray();
    byte[] bytes = new byte[array.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) array[i];
    }
    assertThat(table(true).decode(array)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }

  @Property(seed = "20")
  void validTextNeverShowsHalfACharacter(@ForAll String text) {
    String valid = LibraryTokenizer.replaceLoneSurrogates(text);
    StreamingDecoder decoder = table(false).newDecoder(true);
    StringBuilder all = new StringBuilder();
    for (byte b : valid.getBytes(StandardCharsets.UTF_8)) {
      String piece = decoder.push(b & 0xFF);
      assertThat(LibraryTokenizer.replaceLoneSurrogates(piece)).isEqualTo(piece);
      all.append(piece);
    }
    assertThat(decoder.finish()).isEmpty();
    assertThat(all).hasToString(valid);
  }

  @Test
  void leadingSpaceGoesAtTheStartOfATextOnly() {
    TokenTable table = table(true);
    int[] ids = {CONTROL, LLAMA, SPACE, LLAMA};
    assertThat(table.decode(ids)).isEqualTo("é🦙  é🦙");
    assertThat(stream(table.newDecoder(true), ids)).isEqualTo("é🦙  é🦙");
    assertThat(stream(table.newDecoder(false), ids)).isEqualTo(" é🦙  é🦙");
  }

  @Test
  void brokenEndIsReplacedWhenTheStreamEnds() {
    StreamingDecoder decoder = table(false).newDecoder(true);
    assertThat(decoder.push(0xF0)).isEmpty();
    assertThat(decoder.push(0x9F)).isEmpty();
    assertThat(decoder.push('x')).isEqualTo("\uFFFDx");
    assertThat(decoder.push(0xE2)).isEmpty();
    assertThat(decoder.finish()).isEqualTo("\uFFFD");
    assertThatThrownBy(() -> decoder.push('x')).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void idsOutsideTheVocabularyAreRefused() {
    TokenTable table = table(false);
    assertThatThrownBy(() -> table.decode(new int[] {0, 259}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a token id in [0, 259), but found 259");
    assertThatThrownBy(() -> table.newDecoder(true).push(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> table.bytes(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> table.text(300)).isInstanceOf(IllegalArgumentException.class);
  }
}
