package org.lambdascope.engine.format.safetensors;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.format.MappedFile;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.Quoted;
import org.lambdascope.engine.format.StrictJson;
import org.lambdascope.engine.format.TensorInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The table of tensors at the head of a safetensors file: 8 bytes that give the length of a JSON
 * object, the object, then the buffer that the tensors cover without holes or overlaps.
 *
 * @param tensors in the order of their bytes, checked against the file
 * @param metadata the texts under {@code __metadata__}
 */
record SafetensorsHeader(List<TensorInfo> tensors, Map<String, String> metadata) {

  /** The limit of the reference implementation. */
  static final long MAX_HEADER_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  static SafetensorsHeader read(MappedFile file) throws ModelFormatException {
    String where = file.path().toString();
    long length = headerLength(file);
    byte[] bytes = file.data().asSlice(8, length).toArray(ValueLayout.JAVA_BYTE);
    if (bytes[0] != '{') {
      throw new ModelFormatException(
          where,
          "expected a JSON header that begins with '{', found byte 0x%02x".formatted(bytes[0]));
    }
    String whereHeader = where + ": header";
    ObjectNode header = StrictJson.parseObject(whereHeader, bytes);
    Map<String, String> metadata = Map.of();
    long dataStart = 8 + length;
    long dataBytes = file.size() - dataStart;
    List<TensorInfo> tensors = new ArrayList<>(header.size());
    for (Map.Entry<String, JsonNode> property : header.properties()) {
      if (property.getKey().equals(METADATA)) {
        metadata = metadata(whereHeader, property.getValue());
      } else {
        tensors.add(entry(where, property.getKey(), property.getValue(), dataStart, dataBytes));
      }
    }
    tensors.sort(Comparator.comparingLong(TensorInfo::offset).thenComparingLong(TensorInfo::end));
    checkCover(where, tensors, dataStart, dataBytes);
    return new SafetensorsHeader(Collections.unmodifiableList(tensors), metadata);
  }

  private static long headerLength(MappedFile file) throws ModelFormatException {
    String where = file.path().toString();
    if (file.size() < 8) {
      throw new ModelFormatException(
          where,
          "expected 8 bytes that give the header's length, found a file of %d bytes"
              .formatted(file.size()));
    }
    long length = file.data().get(LENGTH, 0);
    if (length < 0 || length > MAX_HEADER_BYTES) {
      throw new ModelFormatException(
          where,
          "expected a header of at most %d bytes, found a length of %s; is this a safetensors file?"
              .formatted(MAX_HEADER_BYTES, Long.toUnsignedString(length)));
    }
    if (length > file.size() - 8) {
      throw new ModelFormatException(
          where,
          "expected a header of %d bytes, found only %d bytes after its length; the file is cut off"
              .formatted(length, file.size() - 8));
    }
    if (length == 0) {
      throw new ModelFormatException(where, "expected a JSON header, found one of 0 bytes");
    }
    return length;
  }

  private static Map<String, String> metadata(String where, JsonNode node)
      throws ModelFormatException {
    if (!node.isObject()) {
      throw new ModelFormatException(
          where,
          "expected %s to be an object, found %s".formatted(METADATA, StrictJson.describe(node)));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (!property.getValue().isString()) {
        throw new ModelFormatException(
            where,
            "expected %s of %s to be a text, found %s"
                .formatted(
                    Quoted.of(property.getKey()),
                    METADATA,
                    StrictJson.describe(property.getValue())));
      }
      metadata.put(property.getKey(), property.getValue().stringValue());
    }
    return Collections.unmodifiableMap(metadata);
  }

  private static TensorInfo entry(
      String file, String name, JsonNode node, long dataStart, long dataBytes)
      throws ModelFormatException {
    String where = file + ": tensor " + Quoted.of(name);
    if (!node.isObject()) {
      throw new ModelFormatException(
          where,
          "expected an object with dtype, shape and data_offsets, found "
              + StrictJson.describe(node));
    }
    StoredType type = type(where, node.get("dtype"));
    long[] shape = wholeNumbers(where, "shape", node.get("shape"));
    long[] offsets = wholeNumbers(where, "data_offsets", node.get("data_offsets"));
    if (offsets.length != 2) {
      throw new ModelFormatException(
          where, "expected 2 data_offsets, found %d".formatted(offsets.length));
    }
    long begin = offsets[0];
    long end = offsets[1];
    if (begin > end) {
      throw new ModelFormatException(
          where, "expected data_offsets in order, found [%d, %d]".formatted(begin, end));
    }
    if (end > dataBytes) {
      throw new ModelFormatException(
          where,
          "expected data_offsets within the %d bytes of tensor data, found [%d, %d]; the file may be cut off"
              .formatted(dataBytes, begin, end));
    }
    long bytes = bytes(where, type, shape);
    if (bytes != end - begin) {
      throw new ModelFormatException(
          where,
          "expected %d bytes for %s%s, found data_offsets [%d, %d], which are %d bytes"
              .formatted(bytes, type, Quoted.shape(shape), begin, end, end - begin));
    }
    return new TensorInfo(name, type.toString(), type.dtype(), shape, dataStart + begin, bytes);
  }

  private static StoredType type(String where, @Nullable JsonNode node)
      throws ModelFormatException {
    if (node == null || !node.isString()) {
      throw new ModelFormatException(
          where, "expected dtype to be a text, found " + StrictJson.describe(node));
    }
    for (StoredType type : StoredType.values()) {
      if (type.name().equals(node.stringValue())) {
        return type;
      }
    }
    throw new ModelFormatException(
        where,
        "expected a dtype of F32, F16 or BF16, found the unknown dtype "
            + Quoted.of(node.stringValue()));
  }

  private static long[] wholeNumbers(String where, String key, @Nullable JsonNode node)
      throws ModelFormatException {
    if (node == null || !node.isArray()) {
      throw new ModelFormatException(
          where,
          "expected %s to be a list of whole numbers, found %s"
              .formatted(key, StrictJson.describe(node)));
    }
    long[] values = new long[node.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode item = node.get(i);
      if (!item.isIntegralNumber() || !item.canConvertToLong() || item.longValue() < 0) {
        throw new ModelFormatException(
            where,
            "expected %s to hold whole numbers from 0 to 2^63 - 1, found %s"
                .formatted(key, StrictJson.describe(item)));
      }
      values[i] = item.longValue();
    }
    return values;
  }

  private static long bytes(String where, StoredType type, long[] shape)
      throws ModelFormatException {
    long bits;
    try {
      long elements = 1;
      for (long d : shape) {
        elements = Math.multiplyExact(elements, d);
      }
      bits = Math.multiplyExact(elements, (long) type.bits());
    } catch (ArithmeticException e) {
      throw new ModelFormatException(
          where, "expected a shape that fits into memory, found " + Quoted.shape(shape), e);
    }
    if (bits % 8 != 0) {
      throw new ModelFormatException(
          where,
          "expected whole bytes, found %s%s, which is %d bits"
              .formatted(type, Quoted.shape(shape), bits));
    }
    return bits / 8;
  }

  private static void checkCover(
      String where, List<TensorInfo> sorted, long dataStart, long dataBytes)
      throws ModelFormatException {
    long cursor = dataStart;
    @Nullable TensorInfo before = null;
    for (TensorInfo tensor : sorted) {
      if (tensor.offset() < cursor && before != null) {
        throw new ModelFormatException(
            where,
            "expected tensors that do not overlap, found %s beginning at data offset %d, inside %s, which ends at %d"
                .formatted(
                    Quoted.of(tensor.name()),
                    tensor.offset() - dataStart,
                    Quoted.of(before.name()),
                    cursor - dataStart));
      }
      if (tensor.offset() > cursor) {
        throw new ModelFormatException(
            where,
            "expected tensors without holes between them, found %d unused bytes before %s"
                .formatted(tensor.offset() - cursor, Quoted.of(tensor.name())));
      }
      cursor = tensor.end();
      before = tensor;
    }
    if (cursor != dataStart + dataBytes) {
      throw new ModelFormatException(
          where,
          "expected the file to end with its last tensor, found %d bytes after it"
              .formatted(dataStart + dataBytes - cursor));
    }
  }
}
