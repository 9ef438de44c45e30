package org.lambdascope.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class KernelsProviderTest {

  @Test
  void takesTheVectorTwinWhereItsModuleIs() {
    assertThat(KernelsProvider.load(null, true).description()).startsWith("vector, ");
    assertThat(KernelsProvider.load(null, false).description()).isEqualTo("scalar");
    assertThat(KernelsProvider.load().description()).isNotEmpty();
  }

  @Test
  void takesWhatItIsTold() {
    assertThat(KernelsProvider.load("scalar", true).description()).isEqualTo("scalar");
    assertThat(KernelsProvider.load("vector", true).description()).startsWith("vector, ");
  }

  @Test
  void explainsWhatItCannotDo() {
    assertThatThrownBy(() -> KernelsProvider.load("vector", false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("jdk.incubator.vector is missing");
    assertThatThrownBy(() -> KernelsProvider.load("simd", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("system property lambdascope.kernels: expected scalar or vector, found 'simd'");
  }

  @Test
  void explainsABadWidth() {
    String before = System.getProperty("lambdascope.vectorBits");
    // The width itself stays as it was: make sure that it is chosen before the property changes.
    String description = KernelsProvider.load("vector", true).description();
    System.setProperty("lambdascope.vectorBits", "300");
    try {
      assertThatThrownBy(() -> KernelsProvider.load("vector", true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "system property lambdascope.vectorBits: expected 128, 256 or 512, found '300'");
    } finally {
      if (before == null) {
        System.clearProperty("lambdascope.vectorBits");
      } else {
        System.setProperty("lambdascope.vectorBits", before);
      }
    }
    assertThat(KernelsProvider.load("vector", true).description()).isEqualTo(description);
  }
}
