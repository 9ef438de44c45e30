package org.lambdascope.app.common;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * Breaks tokens into lines. Holds one number per line, so that a long document costs almost
 * nothing; what is on a line is worked out when it is drawn. No toolkit needed.
 */
final class TokenLayout {

  /** The layout of nothing. */
  static final TokenLayout EMPTY = new TokenLayout(new int[] {0}, 1, 0);

  private final int[] starts;
  private final int lines;
  private final int size;

  private TokenLayout(int[] starts, int lines, int size) {
    this.starts = starts;
    this.lines = lines;
    this.size = size;
  }

  /**
   * Lays tokens out.
   *
   * @param size number of tokens
   * @param ids position to id
   * @param widths id to width
   * @param startsWord whether a line may break before an id
   * @param breaksAfter whether an id ends its line
   * @param width width of a line; a token that is wider stands alone
   */
  static TokenLayout of(
      int size,
      IntUnaryOperator ids,
      IntToDoubleFunction widths,
      IntPredicate startsWord,
      IntPredicate breaksAfter,
      double width) {
    int[] starts = new int[16];
    int lines = 1;
    double x = 0; // where the line ends
    int word = 0; // where its last word begins
    double wordX = 0;
    boolean broken = false;
    for (int i = 0; i < size; i++) {
      int id = ids.applyAsInt(i);
      double w = widths.applyAsDouble(id);
      if (startsWord.test(id)) {
        word = i;
        wordX = x;
      }
      if (broken || (x > 0 && x + w > width)) {
        if (lines == starts.length) {
          starts = Arrays.copyOf(starts, lines * 2);
        }
        // Take the whole word along, unless it fills the line by itself.
        boolean carry = !broken && word > starts[lines - 1];
        starts[lines++] = carry ? word : i;
        x = carry ? x - wordX : 0;
        word = starts[lines - 1];
        wordX = 0;
      }
      x += w;
      broken = breaksAfter.test(id);
    }
    return new TokenLayout(starts, lines, size);
  }

  int lines() {
    return lines;
  }

  /** First token of a line. */
  int from(int line) {
    return starts[line];
  }

  /** One past the last token of a line. */
  int to(int line) {
    return line + 1 < lines ? starts[line + 1] : size;
  }

  /** The line of a token. */
  int lineOf(int position) {
    int found = Arrays.binarySearch(starts, 0, lines, position);
    return found >= 0 ? found : -found - 2;
  }
}
