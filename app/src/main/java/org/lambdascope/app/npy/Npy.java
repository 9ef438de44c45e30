package org.lambdascope.app.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Arrays as NumPy's {@code .npy}, version 1.0: little-endian, C order. */
public final class Npy {

  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** NumPy's names of the types that are written and read. */
  static final String FLOAT32 = "<f4";

  static final String FLOAT64 = "<f8";
  static final String INT32 = "<i4";
  static final String INT64 = "<i8";

  /** The data begin at a multiple of this, as the format asks. */
  private static final int ALIGNMENT = 64;

  private Npy() {}

  /** What stands before the values of a float32 array, for writers that never hold all of it. */
  public static byte[] float32Header(int... shape) {
    return header(FLOAT32, shape);
  }

  /** A float32 array, {@code values[0 ≤ i < product of shape]}. */
  public static byte[] of(float[] values, int... shape) {
    byte[] out = begin(FLOAT32, Float.BYTES, shape);
    body(out, Float.BYTES, shape).asFloatBuffer().put(values, 0, entries(shape));
    return out;
  }

  /** A float64 array, likewise. */
  public static byte[] of(double[] values, int... shape) {
    byte[] out = begin(FLOAT64, Double.BYTES, shape);
    body(out, Double.BYTES, shape).asDoubleBuffer().put(values, 0, entries(shape));
    return out;
  }

  /** An int32 array, likewise. */
  public static byte[] of(int[] values, int... shape) {
    byte[] out = begin(INT32, Integer.BYTES, shape);
    body(out, Integer.BYTES, shape).asIntBuffer().put(values, 0, entries(shape));
    return out;
  }

  /** An int64 array, likewise. */
  public static byte[] of(long[] values, int... shape) {
    byte[] out = begin(INT64, Long.BYTES, shape);
    body(out, Long.BYTES, shape).asLongBuffer().put(values, 0, entries(shape));
    return out;
  }

  /** All of an array, its values still 0. */
  private static byte[] begin(String type, int bytes, int... shape) {
    byte[] header = header(type, shape);
    int size = Math.addExact(header.length, Math.multiplyExact(entries(shape), bytes));
    return Arrays.copyOf(header, size);
  }

  private static ByteBuffer body(byte[] array, int bytes, int... shape) {
    int size = entries(shape) * bytes;
    return ByteBuffer.wrap(array, array.length - size, size).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int entries(int... shape) {
    int n = 1;
    for (int size : shape) {
      n = Math.multiplyExact(n, size);
    }
    return n;
  }

  private static byte[] header(String type, int... shape) {
    String sizes =
        Arrays.stream(shape)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, sizes);
    int unpadded = MAGIC.length + Short.BYTES + text.length() + 1;
    int start = Math.ceilDiv(unpadded, ALIGNMENT) * ALIGNMENT;
    byte[] padded =
        (text + " ".repeat(start - unpadded) + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(start)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) padded.length)
        .put(padded)
        .array();
  }
}
