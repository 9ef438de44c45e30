package org.lambdascope.app.experiment;

import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** A label that does something when it is clicked, and by keys alike. */
final class Pressable {

  private Pressable() {}

  /** Does {@code action} by a click, and by Enter or Space once Tab has reached the label. */
  static void by(Label label, Runnable action) {
    label.getStyleClass().add("pressable");
    label.setAccessibleRole(AccessibleRole.BUTTON);
    label.setFocusTraversable(true);
    label.setOnMouseClicked(e -> action.run());
    label.addEventHandler(
        KeyEvent.KEY_PRESSED,
        e -> {
          boolean plain = !e.isShortcutDown() && !e.isAltDown();
          if (plain && (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE)) {
            action.run();
            e.consume();
          }
        });
  }
}
