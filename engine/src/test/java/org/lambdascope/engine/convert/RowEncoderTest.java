package org.lambdascope.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/** Stored rows are those of the {@code gguf} package, byte by byte. */
final class RowEncoderTest {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16", "Q8_0", "Q4_0"})
  void bytesAreThoseOfTheReference(DType type) throws IOException {
    try (GgufFile file = GgufFile.open(fixture())) {
      Tensor values = file.get("values");
      Tensor expected = file.get(type.name().toLowerCase(Locale.ROOT));
      int columns = values.dim(1);
      int rowBytes = (int) type.bytes(columns);
      float[] all = values.data().toArray(FLOAT);
      byte[] stored = expected.data().toArray(ValueLayout.JAVA_BYTE);
      for (int row = 0; row < values.dim(0); row++) {
        byte[] out = new byte[rowBytes + 3];
        float[] in = Arrays.copyOfRange(all, row * columns, (row + 1) * columns);
        assertThat(RowEncoder.storable(type, in, columns)).isTrue();
        RowEncoder.encode(type, in, columns, out, 2);
        assertThat(Arrays.copyOfRange(out, 2, 2 + rowBytes))
            .as("%s, row %d", type, row)
            .containsExactly(Arrays.copyOfRange(stored, row * rowBytes, (row + 1) * rowBytes));
        assertThat(out[0] + out[1] + out[rowBytes + 2]).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsStoredInNoType(float value) {
    for (DType type : GgufConversion.TYPES) {
      assertThat(RowEncoder.storable(type, new float[] {0, value}, 2)).isFalse();
    }
    assertThat(RowEncoder.storable(DType.F16, new float[] {65_519}, 1)).isTrue();
    assertThat(RowEncoder.storable(DType.F16, new float[] {-65_520}, 1)).isFalse();
    assertThat(RowEncoder.storable(DType.BF16, new float[] {-65_520}, 1)).isTrue();
  }

  private static Path fixture() {
    try {
      return Path.of(
          Objects.requireNonNull(RowEncoderTest.class.getResource("/reference/quantised.gguf"))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("expected test resources in a folder", e);
    }
  }
}
