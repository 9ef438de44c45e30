package org.lambdascope.app.cli;

import java.util.stream.Collectors;

/** Sets running text for a terminal. */
final class Paragraphs {

  private Paragraphs() {}

  /**
   * Breaks lines between words so that none, its indent counted, is longer than {@code width}. Line
   * breaks of the text stay; a word that fits on no line is broken.
   *
   * @param indent put in front of every line that is not empty
   * @param width at least one more than the indent
   * @return lines, each with its line break
   */
  static String wrap(String text, String indent, int width) {
    return text.lines()
        .map(line -> wrapLine(line.strip(), indent, width - indent.length()))
        .collect(Collectors.joining());
  }

  private static String wrapLine(String line, String indent, int room) {
    StringBuilder out = new StringBuilder();
    String rest = line;
    while (rest.length() > room) {
      int space = rest.lastIndexOf(' ', room);
      int end = space > 0 ? space : room;
      out.append(indent).append(rest, 0, end).append(System.lineSeparator());
      rest = rest.substring(end).stripLeading();
    }
    if (!rest.isEmpty()) {
      out.append(indent).append(rest);
    }
    return out.append(System.lineSeparator()).toString();
  }
}
