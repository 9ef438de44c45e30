package org.lambdascope.app.mask;

/**
 * What is to be said of one cell.
 *
 * @param cell query and key, with their tokens
 * @param distances raw and effective distance
 * @param reason whether the query sees the key, and why
 * @param visible whether it does, or may
 */
public record MaskReadout(String cell, String distances, String reason, boolean visible) {

  static final MaskReadout NONE =
      new MaskReadout(
          "Point at a cell, or walk with the arrow keys.",
          "Drag an edge or its label to change the arm. Drag across the picture to zoom in; the wheel zooms too.",
          "",
          false);
}
