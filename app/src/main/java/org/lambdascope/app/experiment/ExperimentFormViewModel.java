package org.lambdascope.app.experiment;

import java.util.List;
import java.util.function.BiConsumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.spec.SpecException;
import org.lambdascope.engine.spec.SpecText;

/** The entries of an experiment file, changed one at a time; says what else a change did. */
final class ExperimentFormViewModel {

  private final ReadOnlyObjectProperty<@Nullable SpecText> tree;
  private final Runnable seal;
  private final BiConsumer<String, String> write;
  private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");
  private final IntegerProperty selected = new SimpleIntegerProperty(0);

  /**
   * A form.
   *
   * @param tree the text's entries; null while it is not YAML
   * @param seal ends a step of the history
   * @param write takes what changes, in words, and the text after it
   */
  ExperimentFormViewModel(
      ReadOnlyObjectProperty<@Nullable SpecText> tree,
      Runnable seal,
      BiConsumer<String, String> write) {
    this.tree = tree;
    this.seal = seal;
    this.write = write;
    tree.subscribe(
        now -> {
          if (now != null) {
            selected.set(Math.clamp(selected.get(), 0, Math.max(0, names().size() - 1)));
          }
        });
  }

  /** What the form did to the text besides what was asked; empty if nothing. */
  ReadOnlyStringProperty noticeProperty() {
    return notice.getReadOnlyProperty();
  }

  /** Takes the notice back. */
  void clear() {
    notice.set("");
  }

  /** Which experiment is shown, from 0. */
  IntegerProperty selectedProperty() {
    return selected;
  }

  /** A change of single entries. */
  @FunctionalInterface
  private interface Edit {
    SpecText of(SpecText text) throws SpecException;
  }

  private void edit(String what, Edit edit) {
    SpecText now = tree.get();
    if (now == null) {
      return;
    }
    SpecText after;
    try {
      after = edit.of(now);
    } catch (SpecException e) {
      notice.set("%s cannot be written here: %s".formatted(what, e.reason()));
      return;
    }
    if (after.text().equals(now.text())) {
      return;
    }
    write.accept(what, after.text());
    long lost = SpecEdits.comments(now.text()) - SpecEdits.comments(after.text());
    if (lost > 0) {
      notice.set(
          "The form rewrote %s and dropped %d comment%s in it. Undo restores what was dropped."
              .formatted(what, lost, lost == 1 ? "" : "s"));
    }
  }

  /**
   * Sets an entry to what was typed; empty takes it out.
   *
   * @param section path of the mapping that it belongs to; empty for the file
   */
  void set(String section, SpecField field, String typed) {
    String path = section.isEmpty() ? field.key() : section + "." + field.key();
    edit(path, t -> typed.isBlank() ? t.without(path) : t.with(path, field.yaml(typed)));
  }

  /** Names of the experiments: their own, or their kinds. */
  List<String> names() {
    SpecText now = tree.get();
    return now == null ? List.of() : SpecEdits.names(now);
  }

  /** The kind of an experiment; empty if it has none. */
  String kind(int index) {
    SpecText now = tree.get();
    return now == null ? "" : SpecEdits.kind(now, index);
  }

  /**
   * Makes an experiment one of another kind: keys that the kind has not go, those it needs come.
   */
  void setKind(int index, String kind) {
    edit("kind", t -> SpecEdits.withKind(t, index, kind));
  }

  /** Adds an experiment of a kind with what it needs. */
  void add(String kind) {
    seal.run();
    edit("new experiment", t -> SpecEdits.withNew(t, kind));
    selected.set(Math.max(0, names().size() - 1));
  }

  /** Takes an experiment out; the last one stays. */
  void remove(int index) {
    seal.run();
    if (names().size() > 1) {
      edit("removed experiment", t -> t.without(SpecEdits.experiment(index)));
    }
  }

  /** Adds a copy of an experiment, under another name. */
  void copy(int index) {
    seal.run();
    edit("copied experiment", t -> SpecEdits.withCopy(t, index));
    selected.set(Math.max(0, names().size() - 1));
  }
}
