package org.lambdascope.engine.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The text of an experiment file, of which one entry at a time is changed while all else, comments
 * too, stays as it was written. Entries are named as messages name them: {@code
 * experiments[0].lengths}.
 */
public final class SpecText {

  private final String name;
  private final String text;
  private final Node root;

  private SpecText(String name, String text, Node root) {
    this.name = name;
    this.text = text;
    this.root = root;
  }

  /**
   * Reads a text.
   *
   * @param name of the file, for messages
   * @throws SpecException if it is not YAML, with the line
   */
  public static SpecText of(String name, String text) throws SpecException {
    return new SpecText(name, text, YamlText.compose(name, text));
  }

  /** All of it. */
  public String text() {
    return text;
  }

  /** Whether there is an entry. */
  public boolean has(String path) {
    return find(path).isPresent();
  }

  /** How many items an entry has: of a list its items, of anything else one, of nothing none. */
  public int size(String path) {
    return find(path)
        .map(e -> e.value() instanceof SequenceNode list ? list.getValue().size() : 1)
        .orElse(0);
  }

  /** The keys of a mapping, in their order; none if it is none. */
  public List<String> keys(String path) {
    Node node = path.isEmpty() ? root : find(path).map(Entry::value).orElse(null);
    List<String> keys = new ArrayList<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        keys.add(source(tuple.getKeyNode()));
      }
    }
    return keys;
  }

  /** The value of an entry or of each of its items; what is no plain value as it is written. */
  public List<String> values(String path) {
    Node node = find(path).map(Entry::value).orElse(null);
    if (node == null) {
      return List.of();
    }
    return node instanceof SequenceNode list
        ? list.getValue().stream().map(this::source).toList()
        : List.of(source(node));
  }

  private String source(Node node) {
    return node instanceof ScalarNode scalar
        ? scalar.getValue()
        : text.substring(start(node), end(node));
  }

  /**
   * This text with an entry set; it, and the mapping that it belongs to, are made if they are not
   * there. What a block of several lines held is written anew, without its comments.
   *
   * @param yaml the value on one line, such as {@link #scalar} and {@link #list} give
   * @throws SpecException if the whole text is not a mapping, or no longer is YAML
   */
  public SpecText with(String path, String yaml) throws SpecException {
    Entry entry = find(path).orElse(null);
    if (entry != null) {
      return replaced(entry, yaml);
    }
    String parent = parent(path);
    String key = path.substring(parent.isEmpty() ? 0 : parent.length() + 1);
    Node into = parent.isEmpty() ? root : find(parent).map(Entry::value).orElse(null);
    if (!(into instanceof MappingNode mapping)) {
      if (parent.isEmpty()) {
        String reason = "expected keys with values, found '%s'".formatted(source(root).strip());
        throw new SpecException("%s:%d: %s".formatted(name, 1, reason), 1, "", reason);
      }
      return with(parent, "{%s: %s}".formatted(key, yaml));
    }
    return spliced(placeAfter(mapping), separator(mapping) + key + ": " + yaml);
  }

  private SpecText replaced(Entry entry, String yaml) throws SpecException {
    Node value = entry.value();
    Node key = entry.key();
    int from = start(value);
    int to = end(value);
    if (key != null && (line(key) != line(value) || from == to)) {
      return edited(text.indexOf(':', end(key)) + 1, to, " " + yaml);
    }
    return edited(from, to, yaml);
  }

  /** Where the next entry of a collection goes. */
  private int placeAfter(CollectionNode<?> collection) {
    if (collection.getFlowStyle() == FlowStyle.FLOW) {
      int at = end(collection) - 1;
      while (Character.isWhitespace(text.charAt(at - 1))) {
        at--;
      }
      return at;
    }
    int end = end(collection);
    if (end > 0 && text.charAt(end - 1) == '\n') {
      return end - 1;
    }
    return lineEnd(end);
  }

  /** What stands between the last entry of a collection and the next. */
  private String separator(CollectionNode<?> collection) {
    if (collection.getFlowStyle() == FlowStyle.FLOW) {
      return collection.getValue().isEmpty() ? "" : ", ";
    }
    return "\n" + " ".repeat(column(collection));
  }

  /**
   * This text without an entry; the mapping that it was alone in goes too.
   *
   * @param path of an entry of a mapping, or of an item of a list that has others
   */
  public SpecText without(String path) throws SpecException {
    Entry entry = find(path).orElse(null);
    if (entry == null) {
      return this;
    }
    CollectionNode<?> of = entry.parent();
    int count = of.getValue().size();
    if (count == 1) {
      String parent = parent(path);
      return parent.isEmpty() ? this : without(parent);
    }
    int from = entry.key() == null ? start(entry.value()) : start(entry.key());
    int to = end(entry.value());
    if (of.getFlowStyle() == FlowStyle.FLOW) {
      return entry.index() + 1 < count
          ? edited(from, firstOf(of, entry.index() + 1), "")
          : edited(lastOf(of, entry.index() - 1), to, "");
    }
    if (entry.key() == null) {
      from = text.lastIndexOf('-', from - 1);
    }
    int lineStart = text.lastIndexOf('\n', from - 1) + 1;
    int next = Math.min(text.length(), lineEnd(to) + 1);
    if (text.substring(lineStart, from).isBlank()) {
      return edited(lineStart, next, "");
    }
    // The first entry of a list's item: the item's dash stays, and the next entry moves up to it.
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    return edited(from, next, "");
  }

  private int firstOf(CollectionNode<?> collection, int index) {
    return switch (collection) {
      case MappingNode mapping -> start(mapping.getValue().get(index).getKeyNode());
      case SequenceNode list -> start(list.getValue().get(index));
      default -> throw new IllegalStateException("a collection is a mapping or a list");
    };
  }

  private int lastOf(CollectionNode<?> collection, int index) {
    return switch (collection) {
      case MappingNode mapping -> end(mapping.getValue().get(index).getValueNode());
      case SequenceNode list -> end(list.getValue().get(index));
      default -> throw new IllegalStateException("a collection is a mapping or a list");
    };
  }

  /**
   * This text with one more item, a mapping, at the end of a list.
   *
   * @param entries keys with their values on one line
   */
  public SpecText withItem(String path, Map<String, String> entries) throws SpecException {
    StringJoiner flow = new StringJoiner(", ", "{", "}");
    entries.forEach((key, yaml) -> flow.add(key + ": " + yaml));
    if (!(find(path).map(Entry::value).orElse(null) instanceof SequenceNode list)) {
      return with(path, "[%s]".formatted(flow));
    }
    if (list.getFlowStyle() == FlowStyle.FLOW) {
      return spliced(placeAfter(list), separator(list) + flow);
    }
    String indent = "\n" + " ".repeat(column(list)) + "  ";
    StringJoiner block = new StringJoiner(indent);
    entries.forEach((key, yaml) -> block.add(key + ": " + yaml));
    return spliced(placeAfter(list), separator(list) + "- " + block);
  }

  /** This text with a copy of an item of a list at its end. */
  public SpecText withCopy(String path, int index) throws SpecException {
    if (!(find(path).map(Entry::value).orElse(null) instanceof SequenceNode list)) {
      return this;
    }
    Node item = list.getValue().get(index);
    String copy = text.substring(start(item), end(item)).stripTrailing();
    boolean flow = list.getFlowStyle() == FlowStyle.FLOW;
    return spliced(placeAfter(list), separator(list) + (flow ? "" : "- ") + copy);
  }

  private SpecText spliced(int at, String what) throws SpecException {
    return edited(at, at, what);
  }

  private SpecText edited(int from, int to, String what) throws SpecException {
    return of(name, text.substring(0, from) + what + text.substring(to));
  }

  /** A text as a value: plain where YAML reads it as itself, else in quotation marks. */
  public static String scalar(String value) {
    if (value.matches("[\\p{L}\\p{N}_./~+][\\p{L}\\p{N}_./~+ -]*") && !value.endsWith(" ")) {
      return value;
    }
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  /** Texts as a list on one line. */
  public static String list(List<String> values) {
    StringJoiner items = new StringJoiner(", ", "[", "]");
    values.forEach(v -> items.add(scalar(v)));
    return items.toString();
  }

  /** The entry that an entry belongs to. */
  private static String parent(String path) {
    int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
    return end < 0 ? "" : path.substring(0, end);
  }

  /** An entry of a mapping, or an item of a list, which has no key. */
  private record Entry(CollectionNode<?> parent, int index, @Nullable Node key, Node value) {}

  private Optional<Entry> find(String path) {
    Node node = root;
    Entry entry = null;
    for (String step : path.split("\\.|(?=\\[)", -1)) {
      entry = step.startsWith("[") ? item(node, step) : entry(node, step);
      if (entry == null) {
        return Optional.empty();
      }
      node = entry.value();
    }
    return Optional.ofNullable(entry);
  }

  private static @Nullable Entry item(Node node, String step) {
    int index = Integer.parseInt(step.substring(1, step.length() - 1));
    return node instanceof SequenceNode list && index < list.getValue().size()
        ? new Entry(list, index, null, list.getValue().get(index))
        : null;
  }

  private @Nullable Entry entry(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      for (int i = 0; i < mapping.getValue().size(); i++) {
        NodeTuple tuple = mapping.getValue().get(i);
        if (source(tuple.getKeyNode()).equals(key)) {
          return new Entry(mapping, i, tuple.getKeyNode(), tuple.getValueNode());
        }
      }
    }
    return null;
  }

  private int start(Node node) {
    return offset(node.getStartMark().orElseThrow().getIndex());
  }

  /**
   * Past the last character of a value; blocks end with their last entry, not with what follows.
   */
  private int end(Node node) {
    if (node instanceof CollectionNode<?> block
        && block.getFlowStyle() == FlowStyle.BLOCK
        && !block.getValue().isEmpty()) {
      return lastOf(block, block.getValue().size() - 1);
    }
    return offset(node.getEndMark().orElseThrow().getIndex());
  }

  private int offset(int codePoints) {
    return text.offsetByCodePoints(0, codePoints);
  }

  private static int line(Node node) {
    return node.getStartMark().orElseThrow().getLine();
  }

  private static int column(Node node) {
    return node.getStartMark().orElseThrow().getColumn();
  }

  private int lineEnd(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }
}
