package org.lambdascope.app.workbench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;

/**
 * The arms of a workbench, left to right, and which of them is selected. An arm that leaves ends
 * what it was doing and loses its results; one that comes is run if others were.
 */
final class ArmColumns {

  private final RunQueue queue;
  private final ObservableList<ArmViewModel> arms = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable ArmViewModel> selected = new SimpleObjectProperty<>();

  /** No columns. */
  ArmColumns(RunQueue queue) {
    this.queue = queue;
  }

  /** The columns, left to right. */
  ObservableList<ArmViewModel> arms() {
    return arms;
  }

  /** The column whose parameters are shown; null when there is none. */
  ObjectProperty<@Nullable ArmViewModel> selectedProperty() {
    return selected;
  }

  /** The column at a place; null where there is none. */
  @Nullable ArmViewModel at(int index) {
    return index >= 0 && index < arms.size() ? arms.get(index) : null;
  }

  static Arm withDefaults(ArmKind kind, int pretrainLength) {
    return Arm.withDefaults(kind, Math.max(1, pretrainLength));
  }

  /** Fills an empty workbench with what one begins with, and selects the last. */
  void begin(int pretrainLength) {
    if (arms.isEmpty()) {
      // Each change of the list has the window lay out its columns.
      arms.setAll(ArmDefaults.first(pretrainLength).stream().map(ArmViewModel::new).toList());
      selected.set(arms.getLast());
    }
  }

  /** Ends all runs and clears all results; the columns stay. */
  void endAll() {
    arms.forEach(this::end);
  }

  private void end(ArmViewModel arm) {
    queue.drop(arm);
    arm.clear();
  }

  /** Replaces all by arms at their defaults and selects the last. */
  void set(List<ArmKind> kinds, int pretrainLength) {
    endAll();
    arms.setAll(
        kinds.stream().map(kind -> new ArmViewModel(withDefaults(kind, pretrainLength))).toList());
    selected.set(arms.isEmpty() ? null : arms.getLast());
  }

  /** Adds a column at the end and selects it. */
  void add(Arm arm) {
    add(arm, arms.size());
  }

  /** Adds a copy beside a column and selects it. */
  void duplicate(ArmViewModel arm) {
    add(arm.arm(), arms.indexOf(arm) + 1);
  }

  private void add(Arm arm, int index) {
    ArmViewModel column = new ArmViewModel(arm);
    boolean live = anyWasRun();
    arms.add(index, column);
    selected.set(column);
    if (live) {
      queue.request(column, Duration.ZERO);
    }
  }

  private boolean anyWasRun() {
    return arms.stream().anyMatch(ArmViewModel::wasRun);
  }

  /** Removes a column; the last one stays. */
  void remove(ArmViewModel arm) {
    int index = arms.indexOf(arm);
    if (index < 0 || arms.size() == 1) {
      return;
    }
    end(arm);
    arms.remove(index);
    if (selected.get() == arm) {
      selected.set(arms.get(Math.min(index, arms.size() - 1)));
    }
  }

  /** Puts these columns in place of all. */
  void replace(List<ArmViewModel> wanted) {
    boolean live = anyWasRun();
    List<ArmViewModel> coming = wanted.stream().filter(c -> !arms.contains(c)).toList();
    arms.stream().filter(arm -> !wanted.contains(arm)).forEach(this::end);
    arms.setAll(wanted);
    if (!arms.contains(selected.get())) {
      selected.set(arms.isEmpty() ? null : arms.getLast());
    }
    if (live) {
      coming.forEach(arm -> queue.request(arm, Duration.ZERO));
    }
  }

  /** Moves a column by {@code by} places. */
  void move(ArmViewModel arm, int by) {
    int from = arms.indexOf(arm);
    int to = from + by;
    if (from >= 0 && to >= 0 && to < arms.size()) {
      List<ArmViewModel> moved = new ArrayList<>(arms);
      moved.add(to, moved.remove(from));
      arms.setAll(moved); // at once: of what leaves the list the view is taken down
      selected.set(arm);
    }
  }
}
