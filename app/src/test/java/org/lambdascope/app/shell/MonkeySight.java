package org.lambdascope.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.DialogPane;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import javafx.stage.Window;

/** What a {@link Monkey} sees: windows, and what is in them. */
final class MonkeySight {

  private MonkeySight() {}

  /** Windows with a frame: popups come and go by themselves. */
  static List<Window> windows() throws Exception {
    return Bounded.onFx(
        () ->
            Window.getWindows().stream()
                .filter(w -> w instanceof Stage && w.isShowing())
                .collect(Collectors.toList()));
  }

  /** How many menus are open, one from another. */
  static int menus() throws Exception {
    return Bounded.onFx(
        () -> (int) Window.getWindows().stream().filter(MonkeySight::isMenu).count());
  }

  private static boolean isMenu(Window window) {
    return window instanceof ContextMenu && window.isShowing();
  }

  /** Whether it is something in the menu that was opened last. */
  static boolean isInTopMenu(Node node) {
    return isMenuItem(node)
        && node.getScene().getWindow()
            == Window.getWindows().stream()
                .filter(MonkeySight::isMenu)
                .reduce((a, b) -> b)
                .orElse(null);
  }

  /** What can be seen and used in all windows and menus, in the order of the scene graph. */
  static List<Node> nodes(Predicate<Node> wanted) throws Exception {
    return Bounded.onFx(
        () -> {
          List<Node> found = new ArrayList<>();
          for (Window window : List.copyOf(Window.getWindows())) {
            boolean seen = window instanceof Stage || window instanceof ContextMenu;
            if (seen && window.isShowing() && window.getScene() != null) {
              collect(window.getScene().getRoot(), wanted, found);
            }
          }
          return found;
        });
  }

  private static void collect(Node node, Predicate<Node> wanted, List<Node> found) {
    if (!node.isVisible() || node.isDisabled()) {
      return;
    }
    if (wanted.test(node)) {
      found.add(node);
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, wanted, found));
    }
  }

  /** A node in a list of what was done. */
  static String name(Node node) {
    String id = node.getId() == null ? "" : "#" + node.getId();
    String text = node instanceof Labeled labeled ? " “" + labeled.getText() + "”" : "";
    String said = node.getAccessibleText() == null ? "" : " (" + node.getAccessibleText() + ")";
    return node.getClass().getSimpleName() + id + text + said;
  }

  /** The title of what has one; empty for what has none. */
  static String text(Node node) {
    if (node instanceof Labeled labeled) {
      return labeled.getText() == null ? "" : labeled.getText();
    }
    return node instanceof Parent parent
        ? parent.getChildrenUnmodifiable().stream()
            .map(MonkeySight::text)
            .filter(t -> !t.isEmpty())
            .findFirst()
            .orElse("")
        : "";
  }

  /** Whether it is something in a menu that can be chosen. */
  static boolean isMenuItem(Node node) {
    return node.getStyleClass().contains("menu-item")
        && node.getScene().getWindow() instanceof ContextMenu
        && !text(node).isEmpty();
  }

  /** Whether a click does something to it. */
  static boolean isControl(Node node) {
    return node instanceof ButtonBase
        || node instanceof ChoiceBox<?>
        || node instanceof ComboBoxBase<?>
        || isMenuItem(node)
        || (node instanceof IndexedCell<?> cell && !cell.isEmpty())
        || node.getStyleClass().contains("tab");
  }

  /** Whether it asks something before all else goes on. */
  static boolean inDialog(Node node) {
    return node.getScene() != null && node.getScene().getRoot() instanceof DialogPane;
  }
}
