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

  /** What can be seen and used in all windows, in the order of the scene graph. */
  static List<Node> nodes(Predicate<Node> wanted) throws Exception {
    List<Window> windows = windows();
    return Bounded.onFx(
        () -> {
          List<Node> found = new ArrayList<>();
          for (Window window : windows) {
            if (window.getScene() != null) {
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

  /** Whether a click does something to it. */
  static boolean isControl(Node node) {
    return node instanceof ButtonBase
        || node instanceof ChoiceBox<?>
        || node instanceof ComboBoxBase<?>
        || (node instanceof IndexedCell<?> cell && !cell.isEmpty())
        || node.getStyleClass().contains("tab");
  }

  /** Whether it asks something before all else goes on. */
  static boolean inDialog(Node node) {
    return node.getScene() != null && node.getScene().getRoot() instanceof DialogPane;
  }
}
