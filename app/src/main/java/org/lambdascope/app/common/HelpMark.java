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
import org.jspecify.annotations.Nullable;

/**
 * A question mark that says what something means: to the mouse that rests on it, and when it is
 * clicked, or pressed by Enter or Space. Esc, another press, or the focus going elsewhere ends it.
 */
final class HelpMark extends Label {

  private static final double WIDTH = 420;

  private final String text;

  /** Made when it may first be shown: each is a window, see {@link Tips}. */
  private @Nullable Tooltip made;

  /**
   * A mark.
   *
   * @param of what is explained
   * @param text what it means
   */
  HelpMark(String of, String text) {
    super("?");
    this.text = text;
    getStyleClass().add("help-mark");
    setMinWidth(Region.USE_PREF_SIZE);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.BUTTON);
    setAccessibleText("What “%s” means: %s".formatted(of, text));
    addEventHandler(MouseEvent.MOUSE_ENTERED, e -> meaning());
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    focusedProperty()
        .subscribe(
            focused -> {
              Tooltip tooltip = made;
              if (!focused && tooltip != null) {
                tooltip.hide();
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
      if (meaning().isShowing()) {
        meaning().hide();
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

  private Tooltip meaning() {
    Tooltip tooltip = made;
    if (tooltip == null) {
      tooltip = new Tooltip(text);
      tooltip.setWrapText(true);
      tooltip.setMaxWidth(WIDTH);
      tooltip.setConsumeAutoHidingEvents(true); // Esc ends this, and not what runs
      setTooltip(tooltip);
      made = tooltip;
    }
    return tooltip;
  }

  private void say() {
    Bounds at = localToScreen(getBoundsInLocal());
    if (at != null) {
      meaning().show(this, at.getMinX(), at.getMaxY() + 4);
    }
  }
}
