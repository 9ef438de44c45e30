package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.format.safetensors.SafetensorsSource;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Stored weights stand for the floats that the {@code gguf} package says: scales that are zero,
 * subnormal, largest, infinite or NaN, and every kind of half and bfloat16.
 */
final class BlockReferenceTest {

  static Stream<Arguments> cases() {
    return Stream.of(
            "q8_0", "q4_0", "f16", "bf16", "q4_1", "q5_0", "q5_1", "iq4_nl", "q2_k", "q3_k", "q4_k",
            "q5_k", "q6_k")
        .flatMap(
            name ->
                Stream.of(new ScalarKernels(), KernelsProvider.load())
                    .map(kernels -> Arguments.of(name, kernels.description(), kernels)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void rowsAreReadBitByBit(String name, String description, Kernels kernels) throws IOException {
    try (GgufFile stored = GgufFile.open(file("blocks.gguf"));
        SafetensorsSource expected = SafetensorsSource.openFile(file("expected.safetensors"))) {
      Tensor weight = stored.get(name);
      int n = weight.dim(1);
      float[] values =
          expected
              .get(name)
              .data()
              .toArray(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
      float[] row = new float[n];
      for (int r = 0; r < weight.dim(0); r++) {
        kernels.readRow(weight, r, row, 0);
        for (int c = 0; c < n; c++) {
          assertThat(bits(row[c]))
              .as("%s, %s kernels, row %d, column %d", name, description, r, c)
              .isEqualTo(bits(values[r * n + c]));
        }
      }
    }
  }

  /** All NaNs are one: nothing is said about their payloads. */
  private static String bits(float value) {
    return "%08x (%s)".formatted(Float.floatToIntBits(value), value);
  }

  private static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(
                  BlockReferenceTest.class.getResource("/reference/blocks/" + name), name)
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("expected test resources in a folder", e);
    }
  }
}
