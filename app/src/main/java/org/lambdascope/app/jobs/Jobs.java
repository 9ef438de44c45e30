package org.lambdascope.app.jobs;

import java.util.function.LongSupplier;
import javafx.beans.Observable;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What runs, what waits, and the last jobs that ended. Lives on the user-interface thread. */
public final class Jobs {

  private static final int MOST_ENDED = 40;

  private final LongSupplier clock;
  private final EventLog log;
  private final ObservableList<Job> active =
      FXCollections.observableArrayList(job -> new Observable[] {job.stateProperty()});
  private final ObservableList<Job> ended = FXCollections.observableArrayList();

  /**
   * No jobs.
   *
   * @param clock nanoseconds, as {@link System#nanoTime}
   * @param log is told of every end
   */
  public Jobs(LongSupplier clock, EventLog log) {
    this.clock = clock;
    this.log = log;
  }

  /** Jobs that run or wait, in the order in which they came. */
  public ObservableList<Job> active() {
    return active;
  }

  /** Jobs that have ended, the last first. */
  public ObservableList<Job> ended() {
    return ended;
  }

  /** Adds a job that waits. */
  public Job add(String title, Runnable cancel) {
    Job job = new Job(title, this, cancel);
    active.add(job);
    return job;
  }

  /** Takes a job away as if it had never been: another has taken its place. */
  public void drop(Job job) {
    active.remove(job);
  }

  /** Forgets those that have ended. */
  public void clearEnded() {
    ended.clear();
  }

  long now() {
    return clock.getAsLong();
  }

  void ended(Job job, String what) {
    active.remove(job);
    ended.removeIf(old -> old.title().equals(job.title()));
    ended.addFirst(job);
    if (ended.size() > MOST_ENDED) {
      ended.removeLast();
    }
    String text =
        job.title() + ": " + job.detailProperty().get() + (what.isEmpty() ? "" : " · " + what);
    log.add(job.state() == Job.State.FAILED ? EventLog.Level.WARNING : EventLog.Level.INFO, text);
  }
}
