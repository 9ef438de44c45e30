package org.lambdascope.app.runs;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.TableRow;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.run.RunSummary;

/** A run in the table: a double click opens its experiment, as Enter does. */
final class RunTableRow extends TableRow<RunSummary> {

  private final ContextMenu menu;

  RunTableRow(RunsViewModel viewModel, RunsView.Actions actions) {
    menu = new RunRowMenu(viewModel, actions, this::getItem);
    setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2 && !isEmpty()) {
            actions.openExperiment(getItem().run().folder());
          }
        });
  }

  @Override
  protected void updateItem(RunSummary run, boolean empty) {
    super.updateItem(run, empty);
    boolean none = empty || run == null;
    setContextMenu(none ? null : menu);
    Tips.on(
        this,
        none
            ? ""
            : "%s, id %s%s\nArms: %s"
                .formatted(
                    FileNames.shown(run.run().folder()),
                    run.run().record().id(),
                    run.there() ? "" : " (the folder is gone)",
                    String.join(", ", run.arms())));
  }
}
