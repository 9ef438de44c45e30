package org.lambdascope.engine.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.lambdascope.engine.format.ModelFormatException;

/**
 * Walks the fields of one message in the protocol-buffers wire format, checking every length
 * against the bytes that are there.
 *
 * <p>Source: the wire format of protocol buffers, protobuf.dev/programming-guides/encoding.
 */
final class ProtobufReader {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private final ByteBuffer in;
  private final String where;
  private int field;
  private int wireType;

  ProtobufReader(ByteBuffer message, String where) {
    this.in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.where = where;
  }

  /** Goes to the next field; false at the end of the message. */
  boolean next() throws ModelFormatException {
    if (!in.hasRemaining()) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    wireType = (int) (key & 7);
    if (field <= 0 || key >>> 3 > (1 << 29) - 1) {
      throw broken("expected a protocol-buffers field number, but found " + (key >>> 3));
    }
    return true;
  }

  int field() {
    return field;
  }

  /** The value of a varint field. */
  long readVarint() throws ModelFormatException {
    expect(VARINT);
    return varint();
  }

  float readFloat() throws ModelFormatException {
    expect(FIXED32);
    require(4);
    return in.getFloat();
  }

  /** The bytes of a string, bytes or message field. */
  ByteBuffer readBytes() throws ModelFormatException {
    expect(BYTES);
    long length = varint();
    require(length);
    ByteBuffer slice = in.slice(in.position(), (int) length);
    in.position(in.position() + (int) length);
    return slice;
  }

  String readString() throws ModelFormatException {
    return StandardCharsets.UTF_8.decode(readBytes()).toString();
  }

  void skip() throws ModelFormatException {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> advance(8);
      case FIXED32 -> advance(4);
      case BYTES -> readBytes();
      default ->
          throw broken("expected protocol-buffers wire type 0, 1, 2 or 5, but found " + wireType);
    }
  }

  private void advance(int bytes) throws ModelFormatException {
    require(bytes);
    in.position(in.position() + bytes);
  }

  private long varint() throws ModelFormatException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      require(1);
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw broken("expected a varint of at most 10 bytes, but it goes on");
  }

  private void expect(int type) throws ModelFormatException {
    if (wireType != type) {
      throw broken(
          "expected wire type " + type + " for field " + field + ", but found " + wireType);
    }
  }

  private void require(long bytes) throws ModelFormatException {
    if (bytes < 0 || bytes > in.remaining()) {
      throw broken("expected " + bytes + " more bytes, but found " + in.remaining());
    }
  }

  private ModelFormatException broken(String what) {
    return new ModelFormatException(where + " at byte " + in.position() + " of the message", what);
  }
}
