package org.lambdascope.engine.format.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.lambdascope.engine.tensor.DType;

/**
 * Writes a GGUF file, version 3, little-endian, from front to back: first everything that stands
 * before the data, then the bytes of each tensor in the order in which they were declared. So a
 * model of any size passes through in bounded memory.
 */
public final class GgufWriter {

  private static final int ALIGNMENT = 32;
  private static final int VERSION = 3;

  /**
   * A tensor that will be written.
   *
   * @param name in the file
   * @param dtype its stored type
   * @param shape outermost first
   */
  public record Declared(String name, DType dtype, long[] shape) {

    public Declared {
      shape = shape.clone();
    }

    @Override
    public long[] shape() {
      return shape.clone();
    }

    /** Bytes of the data, without the padding after it. */
    public long bytes() {
      long elements = 1;
      for (long d : shape) {
        elements = Math.multiplyExact(elements, d);
      }
      return dtype.bytes(elements);
    }
  }

  private final OutputStream out;
  private final byte[] head;
  private final List<Declared> tensors;
  private int current = -1;
  private long missing;

  /**
   * Prepares a file; nothing is written yet.
   *
   * @param metadata in order
   * @param tensors in the order in which they will be written
   */
  public GgufWriter(OutputStream out, Map<String, GgufValue> metadata, List<Declared> tensors) {
    this.out = out;
    this.tensors = List.copyOf(tensors);
    this.head = head(metadata, this.tensors);
  }

  /** Size of the finished file in bytes. */
  public static long fileBytes(Map<String, GgufValue> metadata, List<Declared> tensors) {
    long bytes = head(metadata, tensors).length;
    for (Declared tensor : tensors) {
      bytes += padded(tensor.bytes());
    }
    return bytes;
  }

  /** Begins the next tensor; the first call writes the head before it. */
  public void begin() throws IOException {
    if (current < 0) {
      out.write(head);
    } else {
      finishTensor();
    }
    current++;
    if (current >= tensors.size()) {
      throw new IllegalStateException(
          "expected %d tensors, found one more".formatted(tensors.size()));
    }
    missing = tensors.get(current).bytes();
  }

  /** Writes the next bytes of the tensor that was begun. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    missing -= length;
    if (missing < 0) {
      throw new IllegalStateException(
          "tensor %s: expected %d bytes, found more"
              .formatted(tensors.get(current).name(), tensors.get(current).bytes()));
    }
    out.write(bytes, offset, length);
  }

  /** Ends the last tensor; a file without tensors is its head. */
  public void finish() throws IOException {
    if (current < 0) {
      out.write(head);
    } else {
      finishTensor();
    }
    if (current + 1 < tensors.size()) {
      throw new IllegalStateException(
          "expected %d tensors, found %d".formatted(tensors.size(), current + 1));
    }
  }

  private void finishTensor() throws IOException {
    Declared tensor = tensors.get(current);
    if (missing != 0) {
      throw new IllegalStateException(
          "tensor %s: expected %d bytes, found %d less"
              .formatted(tensor.name(), tensor.bytes(), missing));
    }
    out.write(new byte[(int) (padded(tensor.bytes()) - tensor.bytes())]);
  }

  private static long padded(long bytes) {
    return Math.ceilDiv(bytes, ALIGNMENT) * (long) ALIGNMENT;
  }

  private static byte[] head(Map<String, GgufValue> metadata, List<Declared> tensors) {
    Bytes bytes = new Bytes();
    bytes.write('G');
    bytes.write('G');
    bytes.write('U');
    bytes.write('F');
    bytes.int32(VERSION);
    bytes.int64(tensors.size());
    bytes.int64(metadata.size());
    metadata.forEach(
        (key, value) -> {
          bytes.text(key);
          bytes.int32(value.type().code());
          bytes.value(value);
        });
    long offset = 0;
    for (Declared tensor : tensors) {
      bytes.text(tensor.name());
      long[] shape = tensor.shape();
      bytes.int32(shape.length);
      for (int d = shape.length - 1; d >= 0; d--) {
        bytes.int64(shape[d]); // innermost first
      }
      bytes.int32(GgmlType.of(tensor.dtype()).code());
      bytes.int64(offset);
      offset += padded(tensor.bytes());
    }
    bytes.writeBytes(new byte[(int) (padded(bytes.size()) - bytes.size())]);
    return bytes.toByteArray();
  }

  /** Little-endian, as the format wants it. */
  private static final class Bytes extends ByteArrayOutputStream {

    private final ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

    void int32(int value) {
      buffer.putInt(0, value);
      write(buffer.array(), 0, 4);
    }

    void int64(long value) {
      buffer.putLong(0, value);
      write(buffer.array(), 0, 8);
    }

    void text(String value) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      int64(utf8.length);
      writeBytes(utf8);
    }

    void value(GgufValue value) {
      switch (value) {
        case GgufValue.Text text -> text(text.value());
        case GgufValue.Flag flag -> write(flag.value() ? 1 : 0);
        case GgufValue.Real real -> real(real);
        case GgufValue.Whole whole -> whole(whole);
        case GgufValue.Values array -> {
          int32(array.elementType().code());
          int64(array.values().size());
          array.values().forEach(this::value);
        }
      }
    }

    private void real(GgufValue.Real real) {
      if (real.type() == GgufValueType.FLOAT64) {
        int64(Double.doubleToRawLongBits(real.value()));
      } else {
        int32(Float.floatToRawIntBits((float) real.value()));
      }
    }

    private void whole(GgufValue.Whole whole) {
      buffer.putLong(0, whole.value());
      write(buffer.array(), 0, whole.type().minBytes());
    }
  }
}
