package org.lambdascope.app.command;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** All shortcuts on one sheet, menu by menu, and the keys that parts of the window know. */
public final class ShortcutSheet extends ScrollPane {

  private static final double WIDTH = 860;
  private static final double HEIGHT = 600;

  /** Keys of a part of the window: what it is, then pairs of keys and what they do. */
  public record Keys(String where, List<List<String>> keys) {

    /** Copies the list. */
    public Keys {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A sheet of a registry's shortcuts.
   *
   * @param others keys that are no commands
   */
  public ShortcutSheet(CommandRegistry registry, List<Keys> others) {
    setId("shortcut-sheet");
    setAccessibleText("Keyboard shortcuts");
    getStyleClass().add("sheet");
    setFitToWidth(true);
    setPrefSize(WIDTH, HEIGHT);
    List<Region> parts = new ArrayList<>();
    for (CommandGroup group : CommandGroup.values()) {
      List<List<String>> rows = new ArrayList<>();
      for (List<CommandEntry> section : registry.sections(group)) {
        for (CommandEntry entry : section) {
          switch (entry) {
            case Command command -> add(rows, "", command);
            case CommandList list ->
                list.commands().forEach(command -> add(rows, list.label() + ": ", command));
          }
        }
      }
      if (!rows.isEmpty()) {
        parts.add(part(group.label(), rows));
      }
    }
    others.forEach(keys -> parts.add(part(keys.where(), keys.keys())));
    setContent(columns(parts));
  }

  private static void add(List<List<String>> rows, String before, Command command) {
    if (!command.shortcut().isEmpty()) {
      rows.add(List.of(CommandMenus.keys(command), before + command.name()));
    }
  }

  /** Two columns of about the same height. */
  private static HBox columns(List<Region> parts) {
    int rows = parts.stream().mapToInt(ShortcutSheet::rows).sum();
    VBox left = new VBox(14);
    VBox right = new VBox(14);
    int filled = 0;
    for (Region part : parts) {
      (2 * filled + rows(part) <= rows ? left : right).getChildren().add(part);
      filled += rows(part);
    }
    HBox columns = new HBox(28, left, right);
    HBox.setHgrow(left, Priority.ALWAYS);
    HBox.setHgrow(right, Priority.ALWAYS);
    left.setPrefWidth(WIDTH / 2);
    right.setPrefWidth(WIDTH / 2);
    columns.setPadding(new Insets(0, 14, 4, 0));
    return columns;
  }

  private static int rows(Region part) {
    return ((GridPane) ((VBox) part).getChildren().get(1)).getRowCount() + 2;
  }

  private static VBox part(String title, List<List<String>> rows) {
    Label heading = new Label(title);
    heading.getStyleClass().add("section-title");
    GridPane grid = new GridPane(12, 4);
    ColumnConstraints what = new ColumnConstraints();
    what.setHgrow(Priority.ALWAYS);
    ColumnConstraints keys = new ColumnConstraints();
    keys.setMinWidth(Region.USE_PREF_SIZE);
    grid.getColumnConstraints().addAll(what, keys);
    for (int i = 0; i < rows.size(); i++) {
      Label label = new Label(rows.get(i).get(1));
      label.setWrapText(true);
      Label key = new Label(rows.get(i).get(0));
      key.getStyleClass().add("keys");
      key.setMinWidth(Region.USE_PREF_SIZE);
      GridPane.setValignment(key, VPos.TOP);
      GridPane.setHalignment(key, HPos.RIGHT);
      grid.addRow(i, label, key);
    }
    return new VBox(6, heading, grid);
  }
}
