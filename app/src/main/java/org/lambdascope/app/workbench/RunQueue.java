package org.lambdascope.app.workbench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Coalescer;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.TaskRunner;

/**
 * Runs arms one after another: each run takes all processors by itself. A request waits until the
 * settings have come to rest, and replaces whatever the same arm was doing. Results are shown only
 * if the arm still has the settings that they were computed for. Lives on the user-interface
 * thread.
 */
final class RunQueue {

  /** How long settings must rest before they are run. */
  static final Duration REST = Duration.ofMillis(250);

  /** What is to be run. */
  interface Plan {

    /** What to run for an arm at the moment its turn comes; null for nothing. */
    @Nullable RunRequest request(ArmViewModel arm);

    /** Whether it fits the memory as things are. */
    boolean fits(RunRequest request);

    /** Frees what earlier runs have left, then calls back. */
    void makeRoom(Runnable then);

    /** Whether it may begin. */
    boolean admits(ArmViewModel arm, RunRequest request);

    /** A run has read its text to the end. */
    void finished(RunRequest request, RunOutcome outcome);
  }

  private final TaskRunner tasks;
  private final ArmRunner runner;
  private final Dialogs dialogs;
  private final LongSupplier clock;
  private final Plan plan;
  private final Coalescer coalescer;
  private final Map<ArmViewModel, TaskRunner.Handle> resting = new HashMap<>();
  private final SequencedSet<ArmViewModel> waiting = new LinkedHashSet<>();
  private final ReadOnlyObjectWrapper<@Nullable RunStatus> status = new ReadOnlyObjectWrapper<>();
  private @Nullable ActiveRun active;

  /** Whether the run whose turn it is waits for what earlier ones have left to be freed. */
  private boolean makingRoom;

  /**
   * An empty queue.
   *
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  RunQueue(TaskRunner tasks, ArmRunner runner, Dialogs dialogs, LongSupplier clock, Plan plan) {
    this.tasks = tasks;
    this.runner = runner;
    this.dialogs = dialogs;
    this.clock = clock;
    this.plan = plan;
    this.coalescer = new Coalescer(tasks, Coalescer.INTERVAL);
  }

  /** What runs now; null when nothing does. */
  ReadOnlyObjectProperty<@Nullable RunStatus> statusProperty() {
    return status.getReadOnlyProperty();
  }

  /** Whether anything runs. */
  boolean running() {
    return active != null;
  }

  /** Runs an arm with its present settings once they have rested for {@code rest}. */
  void request(ArmViewModel arm, Duration rest) {
    drop(arm);
    arm.invalidate();
    arm.stateProperty().set(ArmState.WAITING);
    arm.progressProperty().set(0);
    if (rest.isZero()) {
      waiting.add(arm);
      startNext();
    } else {
      resting.put(
          arm,
          tasks.after(
              rest,
              () -> {
                resting.remove(arm);
                waiting.add(arm);
                startNext();
              }));
    }
  }

  /** Ends whatever an arm was doing; its state is the caller's business. */
  void drop(ArmViewModel arm) {
    TaskRunner.Handle timer = resting.remove(arm);
    if (timer != null) {
      timer.cancel();
    }
    waiting.remove(arm);
    ActiveRun run = active;
    if (run != null && run.arm == arm) {
      stop(run);
    }
  }

  /** Stops one arm, at the user's wish: what it shows stays. */
  void cancel(ArmViewModel arm) {
    ActiveRun run = active;
    if (arm.state() == ArmState.WAITING) {
      drop(arm); // and its run at earlier settings, if that is still winding down
      arm.stateProperty().set(ArmState.CANCELLED);
    } else if (run != null && run.arm == arm) {
      run.stoppedByUser = true;
      stop(run);
    }
  }

  /** Stops everything, at the user's wish: what is shown stays. */
  void cancelAll() {
    for (ArmViewModel arm : new ArrayList<>(resting.keySet())) {
      drop(arm);
      arm.stateProperty().set(ArmState.CANCELLED);
    }
    for (ArmViewModel arm : waiting) {
      arm.stateProperty().set(ArmState.CANCELLED);
    }
    waiting.clear();
    ActiveRun run = active;
    if (run != null) {
      run.stoppedByUser = true;
      stop(run);
    }
  }

  private static void stop(ActiveRun run) {
    TaskRunner.Handle handle = run.handle;
    if (handle != null) {
      handle.cancel();
    }
  }

  private void startNext() {
    startNext(false);
  }

  /**
   * Starts what is next.
   *
   * @param roomMade whether what earlier runs have left was freed just now
   */
  private void startNext(boolean roomMade) {
    while (active == null && !makingRoom && !waiting.isEmpty()) {
      ArmViewModel arm = waiting.getFirst();
      RunRequest request = plan.request(arm);
      if (request != null && !roomMade && !plan.fits(request)) {
        makeRoom();
        break;
      }
      waiting.remove(arm);
      if (request == null) {
        arm.stateProperty().set(ArmState.IDLE);
        continue;
      }
      if (!plan.admits(arm, request)) {
        arm.stateProperty().set(ArmState.FAILED);
        continue;
      }
      ActiveRun run = new ActiveRun(arm, request, clock, this::refreshSoon);
      active = run;
      arm.stateProperty().set(ArmState.RUNNING);
      run.handle =
          tasks.start(
              "run " + request.arm(),
              cancellation -> runner.run(request, run, cancellation),
              outcome -> ended(run, outcome),
              failure -> failed(run, failure));
    }
    ActiveRun run = active;
    status.set(run == null ? null : run.status(waiting.size()));
  }

  private void makeRoom() {
    makingRoom = true;
    plan.makeRoom(
        () -> {
          makingRoom = false;
          startNext(true);
        });
  }

  /** Called on the working thread. */
  private void refreshSoon(ActiveRun run, boolean now) {
    if (now) {
      tasks.onUi(() -> refresh(run));
    } else {
      coalescer.offer(() -> refresh(run));
    }
  }

  private void refresh(ActiveRun run) {
    if (run == active && run.current() && !run.stoppedByUser) {
      run.publish();
      status.set(run.status(waiting.size()));
    }
  }

  private void ended(ActiveRun run, RunOutcome outcome) {
    leave(run);
    if (!outcome.score().cancelled()) {
      plan.finished(run.request, outcome);
    }
    if (run.current()) {
      run.publish();
      boolean whole = !outcome.score().cancelled() && !run.stoppedByUser;
      if (whole) {
        show(run.arm, finished(run, outcome));
      }
      run.arm.progressProperty().set(whole ? 1 : 0);
      run.arm.stateProperty().set(whole ? ArmState.DONE : ArmState.CANCELLED);
    }
    startNext();
  }

  /** Shows results that are not there yet: charts are made anew for what is shown. */
  private static void show(ArmViewModel arm, ArmSnapshot finished) {
    ArmSnapshot now = arm.shown();
    if (now == null
        || !Objects.equals(now.score(), finished.score())
        || now.newCount() != finished.newCount()) {
      arm.show(finished);
    }
  }

  private static ArmSnapshot finished(ActiveRun run, RunOutcome outcome) {
    ArmSnapshot snapshot =
        ArmSnapshot.scored(run.request.tokens(), run.request.cache(), outcome.score());
    var generated = outcome.generated();
    return generated == null
        ? snapshot
        : snapshot.withGenerated(generated.ids(), generated.nll(), generated.ids().length);
  }

  private void failed(ActiveRun run, Throwable failure) {
    leave(run);
    if (run.current()) {
      boolean cancelled = failure instanceof CancellationException;
      if (!cancelled) {
        run.arm.forget(); // it may have run out of memory
      }
      run.arm.progressProperty().set(0);
      if (cancelled) {
        run.arm.stateProperty().set(ArmState.CANCELLED);
      } else {
        ErrorReport report = ErrorReport.of("Cannot run " + run.request.arm(), failure, "");
        run.arm.fail(report.message());
        dialogs.error(report);
      }
    }
    startNext();
  }

  private void leave(ActiveRun run) {
    if (active == run) {
      active = null;
      coalescer.clear();
    }
  }
}
