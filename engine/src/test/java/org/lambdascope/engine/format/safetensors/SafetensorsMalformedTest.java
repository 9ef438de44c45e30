package org.lambdascope.engine.format.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.lambdascope.engine.format.safetensors.SafetensorsBytes.entry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.TensorInfo;

class SafetensorsMalformedTest {

  @TempDir Path folder;

  static Stream<Arguments> lengths() {
    byte[] json = "{}".getBytes(StandardCharsets.US_ASCII);
    return Stream.of(
        arguments(
            new byte[] {1, 2, 3},
            "expected 8 bytes that give the header's length, found a file of 3 bytes"),
        arguments(
            SafetensorsBytes.of(-1, json, 0),
            "expected a header of at most 100000000 bytes, found a length of 18446744073709551615"),
        arguments(
            SafetensorsBytes.of(100_000_001, json, 0),
            "expected a header of at most 100000000 bytes, found a length of 100000001"),
        arguments(
            SafetensorsBytes.of(3, json, 0),
            "expected a header of 3 bytes, found only 2 bytes after its length; the file is cut"
                + " off"),
        arguments(SafetensorsBytes.of(0, json, 0), "expected a JSON header, found one of 0 bytes"),
        arguments(
            SafetensorsBytes.of("[]", 0),
            "expected a JSON header that begins with '{', found byte 0x5b"),
        arguments(
            SafetensorsBytes.of(3, new byte[] {'{', (byte) 0xff, '}'}, 0),
            "header: expected JSON in UTF-8, found other bytes"),
        arguments(SafetensorsBytes.of("{\"a\"", 0), "header: expected JSON, found a fault at line"),
        arguments(SafetensorsBytes.of("{} {}", 0), "header: expected JSON, found a fault at line"),
        arguments(SafetensorsBytes.of("{}", 1), "found 1 bytes after it"));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void aBadHead(byte[] bytes, String message) throws Exception {
    assertFails(bytes, message);
  }

  static Stream<Arguments> headers() {
    String good = "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]";
    return Stream.of(
        arguments(
            "{" + entry("a", "F32", "[1]", 0, 4) + "," + entry("a", "F32", "[1]", 4, 8) + "}",
            "header: expected JSON, found a fault at line 1, column"),
        arguments("{\"a\":{\"shape\":[1],\"shape\":[2]}}", "Duplicate"),
        arguments(
            "{\"a\":7}",
            ": tensor \"a\": expected an object with dtype, shape and data_offsets, found 7"),
        arguments(
            "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}",
            ": tensor \"a\": expected dtype to be a text, found nothing"),
        arguments(
            "{\"a\":{\"dtype\":32,\"shape\":[2],\"data_offsets\":[0,8]}}",
            "expected dtype to be a text, found 32"),
        arguments(
            "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}",
            "expected shape to be a list of whole numbers, found nothing"),
        arguments(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":\"2\",\"data_offsets\":[0,8]}}",
            "expected shape to be a list of whole numbers, found the text \"2\""),
        arguments(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
            "expected data_offsets to be a list of whole numbers, found nothing"),
        arguments(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
            "expected 2 data_offsets, found 1"),
        arguments(
            "{" + entry("a", "Q9", "[2]", 0, 8) + "}",
            "expected a dtype of F32, F16 or BF16, found the unknown dtype \"Q9\""),
        arguments(
            "{" + entry("a", "F32", "[-2]", 0, 8) + "}",
            "expected shape to hold whole numbers from 0 to 2^63 - 1, found -2"),
        arguments(
            "{" + entry("a", "F32", "[2.0]", 0, 8) + "}",
            "expected shape to hold whole numbers from 0 to 2^63 - 1, found 2.0"),
        arguments(
            "{" + entry("a", "F32", "[9223372036854775808]", 0, 8) + "}",
            "found 9223372036854775808"),
        arguments(
            "{" + entry("a", "F32", "[4294967296,4294967296]", 0, 8) + "}",
            "expected a shape that fits into memory, found [4294967296, 4294967296]"),
        arguments(
            "{" + entry("a", "F32", "[2]", 8, 0) + "}",
            "expected data_offsets in order, found [8, 0]"),
        arguments(
            "{" + entry("a", "F32", "[3]", 0, 12) + "}",
            "expected data_offsets within the 8 bytes of tensor data, found [0, 12]"),
        arguments(
            "{" + entry("a", "F32", "[2]", 0, 7) + "}",
            "expected 8 bytes for F32[2], found data_offsets [0, 7], which are 7 bytes"),
        arguments("{" + entry("a", "F4", "[3]", 0, 1) + "}", "expected whole bytes, found F4[3]"),
        arguments(
            "{" + entry("a", "F32", "[2]", 0, 8) + "," + entry("b", "F32", "[1]", 4, 8) + "}",
            "expected tensors that do not overlap, found \"b\" beginning at data offset 4, inside"
                + " \"a\", which ends at 8"),
        arguments(
            "{" + entry("a", "F16", "[1]", 0, 2) + "," + entry("b", "F32", "[1]", 4, 8) + "}",
            "expected tensors without holes between them, found 2 unused bytes before \"b\""),
        arguments("{" + entry("a", "F32", "[1]", 4, 8) + "}", "found 4 unused bytes before \"a\""),
        arguments(
            "{" + entry("a", "F32", "[1]", 0, 4) + "}",
            "expected the file to end with its last tensor, found 4 bytes after it"),
        arguments(
            "{\"__metadata__\":3,\"a\":{" + good + "}}",
            "expected __metadata__ to be an object, found 3"),
        arguments(
            "{\"__metadata__\":{\"k\":1},\"a\":{" + good + "}}",
            "expected \"k\" of __metadata__ to be a text, found 1"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aBadTable(String header, String message) throws Exception {
    assertFails(SafetensorsBytes.of(header, 8), message);
  }

  private void assertFails(byte[] bytes, String message) throws Exception {
    Path file = Files.write(folder.resolve("bad.safetensors"), bytes);
    assertThatThrownBy(() -> SafetensorsSource.openFile(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void deepNestingIsRefused() throws Exception {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertFails(SafetensorsBytes.of(deep, 0), "header: expected JSON, found a fault");
  }

  private static byte[] valid() {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},%s,%s,%s}"
            .formatted(
                entry("a", "F32", "[2,2]", 0, 16),
                entry("b", "BF16", "[3]", 16, 22),
                entry("c", "I8", "[2]", 22, 24));
    return SafetensorsBytes.of(header, 24);
  }

  @Test
  void everyTruncationIsRefused() throws Exception {
    byte[] valid = valid();
    assertThat(opens(valid)).isTrue();
    for (int length = 0; length < valid.length; length++) {
      assertThat(opens(Arrays.copyOf(valid, length))).as("cut to %d bytes", length).isFalse();
    }
  }

  @Test
  void flippedBytesAreReadOrRefused() throws Exception {
    byte[] valid = valid();
    Random random = new Random(2309);
    int opened = 0;
    int n = 4000;
    for (int i = 0; i < n; i++) {
      byte[] bytes = valid.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      opened += opens(bytes) ? 1 : 0;
    }
    assertThat(opened).isBetween(1, n - 1);
  }

  @Test
  void everyBitOfTheHeadIsReadOrRefused() throws Exception {
    byte[] valid = valid();
    int headerEnd = 8 + (int) ByteBuffer.wrap(valid).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    for (int bit = 0; bit < 8 * headerEnd; bit++) {
      byte[] bytes = valid.clone();
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      opens(bytes);
    }
  }

  /** Whether the bytes open; any other exception than the format's own fails the test. */
  private boolean opens(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("fuzz.safetensors"), bytes);
    try (SafetensorsSource source = SafetensorsSource.openFile(file)) {
      for (TensorInfo info : source.infos()) {
        if (info.readable()) {
          assertThat(source.get(info.name()).data().byteSize()).isEqualTo(info.bytes());
        } else {
          assertThatThrownBy(() -> source.get(info.name()))
              .isInstanceOf(ModelFormatException.class);
        }
      }
      return true;
    } catch (ModelFormatException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
      return false;
    }
  }
}
