package org.lambdascope.engine.format.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.TensorInfo;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

class GgufFileTest {

  @TempDir Path folder;

  private GgufFile open(GgufBytes bytes) throws Exception {
    return GgufFile.open(Files.write(folder.resolve("m.gguf"), bytes.bytes()));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void tensorsAreViewsOfTheirBytes(int version) throws Exception {
    GgufBytes bytes =
        GgufBytes.head(version, 5, 0)
            .tensor("f32", 0, 0, 3, 2)
            .tensor("f16", 1, 32, 4)
            .tensor("q4", 2, 64, 32, 2)
            .tensor("q8", 8, 128, 32)
            .tensor("bf16", 30, 192, 1)
            .pad(32)
            .data(194);
    try (GgufFile file = open(bytes)) {
      assertThat(file.version()).isEqualTo(version);
      assertThat(file.names()).containsExactly("f32", "f16", "q4", "q8", "bf16");
      assertThat(file.bytes()).isEqualTo(24 + 8 + 36 + 34 + 2);
      assertThat(file.get("f32").shape()).containsExactly(2, 3);
      assertThat(file.get("q4").dtype()).isEqualTo(DType.Q4_0);
      assertThat(file.get("q4").shape()).containsExactly(2, 32);
      assertThat(file.get("q8").dtype()).isEqualTo(DType.Q8_0);
      assertThat(file.get("q8").data().byteSize()).isEqualTo(34);
      Tensor last = file.get("bf16");
      assertThat(last.data().toArray(ValueLayout.JAVA_BYTE))
          .containsExactly((byte) 192, (byte) 193);
      assertThat(file.find("absent")).isEmpty();
      assertThatThrownBy(() -> file.get("f64"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("expected a tensor \"f64\", found 5 others, the nearest: \"f");
    }
  }

  @Test
  void everyMetadataTypeIsRead() throws Exception {
    GgufBytes bytes =
        GgufBytes.head(3, 0, 15)
            .key("u8", GgufValueType.UINT8)
            .raw((byte) 255)
            .key("i8", GgufValueType.INT8)
            .raw((byte) -1)
            .key("u16", GgufValueType.UINT16)
            .raw((byte) 255, (byte) 255)
            .key("i16", GgufValueType.INT16)
            .raw((byte) 254, (byte) 255)
            .key("u32", GgufValueType.UINT32)
            .u32(-1)
            .key("i32", GgufValueType.INT32)
            .u32(-3)
            .key("f32", GgufValueType.FLOAT32)
            .u32(Float.floatToIntBits(1e-5f))
            .key("yes", GgufValueType.BOOL)
            .raw((byte) 1)
            .key("text", GgufValueType.STRING)
            .string("▁ü")
            .key("texts", GgufValueType.ARRAY)
            .u32(GgufValueType.STRING.code())
            .u64(2)
            .string("a")
            .string("")
            .key("u64", GgufValueType.UINT64)
            .u64(-1)
            .key("i64", GgufValueType.INT64)
            .u64(-4)
            .key("f64", GgufValueType.FLOAT64)
            .u64(Double.doubleToLongBits(0.1))
            .key("nested", GgufValueType.ARRAY)
            .u32(GgufValueType.ARRAY.code())
            .u64(2)
            .u32(GgufValueType.UINT8.code())
            .u64(1)
            .raw((byte) 7)
            .u32(GgufValueType.BOOL.code())
            .u64(0)
            .key("ints", GgufValueType.ARRAY)
            .u32(GgufValueType.INT32.code())
            .u64(2)
            .u32(1)
            .u32(-1);
    try (GgufFile file = open(bytes)) {
      GgufMetadata m = file.metadata();
      assertThat(m.keys()).hasSize(15).startsWith("u8", "i8");
      assertThat(m.getInt("u8")).isEqualTo(255);
      assertThat(m.getInt("i8")).isEqualTo(-1);
      assertThat(m.getInt("u16")).isEqualTo(65535);
      assertThat(m.getInt("i16")).isEqualTo(-2);
      assertThat(m.getLong("u32")).isEqualTo(4294967295L);
      assertThat(m.getInt("i32")).isEqualTo(-3);
      assertThat(m.getFloat("f32")).isEqualTo(1e-5f);
      assertThat(m.getFloat("u8")).isEqualTo(255f);
      assertThat(m.getBool("yes")).isTrue();
      assertThat(m.getString("text")).isEqualTo("▁ü");
      assertThat(m.getStringList("texts")).containsExactly("a", "");
      assertThat(m.getLong("i64")).isEqualTo(-4);
      assertThat(m.getFloat("f64")).isEqualTo(0.1f);
      assertThat(m.getIntList("ints")).containsExactly(1, -1);
      assertThat(m.getFloatList("ints")).containsExactly(1f, -1f);
      GgufValue.Values nested = (GgufValue.Values) m.value("nested").orElseThrow();
      assertThat(nested.values())
          .containsExactly(
              new GgufValue.Values(
                  GgufValueType.UINT8, List.of(new GgufValue.Whole(GgufValueType.UINT8, 7))),
              new GgufValue.Values(GgufValueType.BOOL, List.of()));

      assertThat(m.getInt("absent", 9)).isEqualTo(9);
      assertThat(m.getLong("absent", 9)).isEqualTo(9);
      assertThat(m.getFloat("absent", 0.5f)).isEqualTo(0.5f);
      assertThat(m.getBool("absent", true)).isTrue();
      assertThat(m.getString("absent", "d")).isEqualTo("d");
      assertThat(m.getStringList("absent", List.of("d"))).containsExactly("d");
      assertThat(m.getIntList("absent", List.of(1))).containsExactly(1);
      assertThat(m.getFloatList("absent", List.of(1f))).containsExactly(1f);

      String at = folder.resolve("m.gguf") + ": ";
      assertThatThrownBy(() -> m.getInt("absent"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessage(at + "expected key \"absent\" (a whole number below 2^31), found nothing");
      assertThatThrownBy(() -> m.getInt("text", 3))
          .hasMessage(
              at + "expected key \"text\" to be a whole number below 2^31, found STRING \"▁ü\"");
      assertThatThrownBy(() -> m.getInt("u32")).hasMessageContaining("found UINT32 4294967295");
      assertThatThrownBy(() -> m.getLong("u64"))
          .hasMessageContaining("found UINT64 18446744073709551615");
      assertThatThrownBy(() -> m.getBool("u8"))
          .hasMessageContaining("to be a truth value, found UINT8 255");
      assertThatThrownBy(() -> m.getString("yes"))
          .hasMessageContaining("to be a text, found BOOL true");
      assertThatThrownBy(() -> m.getStringList("ints"))
          .hasMessageContaining("to be an array of texts, found an array of 2 INT32");
      assertThatThrownBy(() -> m.getFloat("texts"))
          .hasMessageContaining("to be a number, found an array of 2 STRING");
    }
  }

  @Test
  void unreadableTypesAreListedAndFailOnlyWhenAskedFor() throws Exception {
    GgufBytes bytes =
        GgufBytes.head(3, 1, 0).tensor("blk.0.attn_q.weight", 15, 0, 256, 2).pad(32).data(584);
    try (GgufFile file = open(bytes)) {
      TensorInfo info = file.infos().getFirst();
      assertThat(info).hasToString("blk.0.attn_q.weight Q8_K[2, 256]");
      assertThat(info.readable()).isFalse();
      assertThatThrownBy(() -> file.find("blk.0.attn_q.weight"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessage(
              folder.resolve("m.gguf")
                  + ": tensor \"blk.0.attn_q.weight\" is stored as Q8_K, which is not supported,"
                  + " expected F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, IQ4_NL, Q2_K, Q3_K,"
                  + " Q4_K, Q5_K or Q6_K");
    }
  }

  @Test
  void theFilesOwnAlignmentHolds() throws Exception {
    GgufBytes bytes =
        GgufBytes.head(3, 2, 1)
            .key("general.alignment", GgufValueType.UINT32)
            .u32(8)
            .tensor("b", 1, 8, 1)
            .tensor("a", 1, 0, 1)
            .pad(8)
            .data(10);
    try (GgufFile file = open(bytes)) {
      assertThat(file.names()).containsExactly("b", "a");
      assertThat(file.get("b").data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(8, 9);
    }
  }

  @Test
  void tensorsBeyondTwoGibibytesAreMapped() throws Exception {
    long big = 1L << 31;
    byte[] head =
        GgufBytes.head(3, 2, 0)
            .tensor("big", 1, 0, big / 2)
            .tensor("tail", 1, big, 1)
            .pad(32)
            .bytes();
    Path path = Files.write(folder.resolve("big.gguf"), head);
    // A sparse file: it takes no room on disk.
    try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
      out.seek(head.length + big);
      out.write(new byte[] {1, 2});
    }
    try (GgufFile file = GgufFile.open(path)) {
      assertThat(file.get("tail").data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2);
    }
  }

  @Test
  void manyTensorsOpen() throws Exception {
    int n = 100_000;
    GgufBytes bytes = GgufBytes.head(3, n, 0);
    for (int i = 0; i < n; i++) {
      bytes.tensor("blk." + i + ".weight", 1, 32L * (n - 1 - i), 16);
    }
    try (GgufFile file = open(bytes.pad(32).data(32 * n))) {
      assertThat(file.names()).hasSize(n).startsWith("blk.0.weight");
    }
  }

  @Test
  void afterCloseTensorsAreDead() throws Exception {
    GgufFile file = open(GgufBytes.head(3, 1, 0).tensor("a", 1, 0, 1).pad(32).data(2));
    Tensor tensor = file.get("a");
    file.close();
    file.close();
    assertThatThrownBy(() -> tensor.data().get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }
}
