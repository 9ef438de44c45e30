package org.lambdascope.app.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lambdascope.engine.spec.SpecException;
import org.lambdascope.engine.spec.SpecText;

/** What a form does to the list of experiments of a file. */
final class SpecEdits {

  private static final String EXPERIMENTS = "experiments";

  /** Keys that experiments of every kind may have. */
  private static final List<String> COMMON = List.of("kind", "name", "arms", "data");

  private SpecEdits() {}

  /** Path of an experiment. */
  static String experiment(int index) {
    return "%s[%d]".formatted(EXPERIMENTS, index);
  }

  /** Names of the experiments: their own, or their kinds. */
  static List<String> names(SpecText text) {
    return IntStream.range(0, text.size(EXPERIMENTS))
        .mapToObj(
            i -> {
              String kind = first(text, experiment(i) + ".kind", "experiment");
              String name = first(text, experiment(i) + ".name", "");
              return name.isEmpty() ? kind : "%s (%s)".formatted(name, kind);
            })
        .toList();
  }

  /** The kind of an experiment; empty if it has none. */
  static String kind(SpecText text, int index) {
    return first(text, experiment(index) + ".kind", "");
  }

  private static String first(SpecText text, String path, String otherwise) {
    List<String> values = text.values(path);
    return values.isEmpty() ? otherwise : values.getFirst();
  }

  private static List<SpecField> needed(String kind) {
    return SpecSchema.of(kind).stream().filter(f -> f.required() || !f.first().isEmpty()).toList();
  }

  /** With an experiment of another kind: keys that the kind has not go, those it needs come. */
  static SpecText withKind(SpecText text, int index, String kind) throws SpecException {
    String at = experiment(index);
    List<SpecField> known = SpecSchema.of(kind);
    SpecText changed = text.with(at + ".kind", kind);
    for (String key : text.keys(at)) {
      boolean stays =
          COMMON.contains(key)
              || known.stream().anyMatch(f -> f.key().split("\\.", -1)[0].equals(key));
      changed = stays ? changed : changed.without(at + "." + key);
    }
    return complete(changed, at, kind);
  }

  private static SpecText complete(SpecText text, String at, String kind) throws SpecException {
    SpecText changed = text;
    for (SpecField field : needed(kind)) {
      String path = at + "." + field.key();
      changed = changed.has(path) ? changed : changed.with(path, field.yaml(field.first()));
    }
    return changed;
  }

  /** With one more experiment, of a kind, with what it needs. */
  static SpecText withNew(SpecText text, String kind) throws SpecException {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("kind", kind);
    long same =
        IntStream.range(0, text.size(EXPERIMENTS)).filter(i -> kind(text, i).equals(kind)).count();
    if (same > 0) {
      entries.put("name", kind + "-" + (same + 1));
    }
    for (SpecField field : needed(kind)) {
      if (!field.key().contains(".")) {
        entries.put(field.key(), field.yaml(field.first()));
      }
    }
    String at = experiment(text.size(EXPERIMENTS));
    return complete(text.withItem(EXPERIMENTS, entries), at, kind);
  }

  /** With a copy of an experiment, under another name. */
  static SpecText withCopy(SpecText text, int index) throws SpecException {
    int last = text.size(EXPERIMENTS);
    String name = first(text, experiment(index) + ".name", kind(text, index));
    return text.withCopy(EXPERIMENTS, index)
        .with(experiment(last) + ".name", SpecText.scalar(name + "-" + (last + 1)));
  }

  /** Lines with a comment. */
  static long comments(String text) {
    return text.lines().filter(line -> line.matches("(|.*\\s)#.*")).count();
  }
}
