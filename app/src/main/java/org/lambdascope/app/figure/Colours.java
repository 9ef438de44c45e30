package org.lambdascope.app.figure;

import java.awt.Color;

/** Resolves series colours. */
final class Colours {

  private Colours() {}

  static Color of(SeriesColour colour, Panel panel, FigureTheme theme) {
    return switch (colour) {
      case SeriesColour.Palette p -> theme.palette(p.index());
      case SeriesColour.Neutral n -> theme.neutral();
      case SeriesColour.OnScale s -> {
        ColourScale scale = panel.scale();
        yield scale == null ? theme.neutral() : scale.at(s.value(), theme);
      }
    };
  }
}
