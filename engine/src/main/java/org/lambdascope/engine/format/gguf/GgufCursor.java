package org.lambdascope.engine.format.gguf;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.lambdascope.engine.format.MappedFile;
import org.lambdascope.engine.format.ModelFormatException;

/** Reads a GGUF file from front to back; every read is checked against the file's end. */
final class GgufCursor {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** All strings of a file together; a vocabulary with its merges takes some 10 MB. */
  private static final long MAX_TEXT_BYTES = 1L << 28;

  private final MappedFile file;
  private long position;
  private long textBytes;

  GgufCursor(MappedFile file) {
    this.file = file;
  }

  long position() {
    return position;
  }

  long remaining() {
    return file.size() - position;
  }

  ModelFormatException fault(String what, String problem) {
    return new ModelFormatException(
        "%s: byte %d: %s".formatted(file.path(), position, what), problem);
  }

  private long advance(String what, long bytes) throws ModelFormatException {
    if (bytes > remaining()) {
      throw fault(
          what,
          "expected %d bytes, found %d before the end of the file; it is cut off"
              .formatted(bytes, remaining()));
    }
    long at = position;
    position += bytes;
    return at;
  }

  byte readByte(String what) throws ModelFormatException {
    return file.data().get(ValueLayout.JAVA_BYTE, advance(what, 1));
  }

  short readShort(String what) throws ModelFormatException {
    return file.data().get(SHORT, advance(what, 2));
  }

  int readInt(String what) throws ModelFormatException {
    return file.data().get(INT, advance(what, 4));
  }

  long readLong(String what) throws ModelFormatException {
    return file.data().get(LONG, advance(what, 8));
  }

  /**
   * A count of things that each take at least {@code minBytes} of the rest of the file: a larger
   * one is refused before anything is allocated for it.
   */
  int readCount(String what, int minBytes) throws ModelFormatException {
    long start = position;
    long count = readLong(what);
    long most = Math.min(remaining() / minBytes, Integer.MAX_VALUE - 8L);
    if (count < 0 || count > most) {
      position = start;
      throw fault(
          what,
          "expected at most %d, for which the rest of the file has room, found %s"
              .formatted(most, Long.toUnsignedString(count)));
    }
    return (int) count;
  }

  /** A string: its length in bytes, then UTF-8. */
  String readString(String what, int maxBytes) throws ModelFormatException {
    long start = position;
    int length = readCount(what + " length", 1);
    if (length > maxBytes) {
      position = start;
      throw fault(what, "expected at most %d bytes, found %d".formatted(maxBytes, length));
    }
    textBytes += length;
    if (textBytes > MAX_TEXT_BYTES) {
      position = start;
      throw fault(
          what, "expected at most %d bytes of text in all, found more".formatted(MAX_TEXT_BYTES));
    }
    byte[] bytes =
        file.data().asSlice(advance(what, length), length).toArray(ValueLayout.JAVA_BYTE);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      position = start;
      throw new ModelFormatException(
          "%s: byte %d: %s".formatted(file.path(), start, what),
          "expected text in UTF-8, found other bytes",
          e);
    }
  }
}
