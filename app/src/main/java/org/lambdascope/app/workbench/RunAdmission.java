package org.lambdascope.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.Dialogs.Choice;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.engine.experiment.Arm;

/** Lets runs begin that fit the memory; for one that does not, it offers what would. */
final class RunAdmission {

  private static final long MOST_REMEMBERED = 128L << 20;

  /** Of the free memory, so that several arms leave most of it to runs. */
  private static final int REMEMBERED_SHARE = 16;

  private final WorkbenchViewModel workbench;
  private final ArmRunner runner;
  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final FreeMemory memory;

  /** Asks before runs. */
  RunAdmission(
      WorkbenchViewModel workbench,
      ArmRunner runner,
      TaskRunner tasks,
      Dialogs dialogs,
      FreeMemory memory) {
    this.workbench = workbench;
    this.runner = runner;
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.memory = memory;
  }

  /** Bytes that one arm may keep of a run, so that the next need not read everything anew. */
  long mostRemembered() {
    return Math.min(MOST_REMEMBERED, memory.bytes() / REMEMBERED_SHARE);
  }

  /** Whether each run fits as things are, all others having ended. */
  boolean fit(List<RunRequest> requests) {
    RunsThatFit fitting = new RunsThatFit(runner, memory.bytes());
    return requests.stream().allMatch(fitting::fits);
  }

  /**
   * Frees in the background what earlier runs have left, which counts as taken until then.
   *
   * @param then called when that is done
   */
  void makeRoom(Runnable then) {
    tasks.start(
        "free memory",
        cancellation -> {
          memory.collect();
          return memory.bytes();
        },
        free -> then.run(),
        failure -> then.run());
  }

  /**
   * Whether each run fits, all others having ended; if one does not, the user hears of it.
   *
   * @param arms one per request
   */
  boolean admits(List<ArmViewModel> arms, List<RunRequest> requests) {
    if (fit(requests)) {
      return true;
    }
    long free = memory.bytes();
    // What was kept to save time is worth less than a run.
    long kept = 0;
    for (ArmViewModel arm : workbench.arms()) {
      kept += arm.forget();
    }
    RunsThatFit more = new RunsThatFit(runner, free + kept);
    for (int i = 0; i < requests.size(); i++) {
      if (!more.fits(requests.get(i))) {
        refuse(arms.get(i), requests, requests.get(i), more, free + kept);
        return false;
      }
    }
    return true;
  }

  private void refuse(
      ArmViewModel arm,
      List<RunRequest> requests,
      RunRequest tooLarge,
      RunsThatFit fitting,
      long free) {
    List<Choice> choices = new ArrayList<>();
    fitting
        .mostTokens(requests)
        .ifPresent(
            n ->
                choices.add(
                    choice(
                        "Read %s tokens".formatted(Formats.count(n)),
                        () -> workbench.lengthProperty().set(n))));
    fitting
        .cache(requests)
        .ifPresent(
            type ->
                choices.add(
                    choice(
                        "Store keys and values as %s".formatted(type.id().toUpperCase(Locale.ROOT)),
                        () -> workbench.cacheTypeProperty().set(type))));
    fitting
        .droppingKeys(tooLarge, workbench.models().pretrainLengthProperty().get())
        .ifPresent(other -> choices.add(droppingKeys(arm, other)));
    dialogs.offer(
        new ErrorReport(
            "Not enough memory",
            "%s on %s tokens: expected to need at most the %s that are free, found that its cache and captures will take %s."
                .formatted(
                    tooLarge.arm(),
                    Formats.count(tooLarge.tokens().length),
                    Formats.bytes(free),
                    Formats.bytes(runner.predictedBytes(tooLarge))),
            choices.isEmpty()
                ? "Nothing smaller fits either; start with a larger heap (-Xmx)."
                : "What would fit is offered below; or start with a larger heap (-Xmx)."),
        choices);
  }

  private Choice droppingKeys(ArmViewModel arm, Arm other) {
    return choice(
        "Use %s in place of %s".formatted(other.kind().id(), arm.arm().kind().id()),
        () -> workbench.setArm(arm, other));
  }

  private Choice choice(String label, Runnable change) {
    return new Choice(
        label,
        () -> {
          change.run();
          workbench.run();
        });
  }
}
