package org.lambdascope.engine.format.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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

class GgufMalformedTest {

  private static final int STRING = GgufValueType.STRING.code();
  private static final int UINT8 = GgufValueType.UINT8.code();
  private static final int ARRAY = GgufValueType.ARRAY.code();

  @TempDir Path folder;

  static Stream<Arguments> heads() {
    return Stream.of(
        arguments(
            new GgufBytes().ascii("PK\3\4rest"),
            "expected the magic \"GGUF\", found \"PK\\u0003\\u0004\""),
        arguments(
            new GgufBytes().ascii("tjggrest"),
            "found \"tjgg\", a format older than GGUF; convert the model"),
        arguments(
            new GgufBytes().ascii("GG"),
            "byte 0: magic: expected 4 bytes, found 2 before the end of the file; it is cut off"),
        arguments(
            GgufBytes.head(0x03000000, 0, 0),
            "expected a little-endian GGUF file, found a big-endian one"),
        arguments(
            GgufBytes.head(1, 0, 0),
            "expected GGUF version 2 or 3, found version 1, which is no longer supported"),
        arguments(GgufBytes.head(4, 0, 0), "expected GGUF version 2 or 3, found version 4"),
        arguments(GgufBytes.head(0, 0, 0), "expected GGUF version 2 or 3, found version 0"),
        arguments(
            GgufBytes.head(3, 1L << 40, 0),
            "byte 8: number of tensors: expected at most 0, for which the rest of the file has"
                + " room, found 1099511627776"),
        arguments(GgufBytes.head(3, -1, 0), "number of tensors: expected at most 0, for which"),
        arguments(
            GgufBytes.head(3, 0, 3).data(28),
            "byte 16: number of metadata entries: expected at most 2, for which the rest of the"
                + " file has room, found 3"));
  }

  static Stream<Arguments> metadata() {
    return Stream.of(
        arguments(
            pair().u64(1L << 50).data(30),
            "key of metadata entry 1 of 1 length: expected at most 30, for which the rest of the"
                + " file has room, found 1125899906842624"),
        arguments(
            pair().u64(70_000).data(70_000),
            "key of metadata entry 1 of 1: expected at most 65535 bytes, found 70000"),
        arguments(
            pair().string("").u32(UINT8).data(8),
            "metadata entry 1: expected a key, found an empty one"),
        arguments(
            pair().u64(2).raw((byte) 0xc3, (byte) 0x28).data(9),
            "key of metadata entry 1 of 1: expected text in UTF-8, found other bytes"),
        arguments(
            pair().string("k").u32(13).data(8),
            "key \"k\": expected a value type from 0 to 12, found 13"),
        arguments(
            pair().key("k", GgufValueType.BOOL).raw((byte) 2),
            "key \"k\": expected a BOOL of 0 or 1, found 2"),
        arguments(
            pair().key("k", GgufValueType.UINT64).u32(1),
            "key \"k\": expected 8 bytes, found 4 before the end of the file; it is cut off"),
        arguments(
            pair().key("k", GgufValueType.STRING).u64(5).data(4),
            "key \"k\" length: expected at most 4, for which the rest of the file has room, found"
                + " 5"),
        arguments(
            pair().key("k", GgufValueType.ARRAY).u32(STRING).u64(3).data(16),
            "key \"k\" array length: expected at most 2, for which the rest of the file has room,"
                + " found 3"),
        arguments(
            pair().key("k", GgufValueType.ARRAY).u32(UINT8).u64(Long.MAX_VALUE).data(16),
            "key \"k\" array length: expected at most 16"),
        arguments(
            pair().key("k", GgufValueType.ARRAY).u32(77).u64(1).data(16),
            "key \"k\" array element: expected a value type from 0 to 12, found 77"),
        arguments(nested(5), "key \"k\": expected arrays nested at most 4 deep, found more"),
        arguments(
            pair()
                .key("k", GgufValueType.ARRAY)
                .u32(UINT8)
                .u64((1 << 22) + 1)
                .raw(new byte[(1 << 22) + 1]),
            "expected at most 4194304 array elements in all metadata, found 4194305"),
        arguments(
            GgufBytes.head(3, 0, 2)
                .key("k", GgufValueType.UINT32)
                .u32(1)
                .key("k", GgufValueType.UINT32)
                .u32(1),
            "key \"k\": expected each key once, found it twice"),
        arguments(
            pair().key("general.alignment", GgufValueType.UINT32).u32(24),
            "expected general.alignment to be a power of two, at least 8, found UINT32 24"),
        arguments(pair().key("general.alignment", GgufValueType.UINT32).u32(4), "found UINT32 4"),
        arguments(
            pair().key("general.alignment", GgufValueType.STRING).string("32"),
            "found STRING \"32\""));
  }

  static Stream<Arguments> tensors() {
    return Stream.of(
        arguments(
            table(1).u64(99).data(40),
            "name of tensor 1 of 1 length: expected at most 40, for which the rest of the file has"
                + " room, found 99"),
        arguments(
            table(1).tensor("a", 0, 0, 1, 1, 1, 1, 1),
            "tensor \"a\": expected at most 4 dimensions, found 5"),
        arguments(
            table(1).tensor("a", 0, 0, -1, 2),
            "tensor \"a\": expected dimensions below 2^63, found 18446744073709551615"),
        arguments(
            table(1).tensor("a", 0, 0, 1L << 32, 1L << 32),
            "tensor \"a\": expected a shape that fits into memory, found [4294967296,"
                + " 4294967296]"),
        arguments(table(1).tensor("a", 0, 0, 1L << 62), "tensor \"a\": expected a shape that fits"),
        arguments(
            table(1).tensor("a", 99, 0, 1),
            "tensor \"a\": expected type F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, IQ4_NL, Q2_K, Q3_K, Q4_K, Q5_K or Q6_K, found the unknown type 99"),
        arguments(
            table(1).tensor("a", 8, 0, 31, 32),
            "tensor \"a\": expected rows of whole Q8_0 blocks of 32, found rows of 31"),
        arguments(
            table(1).tensor("a", 0, 16, 1).pad(32).data(32),
            "tensor \"a\": expected an offset that is a multiple of 32, found 16"),
        arguments(
            table(1).tensor("a", 0, -32, 1).pad(32).data(32),
            "expected an offset that is a multiple of 32, found 18446744073709551584"),
        arguments(
            table(1).tensor("a", 0, 0, 9).pad(32).data(32),
            "tensor \"a\": expected 36 bytes at data offset 0, found only 32 bytes of data; the"
                + " file may be cut off"),
        arguments(
            table(1).tensor("a", 0, 1L << 62, 9).pad(32).data(32),
            "expected 36 bytes at data offset 4611686018427387904, found only 32 bytes of data"),
        arguments(
            table(2).tensor("a", 0, 0, 1).tensor("a", 0, 32, 1).pad(32).data(64),
            "tensor \"a\": expected each tensor once, found it twice"),
        arguments(
            table(2).tensor("b", 0, 32, 1).tensor("a", 0, 0, 9).pad(32).data(64),
            "expected tensors that do not overlap, found \"b\" at data offset 32 inside \"a\","
                + " which ends at 36"),
        arguments(
            table(2).tensor("a", 0, 0, 1),
            "number of tensors: expected at most 1, for which the rest of the file has room, found"
                + " 2"));
  }

  private static GgufBytes pair() {
    return GgufBytes.head(3, 0, 1);
  }

  private static GgufBytes table(int tensors) {
    return GgufBytes.head(3, tensors, 0);
  }

  private static GgufBytes nested(int depth) {
    GgufBytes bytes = pair().key("k", GgufValueType.ARRAY);
    for (int i = 1; i < depth; i++) {
      bytes.u32(ARRAY).u64(1);
    }
    return bytes.u32(UINT8).u64(1).data(1);
  }

  @ParameterizedTest
  @MethodSource({"heads", "metadata", "tensors"})
  void malformed(GgufBytes bytes, String message) throws Exception {
    Path file = Files.write(folder.resolve("bad.gguf"), bytes.bytes());
    assertThatThrownBy(() -> GgufFile.open(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  private static byte[] valid() {
    return GgufBytes.head(3, 3, 3)
        .key("general.alignment", GgufValueType.UINT32)
        .u32(8)
        .key("texts", GgufValueType.ARRAY)
        .u32(STRING)
        .u64(2)
        .string("a")
        .string("bc")
        .key("flag", GgufValueType.BOOL)
        .raw((byte) 1)
        .tensor("a", 0, 0, 2, 2)
        .tensor("b", 8, 16, 32)
        .tensor("c", 14, 56, 256)
        .pad(8)
        .data(266)
        .bytes();
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
    int head = valid.length - 266;
    for (int bit = 0; bit < 8 * head; bit++) {
      byte[] bytes = valid.clone();
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      opens(bytes);
    }
  }

  /** Whether the bytes open; any other exception than the format's own fails the test. */
  private boolean opens(byte[] bytes) throws Exception {
    Path path = Files.write(folder.resolve("fuzz.gguf"), bytes);
    try (GgufFile file = GgufFile.open(path)) {
      for (TensorInfo info : file.infos()) {
        if (info.readable()) {
          assertThat(file.get(info.name()).data().byteSize()).isEqualTo(info.bytes());
        } else {
          assertThatThrownBy(() -> file.get(info.name())).isInstanceOf(ModelFormatException.class);
        }
      }
      return true;
    } catch (ModelFormatException e) {
      assertThat(e).hasMessageStartingWith(path.toString());
      return false;
    }
  }
}
