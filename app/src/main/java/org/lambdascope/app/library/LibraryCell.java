package org.lambdascope.app.library;

import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeView;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.Tips;

/** Shows a row of the tree: names, which is open, which are bundled. */
final class LibraryCell extends TreeCell<LibraryNode> {

  /** What stands left of a text, and the bar at the right. */
  private static final double AROUND = 44;

  private final Function<LibraryItem, ContextMenu> menus;

  // A label would be given the height of one line: trees ask cells before they know their width.
  private final Text hint = new Text();

  LibraryCell(TreeView<LibraryNode> tree, Function<LibraryItem, ContextMenu> menus) {
    this.menus = menus;
    hint.getStyleClass().add("library-hint");
    hint.wrappingWidthProperty().bind(Bindings.max(60, tree.widthProperty().subtract(AROUND)));
    setPrefWidth(0); // names that are too long end in an ellipsis instead of a bar to scroll
  }

  @Override
  protected void updateItem(@Nullable LibraryNode node, boolean empty) {
    super.updateItem(node, empty);
    setText(null);
    setGraphic(null);
    setContextMenu(null);
    Tips.on(this, "");
    setAccessibleText(null);
    getStyleClass().removeAll("library-section", "library-open");
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
    setText(item.open() ? "● " + item.name() : item.name());
    if (item.open()) {
      getStyleClass().add("library-open");
    }
    setContextMenu(menus.apply(item));
    Tips.on(
        this,
        FileNames.shown(item.path())
            + (item.bundled() ? "\nComes with Lambdascope." : "")
            + "\nDouble-click or press Enter to open");
    setAccessibleText(
        item.name() + (item.open() ? ", open" : "") + (item.bundled() ? ", bundled" : ""));
  }
}
