package org.lambdascope.app.workbench;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.generation.GenerationResult;

/**
 * How long runs take, from how long others took on the open model: work divided by speed, of the
 * same kind of arm where one was run, else of any. Before the first run, a short text is read to
 * calibrate. Lives on the user-interface thread.
 */
final class RunForecasts {

  private static final int CALIBRATION_TOKENS = 256;
  private static final int CALIBRATION_STEPS = 4;

  /** Runs that take no longer begin at once when a setting moves. */
  private static final double LIVE_SECONDS = 5;

  private final TaskRunner tasks;
  private final ArmRunner runner;
  private final Runnable changed;
  private final Map<ArmKind, Double> reading = new EnumMap<>(ArmKind.class);
  private final Map<ArmKind, Double> generating = new EnumMap<>(ArmKind.class);
  private double anyReading = Double.NaN;
  private double anyGenerating = Double.NaN;
  private @Nullable SharedModel model;
  private TaskRunner.Handle calibrating = () -> {};

  /**
   * Knows nothing yet.
   *
   * @param changed called when forecasts have changed
   */
  RunForecasts(TaskRunner tasks, ArmRunner runner, Runnable changed) {
    this.tasks = tasks;
    this.runner = runner;
    this.changed = changed;
  }

  /**
   * What runs will take, one after another.
   *
   * @param requests all of them; none while it is not known what would be run
   */
  RunForecast of(List<RunRequest> requests) {
    if (requests.isEmpty()) {
      return RunForecast.NONE;
    }
    return new RunForecast(
        requests.stream().mapToLong(runner::predictedBytes).max().orElse(0),
        requests.stream().mapToDouble(this::seconds).sum());
  }

  /** Seconds that a run will take; NaN when that is not known. */
  double seconds(RunRequest request) {
    if (request.model() != model) {
      return Double.NaN;
    }
    RunWork work = runner.predictedWork(request);
    ArmKind kind = request.arm().kind();
    double seconds = work.reading() / reading.getOrDefault(kind, anyReading);
    return request.newTokens() == 0
        ? seconds
        : seconds + work.generating() / generating.getOrDefault(kind, anyGenerating);
  }

  /**
   * How long settings must rest before they are run: one that is soon over may follow every move of
   * a slider.
   *
   * @param request the run; null if there is none yet
   */
  Duration rest(@Nullable RunRequest request) {
    double seconds = request == null ? Double.NaN : seconds(request);
    return seconds <= LIVE_SECONDS ? Duration.ZERO : RunQueue.REST;
  }

  /** Learns from a run that came to its end. */
  void learn(RunRequest request, RunOutcome outcome) {
    if (request.model() != model) {
      forget(request.model());
    }
    RunWork work = runner.predictedWork(request);
    ArmKind kind = request.arm().kind();
    double seconds = outcome.score().seconds();
    if (work.reading() > 0 && seconds > 0) {
      anyReading = work.reading() / seconds;
      reading.put(kind, anyReading);
    }
    GenerationResult generated = outcome.generated();
    if (generated != null && generated.ids().length > 0 && generated.generationSeconds() > 0) {
      double share = (double) generated.ids().length / request.newTokens();
      anyGenerating = work.generating() * share / generated.generationSeconds();
      generating.put(kind, anyGenerating);
    }
    changed.run();
  }

  /** Reads a short text in the background, unless the model's speed is known. */
  void calibrate(RunRequest request) {
    if (request.model() == model || Double.isNaN(runner.predictedWork(request).reading())) {
      return;
    }
    forget(request.model());
    int n = Math.min(CALIBRATION_TOKENS, request.tokens().length);
    RunRequest brief =
        new RunRequest(
            request.model(),
            Arm.withDefaults(ArmKind.VANILLA, n),
            Arrays.copyOf(request.tokens(), n),
            CALIBRATION_STEPS,
            request.captures());
    calibrating =
        tasks.start(
            "calibrate",
            cancellation -> {
              runner.run(brief, RunListener.NONE, cancellation); // until it is compiled
              return runner.run(brief, RunListener.NONE, cancellation);
            },
            outcome -> {
              // A run may have come first, and knows better.
              if (request.model() == model
                  && Double.isNaN(anyReading)
                  && !outcome.score().cancelled()) {
                learn(brief, outcome);
                reading.clear();
                generating.clear();
              }
            },
            failure -> {}); // forecasts stay unknown; a run that fails as well says why
  }

  /** Makes way for a run. */
  void stopCalibrating() {
    calibrating.cancel();
  }

  private void forget(SharedModel now) {
    calibrating.cancel();
    model = now;
    reading.clear();
    generating.clear();
    anyReading = Double.NaN;
    anyGenerating = Double.NaN;
  }
}
