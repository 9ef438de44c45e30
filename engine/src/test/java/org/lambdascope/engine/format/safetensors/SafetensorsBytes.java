package org.lambdascope.engine.format.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds safetensors files, well-formed or not. */
final class SafetensorsBytes {

  private SafetensorsBytes() {}

  /** A header as given, its right length, and {@code dataBytes} bytes that count up. */
  static byte[] of(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return of(json.length, json, dataBytes);
  }

  /** A header whose length may be a lie. */
  static byte[] of(long headerLength, byte[] header, int dataBytes) {
    ByteBuffer out =
        ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(headerLength).put(header);
    for (int i = 0; i < dataBytes; i++) {
      out.put((byte) i);
    }
    return out.array();
  }

  /** An entry of the header. */
  static String entry(String name, String dtype, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, dtype, shape, begin, end);
  }
}
