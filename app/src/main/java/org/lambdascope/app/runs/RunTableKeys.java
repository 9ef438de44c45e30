package org.lambdascope.app.runs;

import javafx.geometry.Point2D;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.lambdascope.app.run.RunSummary;

/** What a double click and a right click do with a run, by keys. */
final class RunTableKeys {

  private final TableView<RunSummary> table;
  private final RunsView.Actions actions;
  private final RunRowMenu menu;

  private RunTableKeys(
      TableView<RunSummary> table, RunsViewModel viewModel, RunsView.Actions actions) {
    this.table = table;
    this.actions = actions;
    menu = new RunRowMenu(viewModel, actions, () -> table.getSelectionModel().getSelectedItem());
  }

  /** Has Enter open a run, and the keys for menus show what can be done with it. */
  static void on(TableView<RunSummary> table, RunsViewModel viewModel, RunsView.Actions actions) {
    RunTableKeys keys = new RunTableKeys(table, viewModel, actions);
    table.addEventFilter(KeyEvent.KEY_PRESSED, keys::pressed);
    // Where the system itself turns keys into a request, it is one of the table, not of a row.
    table.addEventFilter(
        ContextMenuEvent.CONTEXT_MENU_REQUESTED,
        e -> {
          if (e.isKeyboardTrigger()) {
            keys.showMenu();
            e.consume();
          }
        });
  }

  private void pressed(KeyEvent e) {
    RunSummary run = table.getSelectionModel().getSelectedItem();
    boolean plain = !e.isShortcutDown() && !e.isAltDown();
    if (run == null || !plain) {
      return;
    }
    if (e.getCode() == KeyCode.ENTER && !e.isShiftDown()) {
      actions.openExperiment(run.run().folder());
    } else if (e.getCode() == KeyCode.CONTEXT_MENU
        || (e.getCode() == KeyCode.F10 && e.isShiftDown())) {
      showMenu();
    } else {
      return;
    }
    e.consume();
  }

  private void showMenu() {
    int chosen = table.getSelectionModel().getSelectedIndex();
    if (chosen < 0 || menu.isShowing()) {
      return;
    }
    Point2D at =
        table.lookupAll(".table-row-cell").stream()
            .filter(node -> node instanceof TableRow<?> row && row.getIndex() == chosen)
            .findFirst()
            .map(row -> row.localToScreen(16, row.getLayoutBounds().getHeight()))
            .orElseGet(() -> table.localToScreen(16, 32)); // its row is scrolled out of sight
    menu.show(table, at.getX(), at.getY());
  }
}
