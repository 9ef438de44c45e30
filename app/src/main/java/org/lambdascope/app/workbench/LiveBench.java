package org.lambdascope.app.workbench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.BackgroundTaskRunner;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.models.ModelOpener;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.task.Cancellation;

/**
 * Times what a person at the window waits for when a setting moves, through the window's own
 * view-models, without a display: from the move until charts first show anything of the new
 * setting, and until they show the curve and all diagnostics of the whole text. Drawing them on the
 * screen is not in it.
 */
public final class LiveBench implements AutoCloseable {

  /** How often a wait looks whether the user has interrupted. */
  private static final long PATIENCE_MS = 100;

  private static final int UNTIMED = 2;

  private final ExecutorService ui =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("lambdascope-bench-live").factory());
  private final BackgroundTaskRunner tasks = new BackgroundTaskRunner(ui);
  private final Cancellation cancellation;
  private final ModelsViewModel models;
  private final WorkbenchViewModel workbench;
  private final DiagnosticsViewModel diagnostics;
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private volatile int lastReused;

  /** A view-model reported an error. */
  public static final class ReportedException extends Exception {
    private static final long serialVersionUID = 1;

    ReportedException(ErrorReport report) {
      super(report.message());
    }
  }

  /**
   * Opens nothing yet.
   *
   * @param opener opens models
   * @param cancellation ends waiting
   */
  public LiveBench(ModelOpener opener, Cancellation cancellation) {
    this.cancellation = cancellation;
    Dialogs dialogs = new Failing();
    models = new ModelsViewModel(tasks, dialogs, new MemorySettings(), opener);
    workbench =
        new WorkbenchViewModel(
            models, tasks, new Listening(), dialogs, System::nanoTime, FreeMemory.heap());
    diagnostics = new DiagnosticsViewModel(workbench, tasks);
  }

  /**
   * Opens what is to be read.
   *
   * @param length tokens wanted
   * @return tokens that there are, at most {@code length}
   * @throws ReportedException if either cannot be opened
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public int open(Path model, Path text, int length) throws ReportedException {
    CompletableFuture<Integer> opened = new CompletableFuture<>();
    tasks.onUi(
        () -> {
          models
              .sourceProperty()
              .subscribe(
                  source -> {
                    if (source.complete()) {
                      opened.complete(Math.min(length, workbench.availableTokens()));
                    }
                  });
          models.openModel(model);
          models.openText(text);
        });
    return await(opened);
  }

  /**
   * Reads the text under an arm, then moves each of its live settings to and fro.
   *
   * @param kind the arm, at its defaults for the model
   * @param tokens to read
   * @param repetitions timed moves of each setting
   * @param done takes each setting's times as they are there
   * @throws ReportedException if a run fails
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public void measure(ArmKind kind, int tokens, int repetitions, Consumer<LiveTimes> done)
      throws ReportedException {
    CompletableFuture<ArmViewModel> first = new CompletableFuture<>();
    tasks.onUi(
        () -> {
          workbench.setArms(List.of(kind));
          workbench.lengthProperty().set(tokens);
          workbench.newTokensProperty().set(0);
          ArmViewModel arm = workbench.arms().getFirst();
          arm.stateProperty()
              .subscribe(
                  state -> {
                    if (state == ArmState.DONE) {
                      first.complete(arm);
                    }
                  });
          workbench.run();
        });
    ArmViewModel arm = await(first);
    for (LiveSetting setting : LiveSetting.of(arm.arm())) {
      done.accept(measure(arm, setting, repetitions));
    }
  }

  private LiveTimes measure(ArmViewModel arm, LiveSetting setting, int repetitions)
      throws ReportedException {
    List<Double> partial = new ArrayList<>();
    List<Double> complete = new ArrayList<>();
    int reused = 0;
    for (int n = 0; n < UNTIMED + repetitions; n++) {
      Move move = new Move(arm, setting.key(), n % 2 == 0 ? setting.moved() : setting.rest());
      tasks.onUi(move::start);
      await(move.ended);
      if (n >= UNTIMED) {
        partial.add(move.partialSeconds());
        complete.add(move.completeSeconds());
        reused = lastReused;
      }
    }
    if (repetitions % 2 != 0) {
      Move back = new Move(arm, setting.key(), setting.rest());
      tasks.onUi(back::start);
      await(back.ended);
    }
    return new LiveTimes(arm.arm(), setting, reused, array(partial), array(complete));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private <T extends @Nullable Object> T await(CompletableFuture<T> future)
      throws ReportedException {
    CompletableFuture<Object> either = CompletableFuture.anyOf(future, failure);
    while (true) {
      cancellation.check();
      try {
        either.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        return future.join();
      } catch (TimeoutException e) {
        // Looks whether it was cancelled, and waits on.
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ReportedException reported) {
          throw reported;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Stops everything and closes the model. */
  @Override
  public void close() {
    CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    tasks.onUi(
        () -> {
          workbench.close();
          closed.complete(null);
        });
    closed.join();
    tasks.close();
    ui.close();
  }

  /** One move of one setting, on the user-interface thread. */
  private final class Move {
    private final ArmViewModel arm;
    private final String key;
    private final int value;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private Subscription listening = Subscription.EMPTY;
    private long started;
    private long partial;
    private long complete;

    Move(ArmViewModel arm, String key, int value) {
      this.arm = arm;
      this.key = key;
      this.value = value;
    }

    void start() {
      started = System.nanoTime();
      workbench.setParameter(arm, key, value);
      Arm wanted = arm.arm();
      listening =
          Subscription.combine(
              diagnostics.chartsProperty().subscribe((before, now) -> drawn(wanted)),
              arm.stateProperty().subscribe((before, now) -> endWhenDone()));
    }

    private void drawn(Arm wanted) {
      ArmSnapshot shown = arm.shown();
      if (shown == null || arm.stale() || !shown.arm().equals(wanted)) {
        return;
      }
      long now = System.nanoTime();
      partial = partial == 0 ? now : partial;
      if (shown.score() != null && complete == 0) {
        complete = now;
        endWhenDone();
      }
    }

    private void endWhenDone() {
      if (complete != 0 && arm.state() == ArmState.DONE && !ended.isDone()) {
        listening.unsubscribe();
        ended.complete(null);
      }
    }

    double partialSeconds() {
      return (partial - started) / 1e9;
    }

    double completeSeconds() {
      return (complete - started) / 1e9;
    }
  }

  /** Runs arms on the engine, and notes how much of a run was taken over. */
  private final class Listening implements ArmRunner {
    private final EngineArmRunner engine = new EngineArmRunner();

    @Override
    public RunOutcome run(RunRequest request, RunListener listener, Cancellation stop) {
      RunOutcome outcome = engine.run(request, listener, stop);
      lastReused = outcome.reused();
      return outcome;
    }

    @Override
    public long predictedBytes(RunRequest request) {
      return engine.predictedBytes(request);
    }

    @Override
    public RunWork predictedWork(RunRequest request) {
      return engine.predictedWork(request);
    }
  }

  /** Whatever would be shown as an error ends the bench. */
  private final class Failing implements Dialogs {
    @Override
    public void error(ErrorReport report) {
      failure.completeExceptionally(new ReportedException(report));
    }

    @Override
    public void offer(ErrorReport report, List<Choice> choices) {
      error(report);
    }

    @Override
    public void notice(String title, String message) {}
  }
}
