package org.lambdascope.app.shell;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;
import org.lambdascope.app.common.DetachedWindow;

/** A part at one end of a split pane that can be hidden, and comes back where it was. */
final class Dock {

  private final Divider divider;
  private final Region part;
  private final boolean first;

  /**
   * Adds a part to a pane. One that stands after the other is added after it.
   *
   * @param divider between it and the other part
   * @param first whether it stands before the other part
   * @param shown whether it is there
   */
  Dock(Divider divider, Region part, boolean first, ObservableBooleanValue shown) {
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
      DetachedWindow.cameBack(part);
      pane.getItems().add(first ? 0 : pane.getItems().size(), part);
      divider.appear();
    } else {
      divider.disappear();
      // Colours may be others when it comes back: it is then styled as a whole, as in a new scene.
      DetachedWindow.beforeMove(part, true);
      pane.getItems().remove(part);
    }
  }
}
