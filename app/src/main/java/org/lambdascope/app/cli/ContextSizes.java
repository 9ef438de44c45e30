package org.lambdascope.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Amounts of context: tokens, or multiples of the decoder's window as {@code 4x}. */
final class ContextSizes {

  /** As far as the seeds go. */
  private static final int MOST = 131_072;

  private ContextSizes() {}

  /** None, one window, two, four and so on, up to what a text holds. */
  static List<Integer> doubling(int window, int longest) {
    List<Integer> sizes = new ArrayList<>(List.of(0));
    for (long size = window; size <= Math.min(longest, MOST); size *= 2) {
      sizes.add((int) size);
    }
    return sizes;
  }

  /**
   * Reads sizes.
   *
   * @param option what they were given to, for messages
   * @return ascending
   */
  static List<Integer> parse(String option, List<String> texts, int window) {
    TreeSet<Integer> sizes = new TreeSet<>();
    for (String text : texts) {
      String number = text.strip();
      boolean windows = number.endsWith("x");
      try {
        int value = Integer.parseInt(windows ? number.substring(0, number.length() - 1) : number);
        int size = windows ? Math.multiplyExact(value, window) : value;
        if (size < 0) {
          throw new ArithmeticException("negative");
        }
        sizes.add(size);
      } catch (NumberFormatException | ArithmeticException e) {
        throw new CliException(
            ExitStatus.USAGE,
            "%s: expected a number of tokens, or of windows as 4x, found '%s'"
                .formatted(option, text),
            e);
      }
    }
    return List.copyOf(sizes);
  }
}
