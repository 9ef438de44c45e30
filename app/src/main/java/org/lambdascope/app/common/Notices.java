package org.lambdascope.app.common;

import java.time.Duration;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/**
 * Notices in the lower right corner of a window, each for some seconds or until it is clicked. They
 * are nodes of the window's own scene: a popup would be a scene of its own, whose style sheets are
 * read while the window stands still.
 */
final class Notices {

  private static final Duration STAY = Duration.ofSeconds(5);
  private static final int MOST = 4;
  private static final double WIDTH = 380;
  private static final double MARGIN = 16;

  /** Room for a status bar below. */
  private static final double BELOW = 44;

  private final Window owner;
  private final TaskRunner tasks;
  private final VBox stack = new VBox(8);

  /**
   * Notices of a window whose content is a pane.
   *
   * @param tasks takes them away in time
   */
  Notices(Window owner, TaskRunner tasks) {
    this.owner = owner;
    this.tasks = tasks;
    stack.setManaged(false); // it lies above whatever lays out the window
    stack.setPickOnBounds(false);
  }

  /** Shows a notice above those that are still there. */
  void show(String title, String message) {
    Scene scene = owner.getScene();
    if (scene == null || !(scene.getRoot() instanceof Pane root)) {
      return; // the window is not made yet, or is gone; the log has it
    }
    Label heading = new Label(title);
    heading.getStyleClass().add("notice-title");
    Label text = new Label(message);
    text.setWrapText(true);
    VBox notice = new VBox(4, heading, text);
    notice.getStyleClass().add("notice");
    notice.setPrefWidth(WIDTH);
    notice.setAccessibleText(title + ": " + message);
    notice.setOnMouseClicked(e -> remove(notice));
    if (stack.getChildren().size() == MOST) {
      stack.getChildren().removeFirst();
    }
    stack.getChildren().add(notice);
    if (stack.getParent() != root) {
      root.applyCss(); // what comes looks colours up in ancestors, which must be styled by then
      root.getChildren().add(stack);
      root.layoutBoundsProperty().subscribe(b -> place(root));
    }
    place(root);
    tasks.after(STAY, () -> remove(notice));
  }

  private void remove(VBox notice) {
    stack.getChildren().remove(notice);
    if (stack.getParent() instanceof Pane root) {
      place(root);
    }
  }

  private void place(Pane root) {
    stack.applyCss();
    stack.autosize();
    stack.relocate(
        root.getWidth() - stack.getWidth() - MARGIN, root.getHeight() - stack.getHeight() - BELOW);
  }
}
