package org.lambdascope.engine.format.gguf;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.model.ModelLoader;

/** A LLaMA whose positions mean something else is refused, rather than run wrongly. */
final class GgufRopeTest {

  @TempDir Path folder;

  private static GgufBytes llama() {
    return GgufBytes.head(3, 0, 4)
        .key("general.architecture", GgufValueType.STRING)
        .string("llama")
        .key("llama.embedding_length", GgufValueType.UINT32)
        .u32(64)
        .key("llama.attention.head_count", GgufValueType.UINT32)
        .u32(8);
  }

  private void refuses(GgufBytes file, String message) throws IOException {
    Path path = Files.write(folder.resolve("llama.gguf"), file.pad(32).bytes());
    assertThatThrownBy(() -> ModelLoader.openDecoder(path, 1))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesScaledFrequencies() throws IOException {
    refuses(
        llama().key("llama.rope.scaling.type", GgufValueType.STRING).string("yarn"),
        "expected plain RoPE");
  }

  @Test
  void refusesTheScaleOfOlderFiles() throws IOException {
    refuses(
        llama().key("llama.rope.scale_linear", GgufValueType.FLOAT32).u32(Float.floatToIntBits(2)),
        "expected plain RoPE");
  }

  @Test
  void refusesPartialRotation() throws IOException {
    refuses(
        llama().key("llama.rope.dimension_count", GgufValueType.UINT32).u32(4),
        "llama.rope.dimension_count: expected the head size 8, found 4");
  }
}
