package org.lambdascope.app.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.RunStatus;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** Lists the runs of arms as jobs. */
public final class ArmJobs {

  private final WorkbenchViewModel workbench;
  private final Jobs jobs;
  private final Consumer<ArmViewModel> cancel;
  private final Map<ArmViewModel, Subscription> following = new HashMap<>();
  private final Map<ArmViewModel, Job> running = new HashMap<>();

  /**
   * Follows the arms of a workbench.
   *
   * @param cancel stops one arm
   */
  public ArmJobs(WorkbenchViewModel workbench, Jobs jobs, Consumer<ArmViewModel> cancel) {
    this.workbench = workbench;
    this.jobs = jobs;
    this.cancel = cancel;
    workbench.arms().addListener((ListChangeListener<ArmViewModel>) c -> follow());
    workbench.statusProperty().subscribe((before, now) -> showStatus(now));
    follow();
  }

  private void follow() {
    for (ArmViewModel arm : Map.copyOf(following).keySet()) {
      if (!workbench.arms().contains(arm)) {
        Subscription subscription = following.remove(arm);
        if (subscription != null) {
          subscription.unsubscribe();
        }
        drop(arm);
      }
    }
    for (ArmViewModel arm : workbench.arms()) {
      following.computeIfAbsent(
          arm,
          a ->
              Subscription.combine(
                  a.stateProperty().subscribe(s -> stateChanged(a, s)),
                  a.armProperty().subscribe((before, now) -> settingsChanged(a)),
                  a.progressProperty().subscribe(p -> progressed(a, p.doubleValue()))));
    }
  }

  private void stateChanged(ArmViewModel arm, ArmState state) {
    switch (state) {
      case IDLE -> drop(arm);
      case WAITING -> {
        drop(arm);
        running.put(arm, jobs.add(title(arm), () -> cancel.accept(arm)));
      }
      case RUNNING -> {
        Job job = running.computeIfAbsent(arm, a -> jobs.add(title(a), () -> cancel.accept(a)));
        job.started();
        job.progressProperty().set(0);
      }
      case DONE -> end(arm, Job.State.DONE);
      case CANCELLED -> end(arm, Job.State.CANCELLED);
      case FAILED -> end(arm, Job.State.FAILED);
    }
  }

  private static String title(ArmViewModel arm) {
    return "run " + arm.arm();
  }

  /** What waits is run at the settings that it has when its turn comes. */
  private void settingsChanged(ArmViewModel arm) {
    Job job = running.get(arm);
    if (job != null) {
      job.rename(title(arm));
    }
  }

  private void progressed(ArmViewModel arm, double progress) {
    Job job = running.get(arm);
    if (job != null && job.state() == Job.State.RUNNING) {
      job.progressProperty().set(progress);
    }
  }

  private void showStatus(@Nullable RunStatus status) {
    if (status == null) {
      return;
    }
    for (Map.Entry<ArmViewModel, Job> entry : running.entrySet()) {
      if (entry.getKey().state() == ArmState.RUNNING
          && entry.getKey().arm().toString().equals(status.arm())) {
        entry.getValue().detailProperty().set(detail(status));
      }
    }
  }

  private static String detail(RunStatus status) {
    String text =
        "%s %s / %s tokens"
            .formatted(status.stage(), Formats.count(status.done()), Formats.count(status.total()));
    if (!Double.isNaN(status.tokensPerSecond())) {
      text += " · " + Formats.rate(status.tokensPerSecond()) + " tokens/s";
    }
    return Double.isNaN(status.etaSeconds())
        ? text
        : text + " · " + Formats.left(status.etaSeconds());
  }

  private void end(ArmViewModel arm, Job.State how) {
    Job job = running.remove(arm);
    if (job != null) {
      ArmSnapshot shown = arm.shown();
      job.ended(
          how,
          how == Job.State.DONE && shown != null
              ? "mean NLL " + Formats.nats(shown.meanNll())
              : "");
    }
  }

  private void drop(ArmViewModel arm) {
    Job job = running.remove(arm);
    if (job != null) {
      jobs.drop(job);
    }
  }
}
