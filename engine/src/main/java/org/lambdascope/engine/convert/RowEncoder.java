package org.lambdascope.engine.convert;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.lambdascope.engine.tensor.DType;

/**
 * Rows of floats to stored rows. Source: {@code quantize_row_*_ref} of ggml, to whose bytes the
 * results are equal.
 */
final class RowEncoder {

  /** Half of the distance from the largest binary16 to what would be the next. */
  private static final float F16_LIMIT = 65_520;

  private static final int BLOCK = 32;

  private RowEncoder() {}

  /** Whether the type can be written. */
  static boolean writes(DType type) {
    return switch (type) {
      case F32, F16, BF16, Q8_0, Q4_0 -> true;
      default -> false;
    };
  }

  /** Whether every value can be stored: all are finite, and within the type's range. */
  static boolean storable(DType type, float[] row, int n) {
    float limit = type == DType.F16 ? F16_LIMIT : Float.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      if (!(Math.abs(row[i]) < limit)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Encodes a row.
   *
   * @param n values, whole blocks of the type
   * @param out the bytes, from {@code at}; overwritten
   */
  static void encode(DType type, float[] row, int n, byte[] out, int at) {
    ByteBuffer bytes = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).position(at);
    switch (type) {
      case F32 -> {
        for (int i = 0; i < n; i++) {
          bytes.putFloat(row[i]);
        }
      }
      case F16 -> {
        for (int i = 0; i < n; i++) {
          bytes.putShort(Float.floatToFloat16(row[i]));
        }
      }
      case BF16 -> {
        for (int i = 0; i < n; i++) {
          bytes.putShort(bfloat16(row[i]));
        }
      }
      case Q8_0 -> {
        for (int i = 0; i < n; i += BLOCK) {
          q8(row, i, bytes);
        }
      }
      case Q4_0 -> {
        for (int i = 0; i < n; i += BLOCK) {
          q4(row, i, bytes);
        }
      }
      default ->
          throw new IllegalArgumentException("expected a type that is written, found " + type);
    }
  }

  /** To nearest, ties to even. */
  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  private static void q8(float[] row, int from, ByteBuffer out) {
    float largest = 0;
    for (int i = 0; i < BLOCK; i++) {
      largest = Math.max(largest, Math.abs(row[from + i]));
    }
    float scale = largest / 127;
    float inverse = scale == 0 ? 0 : 1 / scale;
    out.putShort(Float.floatToFloat16(scale));
    for (int i = 0; i < BLOCK; i++) {
      out.put((byte) roundHalfAway(row[from + i] * inverse));
    }
  }

  private static int roundHalfAway(float value) {
    int whole = (int) value;
    float rest = value - whole;
    return rest >= 0.5f ? whole + 1 : rest <= -0.5f ? whole - 1 : whole;
  }

  /** The value of largest size is −8 times the scale, so the scale's sign is its opposite. */
  private static void q4(float[] row, int from, ByteBuffer out) {
    float largest = row[from];
    for (int i = 1; i < BLOCK; i++) {
      if (Math.abs(row[from + i]) > Math.abs(largest)) {
        largest = row[from + i];
      }
    }
    float scale = largest / -8;
    float inverse = scale == 0 ? 0 : 1 / scale;
    out.putShort(Float.floatToFloat16(scale));
    for (int i = 0; i < BLOCK / 2; i++) {
      int low = nibble(row[from + i] * inverse);
      int high = nibble(row[from + i + BLOCK / 2] * inverse);
      out.put((byte) (low | high << 4));
    }
  }

  private static int nibble(float scaled) {
    return Math.clamp((int) (scaled + 8.5f), 0, 15);
  }
}
