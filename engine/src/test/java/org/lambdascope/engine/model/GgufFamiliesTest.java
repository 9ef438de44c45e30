package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.convert.GgufConversion;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import org.lambdascope.engine.tensor.DType;

/**
 * The families' fixtures as GGUF files: those that the {@code gguf} package wrote, and our own
 * conversions. Both have the logits that PyTorch computed from the checkpoint.
 */
final class GgufFamiliesTest {

  private static final float TOLERANCE = 1e-3f;

  @TempDir Path folder;

  static List<String> converted() {
    return Stream.of(ReferenceFixture.ALL_ARMS, ReferenceFixture.FAMILIES)
        .flatMap(List::stream)
        .filter(name -> !name.equals("dynamic")) // which GGUF cannot say
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mpt",
        "mpt-odd",
        "gptj",
        "neox-parallel",
        "mistral",
        "qwen2",
        "qwen3",
        "phi3",
        "llama3",
        "yarn",
        "mqa-bias"
      })
  void filesOfTheReferenceWriterHaveTheLogitsOfTheCheckpoint(String name) throws IOException {
    checkLogits(name, ReferenceFixture.folder("gguf-families").resolve(name + ".gguf"));
  }

  @ParameterizedTest
  @MethodSource("converted")
  void conversionsHaveTheLogitsOfTheCheckpoint(String name) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    Path file = convert(fixture.model(), DType.F32);
    checkLogits(name, file);
    ModelConfig before;
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      before = model.decoder().config();
    }
    try (LoadedDecoder model = ModelLoader.openDecoder(file, 1)) {
      ModelConfig after = model.decoder().config();
      assertThat(after.pretrainLength()).isEqualTo(before.pretrainLength());
      assertThat(after.slidingWindow()).isEqualTo(before.slidingWindow());
      assertThat(after.tiedEmbeddings()).isEqualTo(before.tiedEmbeddings());
      assertThat(after.norm()).isEqualTo(before.norm());
    }
  }

  private static void checkLogits(String name, Path file) throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    try (LoadedDecoder model = ModelLoader.openDecoder(file, 1)) {
      fixture
          .logits()
          .forEach(
              (arm, expected) ->
                  assertThat(
                          FixtureModels.maxDifference(
                              FixtureModels.logits(
                                  model.decoder(),
                                  FixtureModels.arm(arm),
                                  fixture.tokens(),
                                  50,
                                  256),
                              expected))
                      .as("%s, %s", file.getFileName(), arm)
                      .isLessThanOrEqualTo(TOLERANCE));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16", "Q8_0", "Q4_0"})
  void matricesAreStoredAsAskedAndVectorsInFull(DType type) throws IOException {
    Path file = convert(ReferenceFixture.folder("gqa"), type);
    try (GgufFile written = GgufFile.open(file)) {
      assertThat(written.get("blk.0.attn_norm.weight").dtype()).isEqualTo(DType.F32);
      boolean whole = written.get("blk.0.attn_q.weight").dim(1) % type.blockSize() == 0;
      assertThat(written.get("blk.0.attn_q.weight").dtype()).isEqualTo(whole ? type : DType.F16);
      DType head = type == DType.Q4_0 && whole ? DType.Q8_0 : whole ? type : DType.F16;
      String headName =
          written.find("output.weight").isPresent() ? "output.weight" : "token_embd.weight";
      assertThat(written.get(headName).dtype()).isEqualTo(head);
      assertThat(written.metadata().getString("tokenizer.ggml.model")).isEqualTo("none");
    }
    assertThat(ModelLoader.openDecoder(file, 1)).satisfies(LoadedDecoder::close);
  }

  /** A file that is converted to its own type is the same file but for nothing. */
  @Test
  void aGgufFileIsConvertedToo() throws IOException {
    Path first = convert(ReferenceFixture.folder("llama3"), DType.F32);
    Path again = folder.resolve("again.gguf");
    convert(first, DType.F32, again);
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(first));
    Path quantised = folder.resolve("q8.gguf");
    convert(first, DType.Q8_0, quantised);
    try (GgufFile written = GgufFile.open(quantised)) {
      assertThat(written.get("blk.1.ffn_up.weight").dtype()).isEqualTo(DType.Q8_0);
      assertThat(written.metadata().getInt("general.file_type")).isEqualTo(7);
    }
  }

  @Test
  void aFamilyThatIsNotConvertedSaysSo() {
    Path cepe = ReferenceFixture.folder("cepe-gqa");
    assertThatThrownBy(() -> GgufConversion.open(cepe, DType.Q8_0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected one that can be written as GGUF");
  }

  @Test
  void aScalingThatGgufCannotSayIsNamed() {
    Path dynamic = ReferenceFixture.folder("dynamic");
    assertThatThrownBy(() -> GgufConversion.open(dynamic, DType.Q8_0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected none, linear, llama3, longrope or yarn");
  }

  private Path convert(Path model, DType type) throws IOException {
    Path file = folder.resolve("converted.gguf");
    convert(model, type, file);
    return file;
  }

  private static void convert(Path model, DType type, Path file) throws IOException {
    try (GgufConversion conversion = GgufConversion.open(model, type);
        OutputStream out = Files.newOutputStream(file)) {
      conversion.writeTo(out, 2, Progress.NONE, Cancellation.NONE);
      assertThat(Files.size(file)).isEqualTo(conversion.bytes());
    }
  }
}
