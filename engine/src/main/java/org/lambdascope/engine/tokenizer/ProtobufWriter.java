package org.lambdascope.engine.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes one message in the protocol-buffers wire format.
 *
 * <p>Source: the wire format of protocol buffers, protobuf.dev/programming-guides/encoding.
 */
final class ProtobufWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtobufWriter varint(int field, long value) {
    key(field, ProtobufReader.VARINT);
    raw(value);
    return this;
  }

  ProtobufWriter float32(int field, float value) {
    key(field, ProtobufReader.FIXED32);
    int bits = Float.floatToIntBits(value);
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(bits >>> shift);
    }
    return this;
  }

  ProtobufWriter string(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  ProtobufWriter message(int field, ProtobufWriter message) {
    return bytes(field, message.toByteArray());
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  private ProtobufWriter bytes(int field, byte[] value) {
    key(field, ProtobufReader.BYTES);
    raw(value.length);
    out.writeBytes(value);
    return this;
  }

  private void key(int field, int wireType) {
    raw(((long) field << 3) | wireType);
  }

  private void raw(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
