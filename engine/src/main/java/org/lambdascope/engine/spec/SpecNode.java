package org.lambdascope.engine.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A value in an experiment file, with the place where it stands. */
public final class SpecNode {

  /** Long texts are cut to this in messages. */
  private static final int SHOWN = 60;

  private final String file;
  private final String path;
  private final Node node;

  SpecNode(String file, String path, Node node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  /** Reads a file whose top is a mapping. */
  static SpecFields read(Path file) throws IOException {
    return YamlText.read(file).fields();
  }

  /** An error at this place: {@code file:line: path: message}. */
  public SpecException error(String message) {
    return error(path, message);
  }

  /** An error at this place, about an entry of it that is not there. */
  SpecException missing(String key, String message) {
    return error(path.isEmpty() ? key : path + "." + key, message);
  }

  private SpecException error(String about, String message) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    return new SpecException(
        "%s%s: %s%s"
            .formatted(
                file, line == 0 ? "" : ":" + line, path.isEmpty() ? "" : path + ": ", message),
        line,
        about,
        message);
  }

  /** An error that names what is here instead. */
  public SpecException expected(String what) {
    return error("expected %s, found %s".formatted(what, found()));
  }

  private String found() {
    return switch (node) {
      case ScalarNode scalar ->
          scalar.getValue().isEmpty()
              ? "nothing"
              : "'"
                  + (scalar.getValue().length() > SHOWN
                      ? scalar.getValue().substring(0, SHOWN) + "…"
                      : scalar.getValue())
                  + "'";
      case SequenceNode sequence -> "a list of " + sequence.getValue().size();
      default -> "a mapping";
    };
  }

  /** The entries of a mapping. */
  public SpecFields fields() throws SpecException {
    if (!(node instanceof MappingNode mapping)) {
      throw expected("a mapping of keys to values");
    }
    return new SpecFields(this, mapping);
  }

  /** The items of a list that has any; a single value is a list of one. */
  public List<SpecNode> items() throws SpecException {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    if (sequence.getValue().isEmpty()) {
      throw expected("at least one item");
    }
    List<SpecNode> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new SpecNode(file, "%s[%d]".formatted(path, items.size()), item));
    }
    return items;
  }

  /** The items of a list, which may be empty; a single value is a list of one. */
  List<SpecNode> itemsIfAny() throws SpecException {
    return node instanceof SequenceNode sequence && sequence.getValue().isEmpty()
        ? List.of()
        : items();
  }

  /** Whether this is a list. */
  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Whether this is a mapping. */
  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** A text that is not empty. */
  public String text() throws SpecException {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
      return scalar.getValue();
    }
    throw expected("a text");
  }

  /** One of some words. */
  public String oneOf(List<String> words) throws SpecException {
    String text = text();
    if (!words.contains(text)) {
      throw expected("one of " + String.join(", ", words));
    }
    return text;
  }

  /** True or false. */
  public boolean flag() throws SpecException {
    return oneOf(List.of("true", "false")).equals("true");
  }

  /** A whole number from {@code min} to 2^29; digits may be grouped by {@code _}. */
  public int integer(int min) throws SpecException {
    int most = 1 << 29;
    String what = "a whole number from %d to %d".formatted(min, most);
    try {
      long value = Long.parseLong(text().replace("_", ""));
      if (value >= min && value <= most) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw expected(what);
  }

  /** Whole numbers, ascending, none twice. */
  public int[] integers(int min) throws SpecException {
    List<SpecNode> items = items();
    int[] values = new int[items.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = items.get(i).integer(min);
      if (i > 0 && values[i] <= values[i - 1]) {
        throw items.get(i).expected("more than the %d before it".formatted(values[i - 1]));
      }
    }
    return values;
  }

  /** A number that fits. */
  public double number(String what, DoublePredicate fits) throws SpecException {
    try {
      double value = Double.parseDouble(text());
      if (fits.test(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw expected(what);
  }

  SpecNode child(String key, Node value) {
    return new SpecNode(file, path.isEmpty() ? key : path + "." + key, value);
  }
}
