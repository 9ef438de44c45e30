package org.lambdascope.app.workbench;

import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.engine.experiment.ScoreResult;

/**
 * One run in progress. The working thread writes what it knows and asks for a refresh; the
 * user-interface thread reads it from there, so a refresh that is skipped loses nothing.
 */
final class ActiveRun implements RunListener {

  private static final double NANOS = 1e-9;

  final ArmViewModel arm;
  final int revision;
  final RunRequest request;
  TaskRunner.@Nullable Handle handle;

  /** Set by the user-interface thread when the user stops the run. */
  boolean stoppedByUser;

  private final LongSupplier clock;
  private final Runnable refresh;
  private final Runnable refreshNow;
  private final long startedAt;

  // Written by the working thread; each count is written after what it counts.
  private float[] nll = {};
  private int[] ids = {};
  private float[] idNll = {};
  private volatile int scored;
  private volatile int generated;
  private volatile @Nullable ScoreResult score;
  private volatile String stage = "scoring";
  private volatile long stageStartedAt;

  ActiveRun(ArmViewModel arm, RunRequest request, LongSupplier clock, Refresher refresher) {
    this.arm = arm;
    this.revision = arm.revision();
    this.request = request;
    this.clock = clock;
    this.startedAt = clock.getAsLong();
    this.stageStartedAt = startedAt;
    this.refresh = () -> refresher.refresh(this, false);
    this.refreshNow = () -> refresher.refresh(this, true);
  }

  /** Brings the run's news to the user-interface thread. */
  @FunctionalInterface
  interface Refresher {
    /**
     * Asks for a refresh.
     *
     * @param now for news that must not wait for others: the first of a run, and a finished score
     */
    void refresh(ActiveRun run, boolean now);
  }

  /** Whether the arm still has the settings that this run was started with. */
  boolean current() {
    return arm.revision() == revision;
  }

  @Override
  public void scored(float[] values, int count) {
    boolean first = scored == 0;
    nll = values;
    scored = count;
    (first ? refreshNow : refresh).run();
  }

  @Override
  public void scoreFinished(ScoreResult result) {
    score = result;
    enter("generating");
  }

  @Override
  public void generated(int[] newIds, float[] newNll, int count) {
    ids = newIds;
    idNll = newNll;
    generated = count;
    refresh.run();
  }

  private void enter(String next) {
    stage = next;
    stageStartedAt = clock.getAsLong();
    refreshNow.run();
  }

  /** Shows what there is in the arm's column. Called on the user-interface thread. */
  void publish() {
    ScoreResult finished = score;
    int count = generated;
    if (finished != null) {
      ArmSnapshot now = arm.shown();
      if (now == null || !Objects.equals(now.score(), finished) || now.newCount() != count) {
        arm.show(
            ArmSnapshot.scored(request.tokens(), request.cache(), finished)
                .withGenerated(ids, idNll, count));
      }
    } else if (scored > 0) {
      // Scores take the place of earlier ones as they come; diagnostics, as a whole, at the end.
      arm.show(ArmSnapshot.scoring(request, nll, scored));
    }
    arm.progressProperty().set(fraction());
  }

  private double fraction() {
    double all = request.tokens().length + request.newTokens();
    double done = (double) scored + generated;
    return Math.clamp(done / all, 0, 1);
  }

  /** What is being done, for the status bar. */
  RunStatus status(int waiting) {
    long now = clock.getAsLong();
    boolean scoring = score == null;
    long done = scoring ? scored : generated;
    long total = scoring ? request.tokens().length : request.newTokens();
    double inStage = (now - stageStartedAt) * NANOS;
    double fraction = fraction();
    return new RunStatus(
        request.arm().toString(),
        stage,
        done,
        total,
        done > 0 && inStage > 0 ? done / inStage : Double.NaN,
        fraction,
        scoring
            ? left((now - startedAt) * NANOS, fraction, 1 - fraction)
            // A token takes longer to generate than to read: what was read says nothing of it.
            : left(inStage, generated, request.newTokens() - (double) generated),
        waiting);
  }

  /** The seconds that a rest takes as what is done took so many; NaN at first. */
  private static double left(double seconds, double done, double rest) {
    return done > 0 && seconds > 0 ? seconds * rest / done : Double.NaN;
  }
}
