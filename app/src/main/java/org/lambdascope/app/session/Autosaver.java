package org.lambdascope.app.session;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.TaskRunner;

/**
 * Saves the window by itself: some seconds after a change, and at once when an arm was run to its
 * end. Only the picture is taken on the user-interface thread. Writing never takes more than one
 * twentieth of the time, however large the results are.
 */
final class Autosaver {

  /** How long a change waits for others. */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final int PAUSE_PER_WRITE = 20;

  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final Supplier<SessionCapture> capture;
  private final References references;
  private final AutosaveFiles files;
  private Duration pause = INTERVAL;
  private TaskRunner.Handle timer = () -> {};
  private boolean scheduled;
  private boolean writing;
  private boolean changedMeanwhile;
  private boolean soonMeanwhile;
  private boolean failed;
  private Runnable afterwards = () -> {};

  Autosaver(
      SessionChanges changes,
      TaskRunner tasks,
      Dialogs dialogs,
      Supplier<SessionCapture> capture,
      References references,
      AutosaveFiles files) {
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.capture = capture;
    this.references = references;
    this.files = files;
    changes.revisionProperty().subscribe((before, now) -> changed());
    changes.finishedProperty().subscribe((before, now) -> saveSoon());
    changed();
  }

  /** Saves now, and then does something that must not come before. */
  void saveThen(Runnable action) {
    Runnable others = afterwards;
    afterwards =
        () -> {
          others.run();
          action.run();
        };
    saveSoon();
  }

  private void changed() {
    if (writing) {
      changedMeanwhile = true;
    } else if (!scheduled) {
      scheduled = true;
      timer = tasks.after(pause, this::save);
    }
  }

  private void saveSoon() {
    if (writing) {
      soonMeanwhile = true; // what is being written was taken before
      return;
    }
    timer.cancel();
    scheduled = true;
    timer = tasks.after(Duration.ZERO, this::save);
  }

  private void save() {
    scheduled = false;
    SessionCapture now = capture.get();
    if (!now.worthKeeping()) {
      return;
    }
    writing = true;
    changedMeanwhile = false;
    Runnable then = afterwards;
    afterwards = () -> {};
    tasks.start(
        "autosave",
        cancellation -> {
          long start = System.nanoTime();
          files.write(now.describe(references));
          return Duration.ofNanos(System.nanoTime() - start);
        },
        took -> {
          Duration least = took.multipliedBy(PAUSE_PER_WRITE);
          pause = least.compareTo(INTERVAL) > 0 ? least : INTERVAL;
          failed = false;
          ended();
          then.run();
        },
        failure -> {
          ended();
          if (!failed && !(failure instanceof CancellationException)) {
            failed = true; // once, not every few seconds
            ErrorReport report = ErrorReport.of("Autosave failed", failure, "");
            dialogs.notice(report.title(), report.message());
          }
        });
  }

  private void ended() {
    writing = false;
    if (soonMeanwhile) {
      soonMeanwhile = false;
      saveSoon();
    } else if (changedMeanwhile) {
      changed();
    }
  }
}
