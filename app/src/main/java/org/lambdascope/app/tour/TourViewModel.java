package org.lambdascope.app.tour;

import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/** Where the tour stands. */
public final class TourViewModel {

  /** The index of no step. */
  public static final int OFF = -1;

  private final List<TourStep> steps;
  private final ReadOnlyIntegerWrapper index = new ReadOnlyIntegerWrapper(OFF);
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(false);

  /** A tour that has not begun. */
  public TourViewModel(List<TourStep> steps) {
    this.steps = List.copyOf(steps);
    running.bind(index.isNotEqualTo(OFF));
  }

  /** The step that is shown, from 0, or {@link #OFF}. */
  public ReadOnlyIntegerProperty indexProperty() {
    return index.getReadOnlyProperty();
  }

  /** Whether the tour is under way. */
  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** How many steps there are. */
  public int size() {
    return steps.size();
  }

  /** The step that is shown. */
  public TourStep step() {
    return steps.get(index.get());
  }

  /** Begins with the first step. */
  public void start() {
    go(0);
  }

  /**
   * Goes on, and does what the user was asked for but has not done; after the last step it ends.
   */
  public void next() {
    if (index.get() == OFF) {
      return;
    }
    if (!step().done().getAsBoolean()) {
      step().perform().run();
    }
    go(index.get() + 1 < steps.size() ? index.get() + 1 : OFF);
  }

  /** Goes back a step. */
  public void back() {
    if (index.get() > 0) {
      go(index.get() - 1);
    }
  }

  /** Ends the tour; what it opened stays. */
  public void end() {
    go(OFF);
  }

  private void go(int to) {
    if (to != OFF) {
      steps.get(to).arrive().run();
    }
    index.set(to);
  }
}
