package org.lambdascope.app.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.lambdascope.app.common.TaskRunner;

/**
 * Knows what is being done in the background of all that is started through it, whether it is
 * listed as a job or not: a window that says it is ready while cores are at work is not believed.
 */
public final class WorkUnderWay implements TaskRunner {

  /** What ends sooner is not worth a word: the line would flicker. */
  static final Duration WORTH_SAYING = Duration.ofMillis(250);

  private final TaskRunner tasks;
  private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
  private final List<Named> running = new ArrayList<>();

  /** A work; two of one name are two. */
  private static final class Named {

    final String name;

    /** Whether it has been under way for long enough. */
    boolean said;

    Named(String name) {
      this.name = name;
    }
  }

  /** Runs work on {@code tasks}. */
  public WorkUnderWay(TaskRunner tasks) {
    this.tasks = tasks;
  }

  /** What is being done, of several works that which began first; empty while nothing is. */
  public ReadOnlyStringProperty wordsProperty() {
    return words.getReadOnlyProperty();
  }

  @Override
  public <T> Handle start(
      String name, Work<T> work, Consumer<? super T> done, Consumer<Throwable> failed) {
    Named mine = new Named(name);
    // Works that follow one another, arm by arm, are one to whoever waits.
    mine.said = !words.get().isEmpty();
    running.add(mine);
    tasks.after(
        WORTH_SAYING,
        () -> {
          mine.said = true;
          say();
        });
    return tasks.start(
        name,
        work,
        result -> {
          try {
            done.accept(result); // which may start what comes next
          } finally {
            ended(mine);
          }
        },
        failure -> {
          try {
            failed.accept(failure);
          } finally {
            ended(mine);
          }
        });
  }

  @Override
  public Handle after(Duration delay, Runnable action) {
    return tasks.after(delay, action);
  }

  @Override
  public void onUi(Runnable action) {
    tasks.onUi(action);
  }

  private void ended(Named work) {
    running.remove(work);
    say();
  }

  private void say() {
    words.set(running.stream().filter(w -> w.said).map(w -> w.name).findFirst().orElse(""));
  }
}
