package org.lambdascope.app.workbench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.Equivalence;
import org.lambdascope.engine.experiment.Equivalences;
import org.lambdascope.engine.task.Cancellation;

/**
 * Measures, when nothing else runs, how far each arm gives vanilla's logits: one arm after another,
 * and only arms whose results are shown. A run that starts stops it.
 */
public final class VanillaEquivalence {

  /** Measures one arm; tests bring their own. */
  @FunctionalInterface
  public interface Measure {

    /**
     * Compares an arm with vanilla; see {@link Equivalences#measure}.
     *
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    Equivalence of(
        SharedModel model, ArmSnapshot run, int mayDifferAt, int most, Cancellation cancellation);

    /** On the engine, keeping the model open meanwhile. */
    static Measure engine() {
      return (model, run, mayDifferAt, most, cancellation) -> {
        model.acquire();
        try {
          return Equivalences.measure(
              model.decoder(run.cache()), run.arm(), run.tokens(), mayDifferAt, most, cancellation);
        } finally {
          model.release();
        }
      };
    }
  }

  private static final Duration REST = Duration.ofMillis(400);

  /** Both arms are read once more up to here at most: seconds on a small model. */
  private static final int MOST_POSITIONS = 2048;

  /** How far past the first position at which an arm may differ it is looked for whether it did. */
  private static final int BEYOND = 256;

  private final WorkbenchViewModel workbench;
  private final TaskRunner tasks;
  private final Measure measure;
  private final Map<ArmViewModel, ArmSnapshot> measured = new HashMap<>();
  private TaskRunner.Handle resting = () -> {};
  private TaskRunner.Handle measuring = () -> {};
  private int revision;

  /** Follows the workbench's arms. */
  public VanillaEquivalence(WorkbenchViewModel workbench, TaskRunner tasks, Measure measure) {
    this.workbench = workbench;
    this.tasks = tasks;
    this.measure = measure;
    workbench.statusProperty().subscribe((before, now) -> soon());
    ArmFollower.follow(
        workbench.arms(),
        arm ->
            Subscription.combine(
                arm.armProperty().subscribe((before, now) -> arm.equivalenceProperty().set(null)),
                arm.stateProperty().subscribe((before, now) -> soon())),
        this::armsChanged);
  }

  private void armsChanged() {
    measured.keySet().retainAll(workbench.arms());
    for (ArmViewModel arm : workbench.arms()) {
      ArmSnapshot shown = arm.shown();
      if (shown != null && arm.equivalenceProperty().get() != null) {
        measured.putIfAbsent(arm, shown); // a column that was restored with what was measured
      }
    }
    soon();
  }

  private void soon() {
    revision++;
    resting.cancel();
    measuring.cancel();
    int mine = revision;
    if (workbench.statusProperty().get() == null) {
      resting = tasks.after(REST, () -> next(mine));
    }
  }

  private void next(int mine) {
    SharedModel model = workbench.models().source().model();
    if (mine != revision || model == null) {
      return;
    }
    for (ArmViewModel arm : workbench.arms()) {
      ArmSnapshot shown = arm.shown();
      if (shown != null
          && arm.state() == ArmState.DONE
          && shown.arm().kind() != ArmKind.VANILLA
          && !shown.equals(measured.get(arm))) {
        start(mine, model, arm, shown);
        return;
      }
    }
  }

  private void start(int mine, SharedModel model, ArmViewModel arm, ArmSnapshot shown) {
    int limit = shown.size();
    int may = ArmViewModel.firstDifference(shown.arm(), workbench.slidingWindow(), limit);
    int most = may == Edge.UNBOUNDED ? MOST_POSITIONS : Math.min(MOST_POSITIONS, may + BEYOND);
    measuring =
        tasks.start(
            "logits of %s against vanilla’s".formatted(shown.arm()),
            cancellation -> measure.of(model, shown, may, most, cancellation),
            found -> ended(mine, arm, shown, found),
            failure -> ended(mine, arm, shown, null));
  }

  private void ended(int mine, ArmViewModel arm, ArmSnapshot shown, @Nullable Equivalence found) {
    if (mine == revision) {
      measured.put(arm, shown);
      arm.equivalenceProperty().set(found);
      next(mine);
    }
  }
}
