package org.lambdascope.engine.format.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lambdascope.engine.format.safetensors.SafetensorsBytes.entry;

import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.TensorInfo;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

class SafetensorsSourceTest {

  @TempDir Path folder;

  private Path write(String name, byte[] bytes) throws Exception {
    return Files.write(folder.resolve(name), bytes);
  }

  private Path index(String json) throws Exception {
    return Files.writeString(folder.resolve(SafetensorsSource.INDEX_FILE), json);
  }

  @Test
  void tensorsAreViewsOfTheirBytes() throws Exception {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},%s,%s,%s,%s}"
            .formatted(
                entry("late", "BF16", "[2,2]", 7, 15),
                entry("early", "F32", "[1]", 0, 4),
                // Misaligned from here on: the format allows it.
                entry("flags", "BOOL", "[3]", 4, 7),
                entry("none", "F16", "[0,5]", 15, 15));
    write("model.safetensors", SafetensorsBytes.of(header + "   ", 15));
    try (SafetensorsSource source = SafetensorsSource.open(folder)) {
      assertThat(source.names()).containsExactly("early", "flags", "late", "none");
      assertThat(source.metadata()).isEqualTo(Map.of("format", "pt"));
      assertThat(source.bytes()).isEqualTo(15);
      Tensor late = source.get("late");
      assertThat(late.dtype()).isEqualTo(DType.BF16);
      assertThat(late.shape()).containsExactly(2, 2);
      assertThat(late.data().toArray(ValueLayout.JAVA_BYTE))
          .containsExactly(7, 8, 9, 10, 11, 12, 13, 14);
      assertThat(late.data().isReadOnly()).isTrue();
      assertThat(source.get("none").elements()).isZero();
      assertThat(source.find("absent")).isEmpty();
    }
  }

  @Test
  void movedTensorsHoldTheSame() throws Exception {
    int large = 10 << 20;
    String header =
        "{%s,%s,%s,%s}"
            .formatted(
                entry("small", "F32", "[3]", 0, 12),
                entry("flags", "BOOL", "[3]", 12, 15),
                entry("large", "BF16", "[5,1048576]", 15, 15 + large),
                entry("none", "F16", "[0,5]", 15 + large, 15 + large));
    write("model.safetensors", SafetensorsBytes.of(header, 15 + large));
    Tensor after;
    try (SafetensorsSource source = SafetensorsSource.open(folder)) {
      Tensor before = source.get("large");
      source.moveToLargePages();
      after = source.get("large");
      assertThat(after.dtype()).isEqualTo(DType.BF16);
      assertThat(after.shape()).containsExactly(5, 1048576);
      assertThat(after.data().mismatch(before.data())).isEqualTo(-1);
      assertThat(after.data().isReadOnly()).isTrue();
      assertThat(source.get("small").data().toArray(ValueLayout.JAVA_BYTE))
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
      assertThat(source.get("none").elements()).isZero();
      assertThat(source.names()).containsExactly("small", "flags", "large", "none");
      assertThat(source.bytes()).isEqualTo(15 + large);
    }
    assertThatThrownBy(() -> after.data().get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aScalarHasOneElement() throws Exception {
    Path file = write("s", SafetensorsBytes.of("{" + entry("s", "F32", "[]", 0, 4) + "}", 4));
    try (SafetensorsSource source = SafetensorsSource.openFile(file)) {
      assertThat(source.get("s").elements()).isEqualTo(1);
    }
  }

  @Test
  void unreadableTypesAreListedAndFailOnlyWhenAskedFor() throws Exception {
    String header =
        "{%s,%s}".formatted(entry("ids", "I64", "[1]", 0, 8), entry("w8", "F8_E4M3", "[2]", 8, 10));
    Path file = write("m.safetensors", SafetensorsBytes.of(header, 10));
    try (SafetensorsSource source = SafetensorsSource.openFile(file)) {
      assertThat(source.skipped()).extracting(TensorInfo::name).containsExactly("ids", "w8");
      assertThatThrownBy(() -> source.get("ids"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessage(
              file
                  + ": tensor \"ids\" is stored as I64, which is not supported, expected F32, F16"
                  + " or BF16");
      assertThatThrownBy(() -> source.find("w8"))
          .hasMessageContaining("is stored as F8_E4M3, which is not supported")
          .hasMessageContaining("take the checkpoint's release in BF16");
    }
  }

  @Test
  void aMissingNameListsItsNeighbours() throws Exception {
    String header =
        "{%s,%s,%s,%s}"
            .formatted(
                entry("model.layers.0.self_attn.q_proj.weight", "F16", "[1]", 0, 2),
                entry("model.layers.1.self_attn.q_proj.weight", "F16", "[1]", 2, 4),
                entry("model.norm.weight", "F16", "[1]", 4, 6),
                entry("lm_head", "F16", "[1]", 6, 8));
    Path file = write("m.safetensors", SafetensorsBytes.of(header, 8));
    try (SafetensorsSource source = SafetensorsSource.openFile(file)) {
      assertThatThrownBy(() -> source.get("model.layers.0.self_attn.g_proj.weight"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageStartingWith(
              file
                  + ": expected a tensor \"model.layers.0.self_attn.g_proj.weight\", found 4"
                  + " others, the nearest: \"model.layers.0.self_attn.q_proj.weight\","
                  + " \"model.layers.1.self_attn.q_proj.weight\"");
    }
  }

  @Test
  void afterCloseTensorsAreDead() throws Exception {
    Path file = write("s", SafetensorsBytes.of("{" + entry("s", "F32", "[1]", 0, 4) + "}", 4));
    SafetensorsSource source = SafetensorsSource.openFile(file);
    Tensor tensor = source.get("s");
    source.close();
    source.close();
    assertThatThrownBy(() -> tensor.data().get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void filesBeyondTwoGibibytesAreMapped() throws Exception {
    long big = (1L << 31) + 4096;
    String header =
        "{%s,%s}"
            .formatted(
                entry("big", "F16", "[" + big / 2 + "]", 0, big),
                entry("tail", "F16", "[1]", big, big + 2));
    Path file = write("big.safetensors", SafetensorsBytes.of(header, 0));
    // A sparse file: it takes no room on disk.
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(out.length() + big);
      out.write(new byte[] {1, 2});
    }
    try (SafetensorsSource source = SafetensorsSource.openFile(file)) {
      assertThat(source.get("big").data().byteSize()).isEqualTo(big);
      assertThat(source.get("tail").data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2);
    }
  }

  @Test
  void manyTensorsOpen() throws Exception {
    int n = 100_000;
    StringBuilder header = new StringBuilder("{");
    for (int i = n - 1; i >= 0; i--) {
      header.append(entry("model.layers." + i + ".weight", "F16", "[2,1]", 4L * i, 4L * i + 4));
      header.append(i > 0 ? ',' : '}');
    }
    Path file = write("many", SafetensorsBytes.of(header.toString(), 4 * n));
    try (SafetensorsSource source = SafetensorsSource.openFile(file)) {
      assertThat(source.names()).hasSize(n).startsWith("model.layers.0.weight");
      assertThat(source.bytes()).isEqualTo(4L * n);
    }
  }

  @Test
  void shardsAreOneSource() throws Exception {
    write("a.safetensors", SafetensorsBytes.of("{" + entry("x", "F16", "[1]", 0, 2) + "}", 2));
    write(
        "b.safetensors",
        SafetensorsBytes.of(
            "{%s,%s}".formatted(entry("y", "F16", "[1]", 0, 2), entry("x", "F16", "[1]", 2, 4)),
            4));
    index(
        "{\"metadata\":{\"total_size\":4},\"weight_map\":{\"x\":\"b.safetensors\",\"y\":\"b.safetensors\"}}");
    try (SafetensorsSource source = SafetensorsSource.open(folder)) {
      assertThat(source.names()).containsExactly("y", "x");
      assertThat(source.get("x").data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(2, 3);
      assertThat(source.location()).endsWith("index.json");
    }
  }

  private void assertFolderFails(String message) {
    assertThatThrownBy(() -> SafetensorsSource.open(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void missingShardsAreCountedAndNamed() throws Exception {
    write("a.safetensors", SafetensorsBytes.of("{" + entry("x", "F16", "[1]", 0, 2) + "}", 2));
    index(
        """
        {"weight_map": {"x": "a.safetensors", "y": "c.safetensors", "z": "b.safetensors"}}
        """);
    assertFolderFails(
        "index.json: expected 3 shards, found 2 missing, the first: \"b.safetensors\"");
  }

  @Test
  void aShardLacksATensor() throws Exception {
    write("a.safetensors", SafetensorsBytes.of("{" + entry("x", "F16", "[1]", 0, 2) + "}", 2));
    index("{\"weight_map\": {\"x\": \"a.safetensors\", \"y\": \"a.safetensors\"}}");
    assertFolderFails(
        "a.safetensors: expected the tensor \"y\", which model.safetensors.index.json places here,"
            + " found none of that name");
  }

  @Test
  void aShardOutsideTheFolderIsRefused() throws Exception {
    for (String name :
        new String[] {"../x", "/etc/passwd", "..", ".", "a/b", "C:x", "..\\\\x", "a\\u0000b"}) {
      index("{\"weight_map\": {\"x\": \"" + name + "\"}}");
      assertFolderFails("index.json: expected the plain name of a shard in the index's own folder");
    }
    index("{\"weight_map\": {\"x\": \"../x\"}}");
    assertFolderFails("found \"../x\"");
  }

  @Test
  void anIndexWithoutAMap() throws Exception {
    index("{\"metadata\": {}}");
    assertFolderFails(
        "index.json: expected weight_map to be an object from tensor to file, found nothing");
    index("{\"weight_map\": [1]}");
    assertFolderFails("expected weight_map to be an object from tensor to file, found a list of 1");
    index("{\"weight_map\": {}}");
    assertFolderFails("expected weight_map to name tensors, found it empty");
    index("{\"weight_map\": {\"x\": 3}}");
    assertFolderFails("expected weight_map to give a file name for tensor \"x\", found 3");
  }

  @Test
  void anIndexThatIsNotJson() throws Exception {
    index("{\"weight_map\": {\"x\"");
    assertFolderFails("index.json: expected JSON, found a fault at line 1");
    index("{\"weight_map\": {\"x\": \"a\", \"x\": \"b\"}}");
    assertFolderFails("Duplicate");
    index("");
    assertFolderFails("index.json: expected a JSON object, found an empty file");
  }

  @Test
  void aTensorInTwoShardsThatTheIndexDoesNotName() throws Exception {
    for (String shard : new String[] {"a", "b"}) {
      String header =
          "{%s,%s}".formatted(entry(shard, "F16", "[1]", 0, 2), entry("x", "F16", "[1]", 2, 4));
      write(shard, SafetensorsBytes.of(header, 4));
    }
    index("{\"weight_map\": {\"a\": \"a\", \"b\": \"b\"}}");
    assertFolderFails("b: expected each tensor in one shard, found \"x\" in two");
  }

  @Test
  void foldersWithoutWeights() throws Exception {
    assertFolderFails(
        folder
            + ": expected model.safetensors or model.safetensors.index.json, found no weights in"
            + " that folder");
    write("pytorch_model.bin", new byte[] {1});
    assertFolderFails("found only \"pytorch_model.bin\"");
    assertThatThrownBy(() -> SafetensorsSource.open(folder.resolve("absent")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(folder.resolve("absent") + ": expected a folder, found nothing there");
    assertThatThrownBy(() -> SafetensorsSource.open(folder.resolve("pytorch_model.bin")))
        .hasMessageEndingWith(": expected a folder, found a file");
  }

  @Test
  void filesThatAreNone() throws Exception {
    assertThatThrownBy(() -> SafetensorsSource.openFile(folder))
        .hasMessage(folder + ": expected a file, found a folder");
    Path empty = write("empty", new byte[0]);
    assertThatThrownBy(() -> SafetensorsSource.openFile(empty))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(empty + ": expected a model file, found no bytes");
    Path pointer =
        write(
            "pointer",
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"
                .getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> SafetensorsSource.openFile(pointer))
        .hasMessageContaining("found a Git LFS pointer");
  }
}
