package org.lambdascope.app.common;

import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Esc goes past controls that keep it for the list they open, also while that list is closed. With
 * the focus on one of them, Esc would otherwise not cancel a run.
 */
public final class EscapePasses {

  private EscapePasses() {}

  /** Has Esc pass the closed menu buttons and combo boxes below a node. */
  public static void below(Node node) {
    node.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ESCAPE && isClosed(e.getTarget())) {
            e.consume();
            node.fireEvent(e.copyFor(node, node));
          }
        });
  }

  private static boolean isClosed(EventTarget target) {
    return switch (target) {
      case MenuButton button -> !button.isShowing();
      case ComboBoxBase<?> box -> !box.isShowing();
      default -> false;
    };
  }
}
