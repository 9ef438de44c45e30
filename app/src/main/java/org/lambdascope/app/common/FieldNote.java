package org.lambdascope.app.common;

import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Says below a field for a number why it does not hold what was typed, until something else is
 * typed or clicked on.
 */
final class FieldNote {

  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
  private static final double BELOW = 4;

  private final TextField field;
  private final String name;
  private @Nullable Tooltip made;

  /**
   * A note that is not shown.
   *
   * @param name of what the field holds
   */
  FieldNote(TextField field, String name) {
    this.field = field;
    this.name = name;
  }

  /**
   * Says that something cannot be typed.
   *
   * @param expected such as {@code a whole number}
   */
  void refused(String expected, String found) {
    show("%s: expected %s, found “%s”".formatted(name, expected, found));
  }

  /**
   * Says which number is used in place of the one that was typed, if it is another.
   *
   * @param typed what was typed
   * @param used the nearest in the range of the moment
   * @param text of the number that is used
   */
  void taken(long typed, long used, String found, String text) {
    if (typed != used) {
      show(
          "%s: expected at %s %s, found %s; %s is used"
              .formatted(name, typed < used ? "least" : "most", text, found, text));
    }
  }

  /** Takes the note away. */
  void hide() {
    Tooltip note = made;
    if (note != null) {
      note.hide();
    }
  }

  private void show(String text) {
    Window window = field.getScene() == null ? null : field.getScene().getWindow();
    Bounds at = field.localToScreen(field.getBoundsInLocal());
    if (window == null || !window.isShowing() || at == null) {
      return; // as when it loses the focus because its window closes
    }
    Tooltip note = made;
    if (note == null) {
      note = new Tooltip();
      note.setAutoHide(true);
      note.setConsumeAutoHidingEvents(false);
      note.getStyleClass().add("field-note");
      note.showingProperty().subscribe(shown -> field.pseudoClassStateChanged(WRONG, shown));
      made = note;
    }
    note.setText(text);
    note.show(field, at.getMinX(), at.getMaxY() + BELOW);
  }
}
