package org.lambdascope.app.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads texts strictly: a byte that is not UTF-8 would silently become another token. */
public final class TextReader {

  private static final long MOST_BYTES = 1L << 30;

  private TextReader() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, is empty, or is not UTF-8
   */
  public static LoadedText read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + ": expected a text file, found a folder");
    }
    if (!Files.exists(path)) {
      throw new IOException(path + ": expected a text file, found nothing there");
    }
    long size = Files.size(path);
    if (size > MOST_BYTES) {
      throw new IOException(
          "%s: expected at most %d bytes of text, found %d".formatted(path, MOST_BYTES, size));
    }
    byte[] bytes = Files.readAllBytes(path);
    // A byte-order mark is no part of the text.
    int start =
        bytes.length >= 3
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF
            ? 3
            : 0;
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(in.remaining());
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      int at = in.position();
      throw new IOException(
          "%s: expected UTF-8 text, found byte 0x%02X at offset %d (line %d)"
              .formatted(path, bytes[at] & 0xFF, at, line(bytes, at)));
    }
    String text = out.flip().toString();
    if (text.isBlank()) {
      throw new IOException(
          "%s: expected some text, found %s"
              .formatted(path, text.isEmpty() ? "an empty file" : "white space only"));
    }
    return new LoadedText(path, text);
  }

  private static int line(byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }
}
