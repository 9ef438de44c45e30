package org.lambdascope.engine.format.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds GGUF files piece by piece, well-formed or not. */
final class GgufBytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Magic, version and counts. */
  static GgufBytes head(int version, long tensors, long pairs) {
    return new GgufBytes().ascii("GGUF").u32(version).u64(tensors).u64(pairs);
  }

  GgufBytes ascii(String text) {
    return raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  GgufBytes raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  GgufBytes u32(int value) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  GgufBytes u64(long value) {
    return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  GgufBytes string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return u64(bytes.length).raw(bytes);
  }

  /** A key and the type of the value that the caller appends. */
  GgufBytes key(String key, GgufValueType type) {
    return string(key).u32(type.code());
  }

  /** An entry of the tensor table; {@code dims} innermost first, as in the file. */
  GgufBytes tensor(String name, int type, long offset, long... dims) {
    string(name).u32(dims.length);
    for (long d : dims) {
      u64(d);
    }
    return u32(type).u64(offset);
  }

  /** Zeros up to a multiple of the alignment. */
  GgufBytes pad(int alignment) {
    while (out.size() % alignment != 0) {
      out.write(0);
    }
    return this;
  }

  /** Bytes that count up. */
  GgufBytes data(int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write(i);
    }
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
