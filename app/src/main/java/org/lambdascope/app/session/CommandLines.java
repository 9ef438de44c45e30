package org.lambdascope.app.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines for a POSIX shell, from words and back to words. */
public final class CommandLines {

  /** What every line begins with. */
  public static final String PROGRAM = "lambdascope";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  private CommandLines() {}

  /** A line of words, each quoted where a shell would read it otherwise. */
  static String join(List<String> words) {
    return words.stream().map(CommandLines::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * The words of such a line.
   *
   * @throws IllegalArgumentException if a quote does not end
   */
  public static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean within = false;
    boolean begun = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'') {
        within = !within;
        begun = true;
      } else if (within || c != ' ') {
        boolean escaped = !within && c == '\\' && i + 1 < line.length();
        word.append(escaped ? line.charAt(++i) : c);
        begun = true;
      } else if (begun) {
        words.add(word.toString());
        word.setLength(0);
        begun = false;
      }
    }
    if (within) {
      throw new IllegalArgumentException("expected a quote to end, found none in: " + line);
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
