package org.lambdascope.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.format.ModelFormatException;

class CharacterMapTest {

  private static final int HAS_VALUE = 1 << 8;

  /** A trie of one block whose root has the two given units, then the string "x". */
  private static ByteBuffer map(int first, int second) {
    ByteBuffer map = ByteBuffer.allocate(4 + 1024 + 2).order(ByteOrder.LITTLE_ENDIAN);
    map.putInt(0, 1024).putInt(4, first).putInt(8, second).put(4 + 1024, (byte) 'x');
    return map;
  }

  private static int offset(int offset) {
    return offset << 10;
  }

  @Test
  void stepsAndValuesInsideTheMapAreFine() {
    int valueZero = 1 << 31;
    assertThatCode(() -> CharacterMap.check(map(offset(1) | HAS_VALUE, valueZero), "map"))
        .doesNotThrowAnyException();
    assertThatCode(() -> CharacterMap.check(ByteBuffer.allocate(0), "map"))
        .doesNotThrowAnyException();
  }

  @Test
  void stepsAndValuesOutsideAreRefused() {
    assertThatThrownBy(() -> CharacterMap.check(map(offset(256), 0), "map"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("unit 0");
    assertThatThrownBy(() -> CharacterMap.check(map(offset(1) | HAS_VALUE, (1 << 31) | 2), "map"))
        .isInstanceOf(ModelFormatException.class);
  }

  @Test
  void sizesMustFit() {
    assertThatThrownBy(() -> CharacterMap.check(ByteBuffer.allocate(3), "map"))
        .isInstanceOf(ModelFormatException.class);
    assertThatThrownBy(() -> CharacterMap.check(map(0, 0).putInt(0, 2048), "map"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("2048");
  }
}
