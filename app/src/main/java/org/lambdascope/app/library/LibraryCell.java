package org.lambdascope.app.library;

import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** Shows a row of the tree: names, which is open, which are bundled. */
final class LibraryCell extends TreeCell<LibraryNode> {

  private static final double INDENT = 52;

  private final Function<LibraryItem, ContextMenu> menus;
  private final Label name = new Label();
  private final Label bundled = new Label("bundled");
  private final HBox row;
  private final Label hint = LibraryView.hintLabel("");

  LibraryCell(TreeView<LibraryNode> tree, Function<LibraryItem, ContextMenu> menus) {
    this.menus = menus;
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    name.setMinWidth(0);
    bundled.getStyleClass().addAll("text-muted", "caption");
    bundled.setMinWidth(0);
    row = new HBox(6, name, gap, bundled);
    row.setAlignment(Pos.CENTER_LEFT);
    row.setMinWidth(0);
    hint.maxWidthProperty().bind(tree.widthProperty().subtract(INDENT));
    row.maxWidthProperty().bind(tree.widthProperty().subtract(INDENT));
    row.prefWidthProperty().bind(tree.widthProperty().subtract(INDENT));
  }

  @Override
  protected void updateItem(@Nullable LibraryNode node, boolean empty) {
    super.updateItem(node, empty);
    setText(null);
    setGraphic(null);
    setContextMenu(null);
    setTooltip(null);
    setAccessibleText(null);
    getStyleClass().remove("library-section");
    if (empty || node == null) {
      return;
    }
    switch (node) {
      case LibraryNode.Section section -> {
        setText(section.kind().title());
        setAccessibleText(section.kind().title());
        getStyleClass().add("library-section");
      }
      case LibraryNode.Hint said -> {
        hint.setText(said.text());
        setGraphic(hint);
        setAccessibleText(said.text());
      }
      case LibraryNode.Item entry -> show(entry.item());
    }
  }

  private void show(LibraryItem item) {
    name.setText(item.open() ? "● " + item.name() : item.name());
    name.getStyleClass().remove("library-open");
    if (item.open()) {
      name.getStyleClass().add("library-open");
    }
    bundled.setVisible(item.bundled());
    bundled.setManaged(item.bundled());
    setGraphic(row);
    setContextMenu(menus.apply(item));
    setTooltip(new Tooltip(item.path() + "\nDouble-click or press Enter to open"));
    setAccessibleText(
        item.name() + (item.open() ? ", open" : "") + (item.bundled() ? ", bundled" : ""));
  }
}
