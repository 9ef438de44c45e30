package org.lambdascope.engine.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * What each id is as text and as bytes. All tokenizers decode through it, so whole and streamed
 * decoding agree whichever library encodes.
 */
final class TokenTable {

  private final String[] texts;
  private final byte[][] bytes;
  private final boolean dropsLeadingSpace;

  /**
   * Takes over both arrays.
   *
   * @param texts per id, as the vocabulary writes it
   * @param bytes per id, what it adds to decoded text; empty for control tokens
   * @param dropsLeadingSpace whether encoding puts a space in front of a text, which decoding drops
   */
  TokenTable(String[] texts, byte[][] bytes, boolean dropsLeadingSpace) {
    if (texts.length != bytes.length) {
      throw new IllegalArgumentException(
          "expected as many byte strings as texts, "
              + texts.length
              + ", but found "
              + bytes.length);
    }
    this.texts = texts;
    this.bytes = bytes;
    this.dropsLeadingSpace = dropsLeadingSpace;
  }

  int size() {
    return texts.length;
  }

  boolean dropsLeadingSpace() {
    return dropsLeadingSpace;
  }

  String text(int id) {
    return texts[checked(id)];
  }

  byte[] bytes(int id) {
    return bytes[checked(id)].clone();
  }

  /** The table's own array, not to be written to. */
  byte[] sharedBytes(int id) {
    return bytes[checked(id)];
  }

  String decode(int[] ids) {
    long total = 0;
    for (int id : ids) {
      total += bytes[checked(id)].length;
    }
    ByteBuffer joined = ByteBuffer.allocate(Math.toIntExact(total));
    for (int id : ids) {
      joined.put(bytes[id]);
    }
    joined.flip();
    if (dropsLeadingSpace && joined.hasRemaining() && joined.get(0) == ' ') {
      joined.position(1);
    }
    try {
      CharBuffer text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .onUnmappableCharacter(CodingErrorAction.REPLACE)
              .decode(joined);
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("a replacing decoder reported malformed bytes", e);
    }
  }

  StreamingDecoder newDecoder(boolean startsText) {
    return new Utf8StreamingDecoder(this, startsText && dropsLeadingSpace);
  }

  private int checked(int id) {
    if (id < 0 || id >= texts.length) {
      throw new IllegalArgumentException(
          "expected a token id in [0, " + texts.length + "), but found " + id);
    }
    return id;
  }
}
