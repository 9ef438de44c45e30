package org.lambdascope.app.common;

import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Esc goes past whatever has the focus, unless that has a list to close. Menu buttons, trees,
 * tables and fields with a formatter keep it though they have no use for it, and then it would not
 * cancel a run.
 */
public final class EscapePasses {

  private EscapePasses() {}

  /** Has Esc pass what stands below a node. */
  public static void below(Node node) {
    node.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ESCAPE && e.getTarget() != node && !isOpen(e.getTarget())) {
            e.consume();
            node.fireEvent(e.copyFor(node, node));
          }
        });
  }

  private static boolean isOpen(EventTarget target) {
    return switch (target) {
      case MenuButton button -> button.isShowing();
      case ComboBoxBase<?> box -> box.isShowing();
      default -> false;
    };
  }
}
