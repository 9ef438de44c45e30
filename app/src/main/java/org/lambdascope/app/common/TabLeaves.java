package org.lambdascope.app.common;

import java.util.function.Predicate;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Tab goes on to the next control from a text area whose text has no tabs. */
public final class TabLeaves {

  private TabLeaves() {}

  /** Has Tab, and Shift+Tab, leave the area; with Ctrl they do already. */
  public static void from(TextArea area) {
    leave(area, e -> true);
  }

  /** Has only Shift+Tab leave an area in which Tab indents. */
  public static void backwards(TextArea area) {
    leave(area, KeyEvent::isShiftDown);
  }

  private static void leave(TextArea area, Predicate<KeyEvent> when) {
    area.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.TAB && !e.isControlDown() && when.test(e)) {
            e.consume();
            area.fireEvent(withControl(e));
          }
        });
  }

  private static KeyEvent withControl(KeyEvent e) {
    return new KeyEvent(
        KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, e.isShiftDown(), true, false, false);
  }
}
