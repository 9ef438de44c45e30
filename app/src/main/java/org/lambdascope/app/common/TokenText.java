package org.lambdascope.app.common;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.lambdascope.engine.tokenizer.Tokenizer;

/** Tokens as they are shown one by one: nothing is invisible, nothing is half a character. */
public final class TokenText {

  private TokenText() {}

  /** The text of a token, spaces kept; control tokens by name, part characters as bytes. */
  public static String of(Tokenizer tokenizer, int id) {
    byte[] bytes = tokenizer.tokenBytes(id);
    if (bytes.length == 0) {
      return tokenizer.tokenText(id);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      // A part of a character: its bytes are all that can be said.
      return "⟨" + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes) + "⟩";
    }
  }

  /** The text of a token in quotes, with white space made visible. */
  public static String quoted(Tokenizer tokenizer, int id) {
    return "“" + visible(of(tokenizer, id)) + "”";
  }

  /** Text with line breaks and tabs as symbols. */
  public static String visible(String text) {
    return text.replace("\r", "␍").replace("\n", "↵").replace("\t", "⇥").replace(' ', '·');
  }
}
