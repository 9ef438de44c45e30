package org.lambdascope.app.workbench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.lambdascope.engine.attention.Retention;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.Diagnostics;
import org.lambdascope.engine.task.Cancellation;

/**
 * Gives every token of an arm the same score: its n_global, so that results tell their settings.
 */
final class FakeArmRunner implements ArmRunner {

  final List<String> runs = new ArrayList<>();
  Consumer<RunRequest> meanwhile = r -> {};
  Consumer<RunListener> generating = l -> {};
  long bytes;

  /** Of arms that keep all keys, in full width. */
  long bytesPerToken;

  RunWork work = RunWork.UNKNOWN;

  @Override
  public RunOutcome run(RunRequest request, RunListener listener, Cancellation cancellation) {
    runs.add(request.arm().toString());
    int n = request.tokens().length;
    float[] nll = new float[n - 1];
    Arrays.fill(nll, Float.NaN);
    int half = (n - 1) / 2;
    Arrays.fill(nll, 0, half, value(request));
    listener.scored(nll, half);
    meanwhile.accept(request);
    if (cancellation.cancelled()) {
      return new RunOutcome(result(request, nll, half), null);
    }
    Arrays.fill(nll, half, n - 1, value(request));
    listener.scored(nll, n - 1);
    ScoreResult score = result(request, nll, n - 1);
    listener.scoreFinished(score);
    generating.accept(listener);
    return new RunOutcome(score, null);
  }

  private static float value(RunRequest request) {
    return request.arm().parameters().getOrDefault("global", 1000);
  }

  private static ScoreResult result(RunRequest request, float[] nll, int scored) {
    return new ScoreResult(request.arm(), nll, scored, 2, 64, new Diagnostics(null, null, null));
  }

  @Override
  public long predictedBytes(RunRequest request) {
    boolean all = request.arm().policy().retention() instanceof Retention.All;
    int share = request.cache() == CacheType.F32 ? 1 : 2;
    return bytes + (all ? bytesPerToken * request.tokens().length / share : 0);
  }

  @Override
  public RunWork predictedWork(RunRequest request) {
    return work;
  }
}
