package org.lambdascope.app.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/**
 * Undo and redo of settings. It watches the workbench, so it knows changes by whatever hand: a
 * slider, the mask, a menu. Changes of one setting that follow one another within half a second are
 * one step. Opening another model or text ends the history: settings belong to what they were made
 * for.
 */
public final class UndoHistory {

  /** A setting that rests so long is a step. */
  static final Duration REST = Duration.ofMillis(500);

  private static final int MOST_STEPS = 200;

  /** From one state to another by changes of one setting. */
  private static final class Step {
    final WorkbenchSettings before;
    WorkbenchSettings after;
    final String name;

    Step(WorkbenchSettings before, WorkbenchSettings after, String name) {
      this.before = before;
      this.after = after;
      this.name = name;
    }
  }

  private final WorkbenchViewModel workbench;
  private final TaskRunner tasks;
  private final Deque<Step> undo = new ArrayDeque<>();
  private final Deque<Step> redo = new ArrayDeque<>();
  private final ReadOnlyStringWrapper undoName = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper redoName = new ReadOnlyStringWrapper("");
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private WorkbenchSettings now;
  private @Nullable Step open;
  private TaskRunner.Handle rest = () -> {};
  private Subscription following = Subscription.EMPTY;
  private boolean looking;

  /** Watches a workbench from now on. */
  public UndoHistory(WorkbenchViewModel workbench, TaskRunner tasks) {
    this.workbench = workbench;
    this.tasks = tasks;
    now = WorkbenchSettings.of(workbench);
    workbench.models().sourceProperty().subscribe((before, after) -> clear());
    workbench.models().pretrainLengthProperty().subscribe((before, after) -> soon());
    workbench.lengthProperty().subscribe((before, after) -> soon());
    workbench.newTokensProperty().subscribe((before, after) -> soon());
    workbench.cacheTypeProperty().subscribe((before, after) -> soon());
    workbench.arms().addListener((ListChangeListener<ArmViewModel>) c -> follow());
    follow();
  }

  /** What {@link #undo} would take back; empty for nothing. */
  public ReadOnlyStringProperty undoNameProperty() {
    return undoName.getReadOnlyProperty();
  }

  /** What {@link #redo} would do again; empty for nothing. */
  public ReadOnlyStringProperty redoNameProperty() {
    return redoName.getReadOnlyProperty();
  }

  /** Tells of every step that was made, taken back or done again, by its name for people. */
  void onStep(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** Takes back the last step; nothing if there is none. */
  public void undo() {
    look();
    close();
    Step step = undo.pollLast();
    if (step != null) {
      redo.addLast(step);
      apply(step.before, "undo " + step.name);
    }
  }

  /** Does again what was taken back last; nothing if there is nothing. */
  public void redo() {
    look();
    close();
    Step step = redo.pollLast();
    if (step != null) {
      undo.addLast(step);
      apply(step.after, "redo " + step.name);
    }
  }

  /** Forgets everything; what is now is where it begins. */
  void clear() {
    rest.cancel();
    open = null;
    undo.clear();
    redo.clear();
    now = WorkbenchSettings.of(workbench);
    showNames();
  }

  private void apply(WorkbenchSettings settings, String what) {
    settings.applyTo(workbench);
    now = settings;
    showNames();
    tell(what);
  }

  private void follow() {
    following.unsubscribe();
    List<Subscription> all = new ArrayList<>();
    for (ArmViewModel arm : workbench.arms()) {
      all.add(arm.armProperty().subscribe((before, after) -> soon()));
    }
    following = () -> all.forEach(Subscription::unsubscribe);
    soon();
  }

  /** One change brings others, as L_pretrain does: they are looked at when all are made. */
  private void soon() {
    if (!looking) {
      looking = true;
      tasks.after(Duration.ZERO, this::look);
    }
  }

  private void look() {
    looking = false;
    WorkbenchSettings before = now;
    WorkbenchSettings after = WorkbenchSettings.of(workbench);
    if (after.equals(before)) {
      return;
    }
    now = after;
    String name = after.changeFrom(before);
    Step step = open;
    if (step != null && step.name.equals(name) && after.sameColumns(step.before)) {
      step.after = after;
    } else {
      close();
      step = new Step(before, after, name);
      open = step;
      undo.addLast(step);
      redo.clear();
      if (undo.size() > MOST_STEPS) {
        undo.removeFirst();
      }
    }
    rest.cancel();
    rest = tasks.after(REST, this::close);
    showNames();
  }

  private void close() {
    rest.cancel();
    Step step = open;
    open = null;
    if (step == null) {
      return;
    }
    if (step.after.equals(step.before)) {
      undo.remove(step); // a slider that came back to where it was
      showNames();
    } else {
      tell(step.name);
    }
  }

  private void tell(String what) {
    listeners.forEach(l -> l.accept(what));
  }

  private void showNames() {
    Step last = undo.peekLast();
    Step next = redo.peekLast();
    undoName.set(last == null ? "" : last.name);
    redoName.set(next == null ? "" : next.name);
  }
}
