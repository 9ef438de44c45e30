package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads texts, strictly. */
final class TextFiles {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final int MOST_BYTES = 1 << 30;
  private static final int MOST_BYTES_OF_A_STREAM = 1 << 26;

  private TextFiles() {}

  /**
   * Reads a text. A byte order mark at its beginning is not part of it.
   *
   * @throws CliException if it is empty or not UTF-8
   */
  static String read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw CliException.failure(file + ": expected a text file, found a folder");
    }
    String text = decode(file.toString(), bytes(file));
    if (text.isEmpty()) {
      throw CliException.failure(file + ": the text is empty");
    }
    return text;
  }

  private static byte[] bytes(Path file) throws IOException {
    long size = Files.size(file);
    // Some devices have no size and no end.
    boolean endless = !Files.isRegularFile(file);
    int most = endless ? MOST_BYTES_OF_A_STREAM : MOST_BYTES;
    if (size > most) {
      throw tooLong(file, most, size + " bytes");
    }
    if (!endless) {
      return Files.readAllBytes(file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most);
      if (in.read() >= 0) {
        throw tooLong(file, most, "more");
      }
      return bytes;
    }
  }

  private static CliException tooLong(Path file, int most, String found) {
    return CliException.failure(
        "%s: expected a text of at most %d MiB, found %s".formatted(file, most >> 20, found));
  }

  static String decode(String name, byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw CliException.failure(
          "%s: not UTF-8: byte 0x%02X at offset %d"
              .formatted(name, bytes[in.position()] & 0xFF, in.position()));
    }
    out.flip();
    if (out.hasRemaining() && out.charAt(0) == BYTE_ORDER_MARK) {
      out.get();
    }
    return out.toString();
  }
}
