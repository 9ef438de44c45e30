package org.lambdascope.app.common;

import javafx.geometry.Bounds;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * A question mark that says what something means: to the mouse that rests on it, and when it is
 * clicked, or pressed by Enter or Space. Esc, another press, or the focus going elsewhere ends it.
 */
final class HelpMark extends Label {

  private static final double WIDTH = 420;

  private final Tooltip meaning;

  /**
   * A mark.
   *
   * @param of what is explained
   * @param text what it means
   */
  HelpMark(String of, String text) {
    super("?");
    getStyleClass().add("help-mark");
    setMinWidth(Region.USE_PREF_SIZE);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.BUTTON);
    setAccessibleText("What “%s” means: %s".formatted(of, text));
    meaning = new Tooltip(text);
    meaning.setWrapText(true);
    meaning.setMaxWidth(WIDTH);
    meaning.setConsumeAutoHidingEvents(true); // Esc ends this, and not what runs
    setTooltip(meaning);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    focusedProperty()
        .subscribe(
            focused -> {
              if (!focused) {
                meaning.hide();
              }
            });
  }

  @Override
  public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
    if (action == AccessibleAction.FIRE) {
      say();
    } else {
      super.executeAccessibleAction(action, parameters);
    }
  }

  private void key(KeyEvent event) {
    boolean plain = !event.isShortcutDown() && !event.isAltDown();
    if (plain && (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE)) {
      if (meaning.isShowing()) {
        meaning.hide();
      } else {
        say();
      }
      event.consume();
    }
  }

  private void click(MouseEvent event) {
    if (event.getButton() == MouseButton.PRIMARY) {
      requestFocus();
      say();
      event.consume();
    }
  }

  private void say() {
    Bounds at = localToScreen(getBoundsInLocal());
    if (at != null) {
      meaning.show(this, at.getMinX(), at.getMaxY() + 4);
    }
  }
}
