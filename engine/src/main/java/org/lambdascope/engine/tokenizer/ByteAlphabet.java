package org.lambdascope.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The characters in which byte-level BPE writes bytes: printable Latin-1 for itself, the rest from
 * U+0100 on.
 *
 * <p>Source: GPT-2, {@code bytes_to_unicode} in its {@code encoder.py}.
 */
final class ByteAlphabet {

  private static final int BYTES = 256;
  private static final int FIRST_SUBSTITUTE = 0x100;

  private final byte[] byteOf = new byte[2 * BYTES];
  private final boolean[] known = new boolean[2 * BYTES];

  ByteAlphabet() {
    int substitute = FIRST_SUBSTITUTE;
    for (int b = 0; b < BYTES; b++) {
      int character = isPrintable(b) ? b : substitute++;
      byteOf[character] = (byte) b;
      known[character] = true;
    }
  }

  /** The bytes that a token writes, or null where a character is not of the alphabet. */
  byte @Nullable [] bytes(String token) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = token.charAt(i);
      if (c >= known.length || !known[c]) {
        return null;
      }
      bytes[i] = byteOf[c];
    }
    return bytes;
  }

  /** The same, but a token that is not written in the alphabet counts as plain text. */
  byte[] bytesOrText(String token) {
    byte[] bytes = bytes(token);
    return bytes == null ? token.getBytes(StandardCharsets.UTF_8) : bytes;
  }

  private static boolean isPrintable(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
  }
}
