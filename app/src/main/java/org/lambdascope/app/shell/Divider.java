package org.lambdascope.app.shell;

import javafx.scene.control.SplitPane;

/** The divider of a pane with two parts, which keeps its place while one of them is hidden. */
final class Divider {

  /** Less than a pixel. */
  private static final double LEAST_MOVE = 1e-4;

  private final SplitPane pane;
  private final Runnable moved;
  private double position;

  /**
   * A divider that is not there yet.
   *
   * @param pane has an id, by which sessions know the divider again
   * @param position 0 to 1
   * @param moved is called when it stands elsewhere
   */
  Divider(SplitPane pane, double position, Runnable moved) {
    this.pane = pane;
    this.moved = moved;
    this.position = within(position);
  }

  private static double within(double position) {
    return Math.clamp(position, 0.02, 0.98);
  }

  SplitPane pane() {
    return pane;
  }

  /** Names it. */
  String id() {
    return pane.getId();
  }

  /** Where it is, or will be when both parts are shown again. */
  double position() {
    return pane.getDividers().isEmpty() ? position : pane.getDividerPositions()[0];
  }

  /** Moves it, at once or when both parts are shown again. */
  void move(double to) {
    position = within(to);
    if (Math.abs(position() - position) > LEAST_MOVE) {
      pane.setDividerPosition(0, position);
      pane.layout(); // at once: a share is taken of the room that there is, also of panes within
    }
  }

  /** Puts it where it was asked to be when its pane had no size yet. */
  void settle() {
    move(position);
  }

  /** A part is there again: puts the divider where it was. */
  void appear() {
    if (!pane.getDividers().isEmpty()) {
      pane.setDividerPosition(0, position);
      pane.getDividers().getFirst().positionProperty().subscribe((before, now) -> moved.run());
    }
  }

  /** A part is about to go. */
  void disappear() {
    position = position();
  }
}
