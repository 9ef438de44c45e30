package org.lambdascope.app.figure;

import java.awt.Color;

/**
 * A perceptually ordered colour scale from dark to light, shown as a colour bar.
 *
 * @param label quantity and unit
 * @param range the values of its two ends
 * @param wholeNumbers whether its ticks are whole numbers, such as layers
 */
public record ColourScale(String label, AxisRange range, boolean wholeNumbers) {

  // Nine anchors with evenly rising lightness (CIELAB L* 20 to 88) from violet over blue, teal and
  // green to yellow: ordered in print without colour and for every kind of colour blindness.
  private static final int[] ANCHORS = {
    0x44206B, 0x443C86, 0x3A578C, 0x2D708E, 0x24888C, 0x23A083, 0x45B76F, 0x88CB4F, 0xE0DD2F
  };

  /**
   * The colour of a value under a theme; values outside the range take the colour of the nearer
   * end.
   */
  public Color at(double value, FigureTheme theme) {
    double length = range.max() - range.min();
    return colour(length > 0 ? (value - range.min()) / length : 0.5, theme);
  }

  /**
   * The colour at a fraction of the part of the scale that stands out from a theme's background.
   */
  static Color colour(double fraction, FigureTheme theme) {
    double f = Math.clamp(fraction, 0.0, 1.0);
    return switch (theme) {
      case LIGHT -> colour(f * 0.95);
      case DARK -> colour(0.25 + f * 0.75);
    };
  }

  /**
   * The colour at a fraction of the scale.
   *
   * @param fraction 0 is dark, 1 is light; clamped
   */
  public static Color colour(double fraction) {
    double place = Math.clamp(fraction, 0.0, 1.0) * (ANCHORS.length - 1);
    int i = Math.min((int) place, ANCHORS.length - 2);
    double f = place - i;
    return new Color(mix(i, f, 16), mix(i, f, 8), mix(i, f, 0));
  }

  private static int mix(int i, double f, int shift) {
    int a = ANCHORS[i] >> shift & 0xFF;
    int b = ANCHORS[i + 1] >> shift & 0xFF;
    return (int) Math.round(a + f * (b - a));
  }
}
