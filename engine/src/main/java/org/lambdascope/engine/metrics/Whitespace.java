package org.lambdascope.engine.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * White space as the reference packages see it: Unicode's, with no-break spaces and the ASCII
 * separators U+001C to U+001F. {@link Character#isWhitespace} leaves out the no-break ones.
 */
final class Whitespace {

  private static final int NEXT_LINE = 0x85;
  private static final int FIRST_SEPARATOR = 0x1C;

  private Whitespace() {}

  static boolean is(int codePoint) {
    return (codePoint >= '\t' && codePoint <= '\r')
        || (codePoint >= FIRST_SEPARATOR && codePoint <= ' ')
        || codePoint == NEXT_LINE
        || Character.isSpaceChar(codePoint);
  }

  /** The runs of other characters. */
  static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < text.length(); i++) {
      // No white space lies outside the basic plane, so that chars serve as code points.
      boolean space = is(text.charAt(i));
      if (space && start >= 0) {
        words.add(text.substring(start, i));
      }
      start = space ? -1 : start < 0 ? i : start;
    }
    if (start >= 0) {
      words.add(text.substring(start));
    }
    return words;
  }

  static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  static String stripLeading(String text) {
    int start = 0;
    while (start < text.length() && is(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }
}
