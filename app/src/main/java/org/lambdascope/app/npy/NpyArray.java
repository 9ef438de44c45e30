package org.lambdascope.app.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An array that was read from NumPy's {@code .npy}. Everything is checked before it is used. */
public final class NpyArray {

  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '(<[fi][48])', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\),? ?\\}\\s*");

  private final String where;
  private final String type;
  private final int[] shape;
  private final ByteBuffer data;

  private NpyArray(String where, String type, int[] shape, ByteBuffer data) {
    this.where = where;
    this.type = type;
    this.shape = shape;
    this.data = data;
  }

  /**
   * Reads an array.
   *
   * @param where what the bytes are, for messages
   * @throws IOException if they are no such array, or an incomplete one
   */
  public static NpyArray read(byte[] bytes, String where) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int fixed = Npy.MAGIC.length + Short.BYTES;
    if (bytes.length < fixed
        || !Arrays.equals(bytes, 0, Npy.MAGIC.length, Npy.MAGIC, 0, Npy.MAGIC.length)) {
      throw new IOException(
          "%s: expected a NumPy array (.npy, version 1.0), found %d other bytes"
              .formatted(where, bytes.length));
    }
    int length = in.getShort(Npy.MAGIC.length) & 0xFFFF;
    if (fixed + length > bytes.length) {
      throw new IOException(
          "%s: expected a header of %d bytes, found the end after %d"
              .formatted(where, length, bytes.length - fixed));
    }
    String header = new String(bytes, fixed, length, StandardCharsets.US_ASCII);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new IOException(
          "%s: expected a little-endian array in C order of float32, float64, int32 or int64, found %s"
              .formatted(where, header.strip()));
    }
    String type = matcher.group(1);
    int[] shape;
    long expected;
    try {
      shape =
          Arrays.stream(matcher.group(2).split(","))
              .map(String::strip)
              .filter(s -> !s.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      expected = itemBytes(type);
      for (int size : shape) {
        expected = Math.multiplyExact(expected, (long) size);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IOException("%s: a shape that cannot be: %s".formatted(where, header.strip()), e);
    }
    int found = bytes.length - fixed - length;
    if (found != expected) {
      throw new IOException(
          "%s: expected %d bytes of values, found %d".formatted(where, expected, found));
    }
    ByteBuffer data = in.slice(fixed + length, found).order(ByteOrder.LITTLE_ENDIAN);
    return new NpyArray(where, type, shape, data);
  }

  /**
   * The values of a float32 array.
   *
   * @throws IOException if the array is of another type or shape
   */
  public float[] floats(int... expected) throws IOException {
    float[] out = new float[entries(Npy.FLOAT32, expected)];
    data.asFloatBuffer().get(out);
    return out;
  }

  /** The values of a float64 array, likewise. */
  public double[] doubles(int... expected) throws IOException {
    double[] out = new double[entries(Npy.FLOAT64, expected)];
    data.asDoubleBuffer().get(out);
    return out;
  }

  /** The values of an int32 array, likewise. */
  public int[] ints(int... expected) throws IOException {
    int[] out = new int[entries(Npy.INT32, expected)];
    data.asIntBuffer().get(out);
    return out;
  }

  /** The values of an int64 array, likewise. */
  public long[] longs(int... expected) throws IOException {
    long[] out = new long[entries(Npy.INT64, expected)];
    data.asLongBuffer().get(out);
    return out;
  }

  private int entries(String expectedType, int... expected) throws IOException {
    if (!type.equals(expectedType) || !Arrays.equals(shape, expected)) {
      throw new IOException(
          "%s: expected %s of shape %s, found %s of shape %s"
              .formatted(
                  where, expectedType, Arrays.toString(expected), type, Arrays.toString(shape)));
    }
    return data.remaining() / itemBytes(type);
  }

  /** Bytes of a value: what stands last in NumPy's name of its type. */
  private static int itemBytes(String type) {
    return type.charAt(2) - '0';
  }
}
