package org.lambdascope.engine.format.gguf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.format.MappedFile;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.Quoted;
import org.lambdascope.engine.format.TensorInfo;

/**
 * Parses and checks everything of a GGUF file that stands before the tensor data: magic, version,
 * counts, metadata, tensor table.
 */
final class GgufReader {

  private static final String ALIGNMENT_KEY = "general.alignment";
  private static final int DEFAULT_ALIGNMENT = 32;
  private static final int MAX_NAME_BYTES = 65_535;
  private static final int MAX_TEXT_BYTES = 1 << 26;
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_NESTING = 4;

  /** Above any vocabulary's needs, and a bound on the heap that a malformed file can claim. */
  private static final int MAX_ARRAY_ELEMENTS = 1 << 22;

  // Key length, one byte of key, value type, one byte of value.
  private static final int MIN_PAIR_BYTES = 8 + 1 + 4 + 1;
  // Name length, number of dimensions, type, offset.
  private static final int MIN_TENSOR_BYTES = 8 + 4 + 4 + 8;

  /**
   * A parsed head.
   *
   * @param version 2 or 3
   * @param metadata in file order
   * @param tensors in file order
   */
  record Head(int version, Map<String, GgufValue> metadata, List<TensorInfo> tensors) {}

  /** An entry of the table whose place in the file is not yet known. */
  private record Unplaced(String name, GgmlType type, long[] shape, long offset, long bytes) {}

  private final MappedFile file;
  private final GgufCursor cursor;
  private int arrayElements;

  GgufReader(MappedFile file) {
    this.file = file;
    this.cursor = new GgufCursor(file);
  }

  Head read() throws ModelFormatException {
    int version = version();
    int tensorCount = cursor.readCount("number of tensors", MIN_TENSOR_BYTES);
    int pairCount = cursor.readCount("number of metadata entries", MIN_PAIR_BYTES);
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    for (int i = 0; i < pairCount; i++) {
      pair(i, pairCount, metadata);
    }
    int alignment = alignment(metadata);
    List<Unplaced> unplaced = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tensorCount; i++) {
      unplaced.add(tensor(i, tensorCount, names, alignment));
    }
    return new Head(version, metadata, place(unplaced, alignment));
  }

  private int version() throws ModelFormatException {
    String where = file.path().toString();
    int magic = cursor.readInt("magic");
    byte[] bytes = {(byte) magic, (byte) (magic >> 8), (byte) (magic >> 16), (byte) (magic >> 24)};
    String found = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!found.equals("GGUF")) {
      boolean old = Set.of("lmgg", "fmgg", "tjgg", "algg").contains(found);
      throw new ModelFormatException(
          where,
          "expected the magic \"GGUF\", found %s%s"
              .formatted(
                  Quoted.of(found), old ? ", a format older than GGUF; convert the model" : ""));
    }
    int version = cursor.readInt("version");
    // The same test as llama.cpp's: no version fills the upper half, read in the right order.
    if (version != 0 && (version & 0xffff) == 0) {
      throw new ModelFormatException(
          where, "expected a little-endian GGUF file, found a big-endian one");
    }
    if (version == 1) {
      throw new ModelFormatException(
          where, "expected GGUF version 2 or 3, found version 1, which is no longer supported");
    }
    if (version != 2 && version != 3) {
      throw new ModelFormatException(
          where,
          "expected GGUF version 2 or 3, found version " + Integer.toUnsignedString(version));
    }
    return version;
  }

  private void pair(int i, int count, Map<String, GgufValue> metadata) throws ModelFormatException {
    String key =
        cursor.readString("key of metadata entry %d of %d".formatted(i + 1, count), MAX_NAME_BYTES);
    if (key.isEmpty()) {
      throw cursor.fault("metadata entry " + (i + 1), "expected a key, found an empty one");
    }
    String what = "key " + Quoted.of(key);
    GgufValue value = value(what, valueType(what), 0);
    if (metadata.put(key, value) != null) {
      throw cursor.fault(what, "expected each key once, found it twice");
    }
  }

  private GgufValueType valueType(String what) throws ModelFormatException {
    int code = cursor.readInt(what + " value type");
    for (GgufValueType type : GgufValueType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw cursor.fault(
        what, "expected a value type from 0 to 12, found " + Integer.toUnsignedString(code));
  }

  private GgufValue value(String what, GgufValueType type, int depth) throws ModelFormatException {
    return switch (type) {
      case UINT8 -> new GgufValue.Whole(type, cursor.readByte(what) & 0xffL);
      case INT8 -> new GgufValue.Whole(type, cursor.readByte(what));
      case UINT16 -> new GgufValue.Whole(type, cursor.readShort(what) & 0xffffL);
      case INT16 -> new GgufValue.Whole(type, cursor.readShort(what));
      case UINT32 -> new GgufValue.Whole(type, cursor.readInt(what) & 0xffff_ffffL);
      case INT32 -> new GgufValue.Whole(type, cursor.readInt(what));
      case UINT64, INT64 -> new GgufValue.Whole(type, cursor.readLong(what));
      case FLOAT32 -> new GgufValue.Real(type, Float.intBitsToFloat(cursor.readInt(what)));
      case FLOAT64 -> new GgufValue.Real(type, Double.longBitsToDouble(cursor.readLong(what)));
      case BOOL -> flag(what);
      case STRING -> new GgufValue.Text(cursor.readString(what, MAX_TEXT_BYTES));
      case ARRAY -> array(what, depth);
    };
  }

  private GgufValue flag(String what) throws ModelFormatException {
    byte value = cursor.readByte(what);
    if (value != 0 && value != 1) {
      throw cursor.fault(what, "expected a BOOL of 0 or 1, found " + (value & 0xff));
    }
    return new GgufValue.Flag(value == 1);
  }

  private GgufValue array(String what, int depth) throws ModelFormatException {
    if (depth >= MAX_NESTING) {
      throw cursor.fault(
          what, "expected arrays nested at most %d deep, found more".formatted(MAX_NESTING));
    }
    GgufValueType elementType = valueType(what + " array element");
    int length = cursor.readCount(what + " array length", elementType.minBytes());
    if (length > MAX_ARRAY_ELEMENTS - arrayElements) {
      throw cursor.fault(
          what,
          "expected at most %d array elements in all metadata, found %d"
              .formatted(MAX_ARRAY_ELEMENTS, (long) arrayElements + length));
    }
    arrayElements += length;
    List<GgufValue> values = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      values.add(value(what, elementType, depth + 1));
    }
    return new GgufValue.Values(elementType, Collections.unmodifiableList(values));
  }

  private int alignment(Map<String, GgufValue> metadata) throws ModelFormatException {
    @Nullable GgufValue value = metadata.get(ALIGNMENT_KEY);
    if (value == null) {
      return DEFAULT_ALIGNMENT;
    }
    if (value instanceof GgufValue.Whole whole
        && whole.value() >= 8
        && whole.value() <= 1 << 30
        && Long.bitCount(whole.value()) == 1) {
      return (int) whole.value();
    }
    throw new ModelFormatException(
        file.path().toString(),
        "expected %s to be a power of two, at least 8, found %s"
            .formatted(ALIGNMENT_KEY, value.describe()));
  }

  private Unplaced tensor(int i, int count, Set<String> names, int alignment)
      throws ModelFormatException {
    String name =
        cursor.readString("name of tensor %d of %d".formatted(i + 1, count), MAX_NAME_BYTES);
    String what = "tensor " + Quoted.of(name);
    if (!names.add(name)) {
      throw cursor.fault(what, "expected each tensor once, found it twice");
    }
    int rank = cursor.readInt(what + " number of dimensions");
    if (rank < 0 || rank > MAX_DIMENSIONS) {
      throw cursor.fault(
          what,
          "expected at most %d dimensions, found %s"
              .formatted(MAX_DIMENSIONS, Integer.toUnsignedString(rank)));
    }
    // The file has the innermost dimension first.
    long[] shape = new long[rank];
    for (int d = rank - 1; d >= 0; d--) {
      shape[d] = cursor.readLong(what + " dimension");
      if (shape[d] < 0) {
        throw cursor.fault(
            what, "expected dimensions below 2^63, found " + Long.toUnsignedString(shape[d]));
      }
    }
    int code = cursor.readInt(what + " type");
    GgmlType type = GgmlType.of(code).orElse(null);
    if (type == null) {
      throw cursor.fault(
          what,
          "expected type %s, found the unknown type %s"
              .formatted(GgufFile.SUPPORTED, Integer.toUnsignedString(code)));
    }
    long bytes = bytes(what, type, shape);
    long offset = cursor.readLong(what + " offset");
    if (offset < 0 || offset % alignment != 0) {
      throw cursor.fault(
          what,
          "expected an offset that is a multiple of %d, found %s"
              .formatted(alignment, Long.toUnsignedString(offset)));
    }
    return new Unplaced(name, type, shape, offset, bytes);
  }

  private long bytes(String what, GgmlType type, long[] shape) throws ModelFormatException {
    long row = shape.length == 0 ? 1 : shape[shape.length - 1];
    if (row % type.blockSize() != 0) {
      throw cursor.fault(
          what,
          "expected rows of whole %s blocks of %d, found rows of %d"
              .formatted(type, type.blockSize(), row));
    }
    try {
      long elements = 1;
      for (long d : shape) {
        elements = Math.multiplyExact(elements, d);
      }
      return Math.multiplyExact(elements / type.blockSize(), (long) type.blockBytes());
    } catch (ArithmeticException e) {
      throw new ModelFormatException(
          "%s: byte %d: %s".formatted(file.path(), cursor.position(), what),
          "expected a shape that fits into memory, found " + Quoted.shape(shape),
          e);
    }
  }

  private List<TensorInfo> place(List<Unplaced> unplaced, int alignment)
      throws ModelFormatException {
    long dataStart = Math.ceilDiv(cursor.position(), alignment) * (long) alignment;
    // A file without tensors may end before the padding.
    long dataBytes = Math.max(0, file.size() - dataStart);
    List<TensorInfo> tensors = new ArrayList<>(unplaced.size());
    for (Unplaced t : unplaced) {
      if (t.offset() > dataBytes || t.bytes() > dataBytes - t.offset()) {
        throw new ModelFormatException(
            file.path() + ": tensor " + Quoted.of(t.name()),
            "expected %d bytes at data offset %d, found only %d bytes of data; the file may be cut off"
                .formatted(t.bytes(), t.offset(), dataBytes));
      }
      tensors.add(
          new TensorInfo(
              t.name(),
              t.type().toString(),
              t.type().dtype(),
              t.shape(),
              dataStart + t.offset(),
              t.bytes()));
    }
    checkOverlaps(tensors, dataStart);
    return tensors;
  }

  private void checkOverlaps(List<TensorInfo> tensors, long dataStart) throws ModelFormatException {
    List<TensorInfo> sorted = new ArrayList<>(tensors);
    sorted.sort(Comparator.comparingLong(TensorInfo::offset).thenComparingLong(TensorInfo::end));
    for (int i = 1; i < sorted.size(); i++) {
      TensorInfo before = sorted.get(i - 1);
      TensorInfo tensor = sorted.get(i);
      if (tensor.offset() < before.end()) {
        throw new ModelFormatException(
            file.path().toString(),
            "expected tensors that do not overlap, found %s at data offset %d inside %s, which ends at %d"
                .formatted(
                    Quoted.of(tensor.name()),
                    tensor.offset() - dataStart,
                    Quoted.of(before.name()),
                    before.end() - dataStart));
      }
    }
  }
}
