package org.lambdascope.app.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.event.EventTarget;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.library.LibraryItem.Kind;

/** Models, documents and runs as a tree with a field that searches it. */
public final class LibraryView extends VBox {

  private final LibraryViewModel viewModel;
  private final Dialogs dialogs;
  private final TextField search = new TextField();
  private final TreeView<LibraryNode> tree = new TreeView<>();

  /** Shows a view-model. */
  public LibraryView(LibraryViewModel viewModel, Dialogs dialogs) {
    super(6);
    this.viewModel = viewModel;
    this.dialogs = dialogs;
    getStyleClass().add("library");
    setPadding(new Insets(8, 0, 0, 0));
    search.setId("library-search");
    search.setPromptText("Search");
    search.setAccessibleText("Search models, documents and runs");
    search.textProperty().bindBidirectional(viewModel.searchProperty());
    VBox.setMargin(search, new Insets(0, 8, 0, 8));
    tree.setId("library-tree");
    tree.setAccessibleText("Models, documents and runs");
    tree.setShowRoot(false);
    tree.setCellFactory(t -> new LibraryCell(t, this::menu));
    TreeItem<LibraryNode> root = new TreeItem<>();
    for (Kind kind : Kind.values()) {
      TreeItem<LibraryNode> section = new TreeItem<>(new LibraryNode.Section(kind));
      section.setExpanded(true);
      root.getChildren().add(section);
      viewModel.items(kind).addListener((ListChangeListener<LibraryItem>) c -> fill(section, kind));
      fill(section, kind);
    }
    tree.setRoot(root);
    tree.addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
    tree.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    VBox.setVgrow(tree, Priority.ALWAYS);
    getChildren().addAll(search, tree);
  }

  /** Puts the focus into the field that searches. */
  public void focusSearch() {
    search.requestFocus();
    search.selectAll();
  }

  private void fill(TreeItem<LibraryNode> section, Kind kind) {
    List<TreeItem<LibraryNode>> children = new ArrayList<>();
    boolean bundled = false;
    for (LibraryItem item : viewModel.items(kind)) {
      if (bundled && !item.bundled()) {
        children.add(new TreeItem<>(new LibraryNode.Hint("recent")));
      }
      bundled = item.bundled();
      children.add(new TreeItem<>(new LibraryNode.Item(item)));
    }
    if (children.isEmpty()) {
      section.getChildren().setAll(List.of(new TreeItem<>(new LibraryNode.Hint(hint(kind)))));
    } else {
      section.getChildren().setAll(children);
    }
  }

  private String hint(Kind kind) {
    if (!viewModel.searchProperty().get().isBlank()) {
      return "nothing of that name";
    }
    return switch (kind) {
      case MODEL -> "Drop a Hugging Face folder or a .gguf file here.";
      case DOCUMENT -> "Drop a text file in UTF-8 here.";
      case RUN ->
          "No runs yet. The page Experiment makes one from a file, as does the command “run”. A run’s folder can be dropped here.";
    };
  }

  private @Nullable LibraryItem selected() {
    TreeItem<LibraryNode> chosen = tree.getSelectionModel().getSelectedItem();
    return chosen != null && chosen.getValue() instanceof LibraryNode.Item node
        ? node.item()
        : null;
  }

  private void pressed(MouseEvent event) {
    LibraryItem item = at(event.getTarget());
    if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && item != null) {
      viewModel.open(item);
      event.consume();
    }
  }

  /** What is listed where the mouse is; the tree has bars, arrows and headings too. */
  private static @Nullable LibraryItem at(EventTarget target) {
    Node node = target instanceof Node hit ? hit : null;
    while (node != null && !(node instanceof LibraryCell)) {
      node = node.getParent();
    }
    return node instanceof LibraryCell cell && cell.getItem() instanceof LibraryNode.Item listed
        ? listed.item()
        : null;
  }

  private void key(KeyEvent event) {
    LibraryItem item = selected();
    if (item == null) {
      return;
    }
    switch (event.getCode()) {
      case ENTER -> viewModel.open(item);
      case DELETE -> {
        if (viewModel.canForget(item)) {
          viewModel.forget(item);
        }
      }
      default -> {
        return;
      }
    }
    event.consume();
  }

  private ContextMenu menu(LibraryItem item) {
    MenuItem open = new MenuItem("_Open");
    open.setOnAction(e -> viewModel.open(item));
    MenuItem reveal = new MenuItem("_Show in the file manager");
    reveal.setOnAction(e -> reveal(item.path()));
    MenuItem copy = new MenuItem("_Copy path");
    copy.setOnAction(
        e -> {
          ClipboardContent content = new ClipboardContent();
          content.putString(item.path().toString());
          Clipboard.getSystemClipboard().setContent(content);
        });
    MenuItem forget = new MenuItem("_Remove from recent");
    forget.setOnAction(e -> viewModel.forget(item));
    forget.setDisable(!viewModel.canForget(item));
    return new ContextMenu(open, reveal, copy, forget);
  }

  private void reveal(Path path) {
    try {
      FileManager.reveal(path);
    } catch (IOException e) {
      dialogs.notice("No file manager was found", FileNames.shown(path));
    }
  }
}
