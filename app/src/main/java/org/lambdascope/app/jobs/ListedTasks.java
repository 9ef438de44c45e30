package org.lambdascope.app.jobs;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.lambdascope.app.common.TaskRunner;

/** Lists all work that is started through it as jobs: opening and writing files. */
public final class ListedTasks implements TaskRunner {

  private final TaskRunner tasks;
  private final Jobs jobs;

  /** Runs work on {@code tasks}. */
  public ListedTasks(TaskRunner tasks, Jobs jobs) {
    this.tasks = tasks;
    this.jobs = jobs;
  }

  @Override
  public <T> Handle start(
      String name, Work<T> work, Consumer<? super T> done, Consumer<Throwable> failed) {
    Handle[] handle = {() -> {}}; // until the work has been handed over
    Job job = jobs.add(name, () -> handle[0].cancel());
    job.started();
    handle[0] =
        tasks.start(
            name,
            work,
            result -> {
              job.ended(Job.State.DONE, "");
              done.accept(result);
            },
            failure -> {
              boolean cancelled = failure instanceof CancellationException;
              job.ended(cancelled ? Job.State.CANCELLED : Job.State.FAILED, "");
              failed.accept(failure);
            });
    return handle[0];
  }

  @Override
  public Handle after(Duration delay, Runnable action) {
    return tasks.after(delay, action);
  }

  @Override
  public void onUi(Runnable action) {
    tasks.onUi(action);
  }
}
