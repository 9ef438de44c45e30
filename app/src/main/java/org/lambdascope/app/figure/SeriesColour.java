package org.lambdascope.app.figure;

/** The colour of a series: an entry of the palette, a place on the colour scale, or neutral. */
public sealed interface SeriesColour {

  /**
   * An entry of the theme's colour-blind-safe palette.
   *
   * @param index from 0; wraps around
   */
  record Palette(int index) implements SeriesColour {}

  /**
   * A place on the panel's colour scale.
   *
   * @param value in the scale's unit
   */
  record OnScale(double value) implements SeriesColour {}

  /** The theme's neutral colour, for reference lines. */
  record Neutral() implements SeriesColour {}
}
