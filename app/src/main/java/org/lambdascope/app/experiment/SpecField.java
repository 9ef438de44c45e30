package org.lambdascope.app.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.lambdascope.engine.spec.SpecText;

/**
 * A key of an experiment file, as a form shows it.
 *
 * @param key below its section, such as {@code make.lengths}
 * @param type how its value is typed
 * @param required whether the file must have it
 * @param standard what holds where it is not given, or what it is for
 * @param first the value that a new experiment begins with; empty for none
 */
record SpecField(String key, Type type, boolean required, String standard, String first) {

  /** How a value is typed. */
  enum Type {
    /** A line of text. */
    TEXT,
    /** A number. */
    NUMBER,
    /** Numbers with commas between. */
    NUMBERS,
    /** Texts, one a line: they may hold commas themselves. */
    LINES,
    /** Parameters with their numbers, one a line: {@code global: 0, 10}. */
    GRID
  }

  /** A key that may be left out. */
  static SpecField optional(String key, Type type, String standard) {
    return new SpecField(key, type, false, standard, "");
  }

  /** A key that must be there. */
  static SpecField required(String key, Type type, String meaning, String first) {
    return new SpecField(key, type, true, meaning, first);
  }

  /** What a form shows of a text's entry; empty if it has none. */
  String shown(SpecText text, String path) {
    return switch (type) {
      case TEXT, NUMBER -> String.join(", ", text.values(path));
      case NUMBERS -> String.join(", ", text.values(path));
      case LINES -> String.join("\n", text.values(path));
      case GRID -> {
        StringJoiner lines = new StringJoiner("\n");
        for (String key : text.keys(path)) {
          lines.add(key + ": " + String.join(", ", text.values(path + "." + key)));
        }
        yield lines.toString();
      }
    };
  }

  /** What was typed, as a value of the file. */
  String yaml(String typed) {
    return switch (type) {
      case TEXT, NUMBER -> SpecText.scalar(typed.strip());
      case NUMBERS -> SpecText.list(numbers(typed));
      case LINES -> {
        List<String> lines = typed.lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
        yield lines.size() == 1 ? SpecText.scalar(lines.getFirst()) : SpecText.list(lines);
      }
      case GRID -> {
        StringJoiner entries = new StringJoiner(", ", "{", "}");
        for (String line : typed.lines().map(String::strip).filter(s -> !s.isEmpty()).toList()) {
          int colon = line.indexOf(':');
          String key = colon < 0 ? line : line.substring(0, colon).strip();
          entries.add(
              SpecText.scalar(key)
                  + ": "
                  + SpecText.list(colon < 0 ? List.of() : numbers(line.substring(colon + 1))));
        }
        yield entries.toString();
      }
    };
  }

  private static List<String> numbers(String typed) {
    return new ArrayList<>(
        Arrays.stream(typed.split("[,;\\s]+", -1)).filter(s -> !s.isEmpty()).toList());
  }
}
