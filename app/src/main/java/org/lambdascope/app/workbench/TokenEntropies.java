package org.lambdascope.app.workbench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.PredictiveEntropies;
import org.lambdascope.engine.task.Cancellation;

/**
 * Reads texts once more, one arm after another, while tokens are shaded by how sure each arm was. A
 * run that starts stops it.
 */
public final class TokenEntropies {

  /** Reads a text; tests bring their own. */
  @FunctionalInterface
  public interface Loader {

    /**
     * Entropies in nats, one per token; see {@link PredictiveEntropies#of}.
     *
     * @param tokens what the run read, as far as it is asked for
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    float[] load(SharedModel model, ArmSnapshot run, int[] tokens, Cancellation cancellation);

    /** On the engine, keeping the model open meanwhile. */
    static Loader engine() {
      return (model, run, tokens, cancellation) -> {
        model.acquire();
        try {
          return PredictiveEntropies.of(
              model.decoder(run.cache()), run.arm(), tokens, cancellation);
        } finally {
          model.release();
        }
      };
    }
  }

  private final WorkbenchViewModel workbench;
  private final TaskRunner tasks;
  private final Loader loader;
  private final Map<ArmViewModel, ArmSnapshot> tried = new HashMap<>();
  private TaskRunner.Handle loading = () -> {};
  private int revision;

  /** Follows the workbench's arms and what shades their tokens. */
  public TokenEntropies(WorkbenchViewModel workbench, TaskRunner tasks, Loader loader) {
    this.workbench = workbench;
    this.tasks = tasks;
    this.loader = loader;
    workbench.comparison().shadingProperty().subscribe((before, now) -> restart());
    workbench.statusProperty().subscribe((before, now) -> restart());
    ArmFollower.follow(
        workbench.arms(),
        arm -> arm.stateProperty().subscribe((before, now) -> restart()),
        this::restart);
  }

  private void restart() {
    revision++;
    loading.cancel();
    tried.keySet().retainAll(workbench.arms());
    if (workbench.comparison().shadingProperty().get() != TokenShading.ENTROPY) {
      tried.clear();
      workbench.comparison().forgetEntropies();
    } else if (workbench.statusProperty().get() == null) {
      next(revision);
    }
  }

  private void next(int mine) {
    SharedModel model = workbench.models().source().model();
    if (mine != revision || model == null) {
      return;
    }
    for (ArmViewModel arm : workbench.arms()) {
      ArmSnapshot shown = arm.shown();
      if (shown != null && arm.state() == ArmState.DONE && !shown.equals(tried.get(arm))) {
        start(mine, model, arm, shown);
        return;
      }
    }
    workbench.comparison().setEntropyState("");
  }

  private void start(int mine, SharedModel model, ArmViewModel arm, ArmSnapshot shown) {
    int[] tokens = read(shown);
    workbench.comparison().setEntropyState("reading " + shown.arm().kind().id() + " once more …");
    loading =
        tasks.start(
            "predictive entropy of " + shown.arm(),
            cancellation -> loader.load(model, shown, tokens, cancellation),
            found -> ended(mine, arm, shown, found),
            failure -> {
              if (!(failure instanceof CancellationException)) {
                ended(mine, arm, shown, null);
              } else if (mine == revision) {
                workbench.comparison().setEntropyState("stopped"); // by hand, in the list of jobs
              }
            });
  }

  /**
   * The text, and its continuation where an arm generates as it reads; those that read windows
   * begin others when they generate.
   */
  private static int[] read(ArmSnapshot shown) {
    boolean windows = shown.arm().kind().readsWindows();
    return shown.first(windows ? shown.tokens().length : shown.size());
  }

  private void ended(int mine, ArmViewModel arm, ArmSnapshot shown, float @Nullable [] found) {
    if (mine == revision) {
      tried.put(arm, shown);
      if (found != null) {
        workbench.comparison().setEntropies(arm, shown, found);
      }
      next(mine);
    }
  }
}
