package org.lambdascope.engine.tokenizer;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.lambdascope.engine.format.ModelFormatException;

/** Tokens that stand for one byte, written such as {@code <0xE2>}. */
final class ByteTokens {

  private static final Pattern WRITTEN = Pattern.compile("<0x[0-9A-Fa-f]{2}>");

  private ByteTokens() {}

  static boolean isOne(String text) {
    return WRITTEN.matcher(text).matches();
  }

  static byte[] parse(String text, String where) throws ModelFormatException {
    if (!isOne(text)) {
      throw new ModelFormatException(
          where, "expected a byte token such as <0xE2>, but found '" + text + "'");
    }
    return HexFormat.of().parseHex(text, 3, 5);
  }
}
