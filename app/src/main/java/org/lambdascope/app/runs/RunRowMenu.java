package org.lambdascope.app.runs;

import java.util.List;
import java.util.function.Supplier;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.lambdascope.app.run.RunSummary;

/** What can be done with a run. */
final class RunRowMenu extends ContextMenu {

  /**
   * A menu.
   *
   * @param run gives the run that is meant when an item is chosen
   */
  RunRowMenu(RunsViewModel viewModel, RunsView.Actions actions, Supplier<RunSummary> run) {
    getItems()
        .addAll(
            RunsView.item(
                "Open its experiment, or resume it",
                () -> actions.openExperiment(run.get().run().folder())),
            RunsView.item(
                "Copy the folder’s path", () -> copy(run.get().run().folder().toString())),
            RunsView.item("Copy the id", () -> copy(run.get().run().record().id())),
            RunsView.item("Put into the store", () -> viewModel.addToStore(List.of(run.get()))));
  }

  private static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }
}
