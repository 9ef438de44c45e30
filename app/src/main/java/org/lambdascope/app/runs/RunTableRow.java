package org.lambdascope.app.runs;

import java.util.List;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.TableRow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.run.RunSummary;

/** A run in the table: a double click opens its experiment. */
final class RunTableRow extends TableRow<RunSummary> {

  private final ContextMenu menu = new ContextMenu();

  RunTableRow(RunsViewModel viewModel, RunsView.Actions actions) {
    menu.getItems()
        .addAll(
            RunsView.item(
                "Open its experiment, or resume it",
                () -> actions.openExperiment(getItem().run().folder())),
            RunsView.item(
                "Copy the folder’s path", () -> copy(getItem().run().folder().toString())),
            RunsView.item("Copy the id", () -> copy(getItem().run().record().id())),
            RunsView.item("Put into the store", () -> viewModel.addToStore(List.of(getItem()))));
    setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2 && !isEmpty()) {
            actions.openExperiment(getItem().run().folder());
          }
        });
  }

  private static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
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
