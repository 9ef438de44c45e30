package org.lambdascope.app.session;

import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** What was done in the window, each action with the commands that reproduce what came of it. */
public final class ActionLog {

  private static final int MOST = 1000;
  private static final String RUN = "run";

  /** How the names of charts begin that the command {@code probe} draws. */
  private static final List<String> DIAGNOSTICS =
      List.of(
          "nll-by-position",
          "logits-by-distance",
          "entropy",
          "pca",
          "cross-attention",
          "cross-norm");

  private final WorkbenchViewModel workbench;
  private final Samples samples;
  private final Clock clock;
  private final ObservableList<Action> actions = FXCollections.observableArrayList();

  // Kept: it would be forgotten, and its listeners with it.
  private final ObservableList<Action> shown = FXCollections.unmodifiableObservableList(actions);

  ActionLog(WorkbenchViewModel workbench, UndoHistory history, Samples samples, Clock clock) {
    this.workbench = workbench;
    this.samples = samples;
    this.clock = clock;
    workbench.models().sourceProperty().subscribe((before, now) -> opened());
    workbench
        .statusProperty()
        .subscribe(
            (before, now) -> {
              if (before == null && now != null) {
                ran();
              }
            });
    history.onStep(what -> Reproduction.of(workbench, samples).ifPresent(r -> settings(what, r)));
  }

  /** What was done, the oldest first. */
  public ObservableList<Action> actions() {
    return shown;
  }

  /**
   * Figures were written: all of the diagnostics into a folder, or a chart as a file. Of those the
   * diagnostics are logged, which a command writes as one of all.
   *
   * @param chart the name of the chart; empty for all
   */
  public void exported(Path to, String chart) {
    boolean all = chart.isEmpty();
    if (!all && DIAGNOSTICS.stream().noneMatch(chart::startsWith)) {
      return;
    }
    Reproduction.of(workbench, samples)
        .ifPresent(
            r ->
                add(
                    "exported " + to.getFileName(),
                    CommandText.probe(
                        r, all ? to.toAbsolutePath().normalize().toString() : "figures")));
  }

  /** An experiment file is run. */
  public void ranExperiments(Path file, Path out, boolean resume) {
    add(
        "%s the experiments of %s".formatted(resume ? "resumed" : "ran", file.getFileName()),
        CommandText.run(file, out, resume));
  }

  /** A stored figure was drawn: its specification holds all edits. */
  public void drew(Path stored, Path out) {
    add("drew the figure " + stored.getFileName(), CommandText.figure(stored, out));
  }

  /** All of it as a script for a POSIX shell. */
  public String script() {
    return actions.stream()
        .map(a -> "# %s %s%n%s%n".formatted(a.at(), a.what(), a.command()))
        .collect(Collectors.joining("\n", "#!/bin/sh\n", ""));
  }

  /** Puts the history of a session in place of this one. */
  void replace(List<Action> history) {
    actions.setAll(history);
  }

  private void opened() {
    Optional<Reproduction> now = Reproduction.of(workbench, samples);
    now.ifPresent(r -> add("opened %s and %s".formatted(r.model(), r.text()), CommandText.open(r)));
  }

  /**
   * Settings that are tried while they change are run before they rest: that was no run by hand.
   */
  private void settings(String what, Reproduction r) {
    String command = CommandText.brief(r);
    Action last = actions.isEmpty() ? null : actions.getLast();
    if (last != null && last.what().equals(RUN) && last.command().equals(command)) {
      actions.removeLast();
    }
    add(what, command);
  }

  /** A run of settings that were just logged is no news. */
  private void ran() {
    Reproduction.of(workbench, samples)
        .map(CommandText::brief)
        .filter(c -> actions.isEmpty() || !actions.getLast().command().equals(c))
        .ifPresent(c -> add(RUN, c));
  }

  private void add(String what, String command) {
    if (actions.size() == MOST) {
      actions.removeFirst();
    }
    String at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    actions.add(new Action(at, what, command));
  }
}
