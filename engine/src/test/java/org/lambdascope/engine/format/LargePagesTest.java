package org.lambdascope.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LargePagesTest {

  private static final long PAGE = 2L << 20;

  @BeforeEach
  void needsThem() {
    assumeTrue(LargePages.isOffered(), "the system offers no large pages");
  }

  @Test
  void memoryBeginsWithAPageAndGoesWithItsArena() {
    MemorySegment memory;
    try (Arena arena = Arena.ofShared()) {
      long bytes = LargePages.LEAST + 100;
      memory = Objects.requireNonNull(LargePages.allocate(bytes, arena));
      assertThat(memory.address() % PAGE).isZero();
      assertThat(memory.byteSize()).isEqualTo(bytes);
      memory.set(ValueLayout.JAVA_BYTE, bytes - 1, (byte) 7);
      assertThat(memory.get(ValueLayout.JAVA_BYTE, bytes - 1)).isEqualTo((byte) 7);
      assertThat(memory.get(ValueLayout.JAVA_BYTE, bytes / 2)).isZero();
    }
    assertThatThrownBy(() -> memory.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void littleAndTooMuchStayWhereTheyAre() {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(LargePages.allocate(LargePages.LEAST - 1, arena)).isNull();
      assertThat(LargePages.allocate(1L << 50, arena)).isNull();
    }
  }
}
