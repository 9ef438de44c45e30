package org.lambdascope.app.cli;

import java.util.Arrays;

/** Reads token ids as people write them: whole numbers between commas or white space. */
final class TokenIds {

  private TokenIds() {}

  /**
   * Reads ids.
   *
   * @param where the option or file, for messages
   */
  static int[] parse(String where, String text) {
    String[] parts = text.strip().split("[\\s,;]+", 0);
    int[] ids = new int[parts.length];
    int n = 0;
    for (String part : parts) {
      if (part.isEmpty() || part.equals("[") || part.equals("]")) {
        continue;
      }
      // A JSON array is what other tools print.
      String digits = part.replaceAll("^\\[|\\]$", "");
      try {
        ids[n] = Integer.parseInt(digits);
      } catch (NumberFormatException e) {
        throw new CliException(
            ExitStatus.USAGE,
            "%s: expected whole numbers such as 1,2,3, found '%s' as number %d"
                .formatted(where, abbreviated(part), n + 1),
            e);
      }
      n++;
    }
    if (n == 0) {
      throw CliException.usage(where + ": expected at least 1 id, found none");
    }
    return Arrays.copyOf(ids, n);
  }

  /** Checks ids against a vocabulary. */
  static void check(String where, int[] ids, int vocabularySize) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= vocabularySize) {
        throw CliException.usage(
            "%s: expected ids from 0 to %d, found %d as number %d"
                .formatted(where, vocabularySize - 1, ids[i], i + 1));
      }
    }
  }

  private static String abbreviated(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
