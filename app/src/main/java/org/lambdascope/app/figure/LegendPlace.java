package org.lambdascope.app.figure;

/** Where the legend of a figure stands. */
public enum LegendPlace {
  /** Below the panels. */
  BELOW,
  /** Above the panels, below the title. */
  ABOVE,
  /** Nowhere, such as where a caption says it. */
  NONE
}
