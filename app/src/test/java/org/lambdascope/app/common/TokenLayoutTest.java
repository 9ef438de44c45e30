package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenLayoutTest {

  // Ids stand for kinds: 0 a word's beginning, 1 a word's continuation, 2 a line break.
  private static TokenLayout layout(double width, int... ids) {
    return TokenLayout.of(ids.length, i -> ids[i], id -> 10, id -> id != 1, id -> id == 2, width);
  }

  @Test
  void breaksBeforeTheTokenThatDoesNotFit() {
    TokenLayout layout = layout(25, 0, 0, 0, 0, 0);
    assertThat(layout.lines()).isEqualTo(3);
    assertThat(layout.from(1)).isEqualTo(2);
    assertThat(layout.to(2)).isEqualTo(5);
    assertThat(layout.lineOf(3)).isEqualTo(1);
  }

  @Test
  void takesAWholeWordToTheNextLine() {
    TokenLayout layout = layout(35, 0, 0, 0, 1, 1);
    assertThat(layout.from(1)).isEqualTo(2);
    assertThat(layout.lines()).isEqualTo(2);
  }

  @Test
  void splitsAWordThatFillsTheLine() {
    TokenLayout layout = layout(25, 0, 1, 1, 1, 1);
    assertThat(layout.lines()).isEqualTo(3);
    assertThat(layout.from(1)).isEqualTo(2);
  }

  @Test
  void endsALineAfterALineBreak() {
    TokenLayout layout = layout(100, 0, 2, 0);
    assertThat(layout.lines()).isEqualTo(2);
    assertThat(layout.from(1)).isEqualTo(2);
  }

  @Property(seed = "20")
  void everyTokenIsOnExactlyOneLine(
      @ForAll @Size(max = 60) int @IntRange(max = 2) [] ids,
      @ForAll @IntRange(min = 1, max = 80) int width) {
    TokenLayout layout = layout(width, ids);
    int expected = 0;
    for (int line = 0; line < layout.lines(); line++) {
      assertThat(layout.from(line)).isEqualTo(expected);
      assertThat(layout.to(line)).isGreaterThanOrEqualTo(layout.from(line));
      for (int i = layout.from(line); i < layout.to(line); i++) {
        assertThat(layout.lineOf(i)).isEqualTo(line);
      }
      expected = layout.to(line);
    }
    assertThat(expected).isEqualTo(ids.length);
  }
}
