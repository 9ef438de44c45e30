package org.lambdascope.app.jobs;

import java.time.Duration;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.lambdascope.app.common.Formats;

/** Something that takes time. Lives on the user-interface thread. */
public final class Job {

  /** Where a job stands. */
  public enum State {
    WAITING("waiting"),
    RUNNING("running"),
    DONE("done"),
    CANCELLED("cancelled"),
    FAILED("failed");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** For a person. */
    public String word() {
      return word;
    }

    /** Whether it will change no more. */
    public boolean ended() {
      return compareTo(DONE) >= 0;
    }
  }

  /** How far a job is whose end cannot be known. */
  public static final double UNKNOWN = -1;

  private static final double NANOS = 1e-9;

  private final ReadOnlyStringWrapper title;
  private final Jobs jobs;
  private final Runnable cancel;
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.WAITING);
  private final DoubleProperty progress = new SimpleDoubleProperty(UNKNOWN);
  private final StringProperty detail = new SimpleStringProperty("");
  private long startedAt;
  private double seconds = Double.NaN;

  Job(String title, Jobs jobs, Runnable cancel) {
    this.title = new ReadOnlyStringWrapper(title);
    this.jobs = jobs;
    this.cancel = cancel;
  }

  /** What is done. */
  public ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /** What is done. */
  public String title() {
    return title.get();
  }

  /** Says anew what will be done, while it waits. */
  public void rename(String newTitle) {
    if (state.get() == State.WAITING) {
      title.set(newTitle);
    }
  }

  /** Where it stands. */
  public ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** Where it stands. */
  public State state() {
    return state.get();
  }

  /** How far it is, 0 to 1, or {@link #UNKNOWN}. */
  public DoubleProperty progressProperty() {
    return progress;
  }

  /** What it is at, and how long it will take. */
  public StringProperty detailProperty() {
    return detail;
  }

  /** Asks it to stop; it ends when its work has. */
  public void cancel() {
    if (!state.get().ended()) {
      cancel.run();
    }
  }

  /** Its turn has come. */
  public void started() {
    if (state.get() == State.WAITING) {
      startedAt = jobs.now();
      state.set(State.RUNNING);
    }
  }

  /**
   * It has come to its end.
   *
   * @param how {@link State#DONE}, {@link State#CANCELLED} or {@link State#FAILED}
   * @param what came of it, for the log; may be empty
   */
  public void ended(State how, String what) {
    if (state.get().ended() || !how.ended()) {
      return;
    }
    seconds = state.get() == State.RUNNING ? (jobs.now() - startedAt) * NANOS : Double.NaN;
    detail.set(Double.isNaN(seconds) ? how.word() : how.word() + " · " + duration(seconds));
    state.set(how);
    jobs.ended(this, what);
  }

  /** How long it ran; NaN before its end, or if it never ran. */
  public double seconds() {
    return seconds;
  }

  private static String duration(double seconds) {
    return seconds < 1
        ? Duration.ofNanos((long) (seconds / NANOS)).toMillis() + " ms"
        : Formats.duration(seconds);
  }
}
