package org.lambdascope.app.shell;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;

/** A part at one end of a split pane that can be hidden, and comes back where it was. */
final class Dock {

  private final SplitPane pane;
  private final Node part;
  private final boolean first;
  private double position;

  /**
   * Adds a part to a pane. One that stands after the other is added after it.
   *
   * @param first whether it stands before the other part
   * @param shown whether it is there
   * @param position of the divider while it is, 0 to 1
   */
  Dock(SplitPane pane, Node part, boolean first, ObservableBooleanValue shown, double position) {
    this.pane = pane;
    this.part = part;
    this.first = first;
    this.position = Math.clamp(position, 0.02, 0.98);
    SplitPane.setResizableWithParent(part, false);
    shown.subscribe(this::show);
  }

  private void show(boolean on) {
    if (on == pane.getItems().contains(part)) {
      return;
    }
    if (on) {
      pane.getItems().add(first ? 0 : pane.getItems().size(), part);
      pane.setDividerPosition(divider(), position);
    } else {
      position = position();
      pane.getItems().remove(part);
    }
  }

  private int divider() {
    return first ? 0 : pane.getItems().size() - 2;
  }

  /** Where the divider is, or will be when the part is shown again. */
  double position() {
    boolean divided = pane.getItems().contains(part) && !pane.getDividers().isEmpty();
    return divided ? pane.getDividerPositions()[divider()] : position;
  }
}
