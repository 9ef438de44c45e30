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
  void refusesScalingsItDoesNotKnow() throws IOException {
    refuses(
        llama().key("llama.rope.scaling.type", GgufValueType.STRING).string("longrope"),
        "llama.rope.scaling.type: expected none, linear or yarn, found \"longrope\"");
  }

  @Test
  void readsTheScaleOfOlderFiles() throws IOException {
    refuses(
        llama()
            .key("llama.rope.scale_linear", GgufValueType.FLOAT32)
            .u32(Float.floatToIntBits(0.5f)),
        "linear: factor: expected a finite number of at least 1, found 0.5");
  }

  @Test
  void refusesToRotateMoreThanAHead() throws IOException {
    refuses(
        llama().key("llama.rope.dimension_count", GgufValueType.UINT32).u32(16),
        "llama.rope.dimension_count: expected at most the head size 8, found 16");
  }
}
