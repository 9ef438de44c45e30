package org.lambdascope.app.shell;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;

/** A part at one end of a split pane that can be hidden, and comes back where it was. */
final class Dock {

  private final Divider divider;
  private final Node part;
  private final boolean first;

  /**
   * Adds a part to a pane. One that stands after the other is added after it.
   *
   * @param divider between it and the other part
   * @param first whether it stands before the other part
   * @param shown whether it is there
   */
  Dock(Divider divider, Node part, boolean first, ObservableBooleanValue shown) {
    this.divider = divider;
    this.part = part;
    this.first = first;
    SplitPane.setResizableWithParent(part, false);
    shown.subscribe(this::show);
  }

  private void show(boolean on) {
    SplitPane pane = divider.pane();
    if (on == pane.getItems().contains(part)) {
      return;
    }
    if (on) {
      pane.getItems().add(first ? 0 : pane.getItems().size(), part);
      divider.appear();
    } else {
      divider.disappear();
      pane.getItems().remove(part);
    }
  }
}
