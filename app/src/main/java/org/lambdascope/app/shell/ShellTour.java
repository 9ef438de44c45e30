package org.lambdascope.app.shell;

import java.util.List;
import org.lambdascope.app.samples.WorkedExample;
import org.lambdascope.app.tour.TourStep;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** What the guided tour shows. */
final class ShellTour {

  private static final int POSITION = 1500;
  private static final int SHORTER_LOCAL = 256;

  private final ShellViewModel shell;
  private final WorkbenchViewModel workbench;
  private final Showcase showcase;

  ShellTour(ShellViewModel shell, WorkbenchViewModel workbench, Showcase showcase) {
    this.shell = shell;
    this.workbench = workbench;
    this.showcase = showcase;
  }

  List<TourStep> steps() {
    return List.of(
        TourStep.showing(
                "Models, documents, runs",
                "What comes with the program and what you opened before. Double-click opens; drop your own files anywhere. Next opens the bundled lambda-llama, which was trained on 512 tokens, with a story of some 8,000, and runs two arms on the first 4,096.",
                List.of("#library-tree"),
                () -> {
                  shell.libraryShownProperty().set(true);
                  page(0);
                })
            .asking(
                "open a model and a text, or let Next do it.",
                "a model and a text are open.",
                () -> shell.completeProperty().get(),
                () -> showcase.start(WorkedExample.ALL.getFirst())),
        TourStep.showing(
            "An arm is a column",
            "A model under one context policy. Vanilla sees every earlier token; LM-Infinite sees the first few and the last 512, and no distance beyond 512. Up to the position on the green badge they are one and the same.",
            List.of(".arm-header"),
            this::arms),
        TourStep.showing(
                "Where it breaks",
                "Negative log-likelihood by position: how surprised an arm is by each token. Past the training length vanilla’s curve climbs, the other stays level.",
                List.of("#nll-curve"),
                this::arms)
            .asking(
                "click on the curve to select a position.",
                "a position is selected.",
                () -> workbench.positionProperty().get() != WorkbenchViewModel.NONE,
                () -> select(POSITION)),
        TourStep.showing(
                "Token by token",
                "The text as each arm reads it, shaded by NLL, then what it generates, underlined. Arrow keys walk, and Alt+Left and Alt+Right do from anywhere.",
                List.of("#text-heading", ".workbench .token-canvas"),
                this::arms)
            .asking(
                "select a token past position 600.",
                "a token past position 600 is selected.",
                () -> workbench.positionProperty().get() > 600,
                () -> select(POSITION)),
        TourStep.showing(
            "What the token sees",
            "The visible keys of the selected token under every arm, at which raw and effective distances, and its attention row in one head.",
            List.of("#side-token"),
            () -> shell.sideShownProperty().set(true)),
        TourStep.showing(
                "Settings are live",
                "The settings of the selected column as sliders and fields. Results of earlier settings fade until the new ones are there, and only what changed is run.",
                List.of("#side-settings"),
                () -> shell.sideShownProperty().set(true))
            .asking(
                "move n_local, the local branch of the Λ-mask.",
                "n_local was moved.",
                this::localMoved,
                this::move),
        TourStep.showing(
            "The mask as a picture",
            "Queries downwards, keys to the right: what the selected arm shows and hides. Point at a cell to read why; drag the edges of the branches.",
            List.of(".mask"),
            () -> page(1)),
        TourStep.showing(
            "Inside one token",
            "The next tokens that every arm thinks likely, what each layer would say, all heads at a glance, and hidden states in which you can brush.",
            List.of(".token-page"),
            () -> page(2)),
        TourStep.showing(
            "Into the paper",
            "Every chart copies and exports from its menu ⋯, with fonts that stay text. This button writes all of them, with the numbers behind them.",
            List.of("#export"),
            () -> page(0)),
        TourStep.showing(
            "Everything by name",
            "Ctrl+K finds commands, models, documents, arms and words by a few letters. F1 explains the words with their papers; Help lists all keys. The welcome page has three worked examples.",
            List.of(".menu-bar"),
            () -> {}));
  }

  private void page(int index) {
    shell.welcomeProperty().set(false);
    shell.pageProperty().set(index);
  }

  private void arms() {
    page(0);
  }

  private void select(int position) {
    int last = workbench.tokenCount() - 1;
    if (last >= 0) {
      workbench.positionProperty().set(Math.min(position, last));
    }
  }

  private boolean localMoved() {
    ArmViewModel arm = workbench.selectedArmProperty().get();
    return arm == null
        || !arm.arm().parameters().containsKey("local")
        || arm.arm().get("local") != workbench.models().pretrainLengthProperty().get();
  }

  private void move() {
    ArmViewModel arm = workbench.selectedArmProperty().get();
    if (arm != null) {
      workbench.setParameter(arm, "local", SHORTER_LOCAL);
    }
  }
}
