package org.lambdascope.app.common;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * Earlier states of something immutable. Changes of one thing that follow one another, such as the
 * letters of a title, are one step.
 *
 * @param <T> a state
 */
public final class UndoStack<T> {

  private static final int MOST = 500;

  /** A state, and what was done to it. */
  private record Step<T>(String what, T before) {}

  private final Deque<Step<T>> past = new ArrayDeque<>();
  private final Deque<Step<T>> future = new ArrayDeque<>();
  private final ReadOnlyStringWrapper undoable = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper redoable = new ReadOnlyStringWrapper("");
  private boolean open;

  /** What undoing would take back; empty if there is nothing. */
  public ReadOnlyStringProperty undoableProperty() {
    return undoable.getReadOnlyProperty();
  }

  /** What redoing would do again; empty if there is nothing. */
  public ReadOnlyStringProperty redoableProperty() {
    return redoable.getReadOnlyProperty();
  }

  /**
   * Remembers a state that is about to be left.
   *
   * @param what changes, for a person; the same words again, with nothing between, are one step
   */
  public void changed(String what, T before) {
    Step<T> last = past.peek();
    if (!open || last == null || !last.what().equals(what)) {
      past.push(new Step<>(what, before));
      if (past.size() > MOST) {
        past.removeLast();
      }
    }
    open = true;
    future.clear();
    show();
  }

  /** Ends a step: what changes next is another one. */
  public void seal() {
    open = false;
  }

  /**
   * Takes the last step back.
   *
   * @param now the state that is left
   * @return the state before; empty if there is none
   */
  public Optional<T> undo(T now) {
    return move(past, future, now);
  }

  /**
   * Does again what was taken back.
   *
   * @param now the state that is left
   * @return the state after; empty if there is none
   */
  public Optional<T> redo(T now) {
    return move(future, past, now);
  }

  private Optional<T> move(Deque<Step<T>> from, Deque<Step<T>> to, T now) {
    Step<T> step = from.poll();
    if (step == null) {
      return Optional.empty();
    }
    to.push(new Step<>(step.what(), now));
    open = false;
    show();
    return Optional.of(step.before());
  }

  private void show() {
    undoable.set(words(past));
    redoable.set(words(future));
  }

  private static <T> String words(Deque<Step<T>> steps) {
    Step<T> step = steps.peek();
    return step == null ? "" : step.what();
  }
}
