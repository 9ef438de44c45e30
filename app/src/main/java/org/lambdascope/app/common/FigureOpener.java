package org.lambdascope.app.common;

import org.lambdascope.app.figure.Drawing;

/** Opens figures for editing. */
@FunctionalInterface
public interface FigureOpener {

  /** Opens nothing: where there is no editor. */
  FigureOpener NONE = (name, drawing) -> {};

  /**
   * Opens a figure.
   *
   * @param name for its files, without extension
   */
  void open(String name, Drawing drawing);
}
