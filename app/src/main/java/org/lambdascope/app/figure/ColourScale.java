package org.lambdascope.app.figure;

import java.awt.Color;
import java.util.Objects;

/**
 * What colours mean, shown as a colour bar.
 *
 * @param label quantity and unit
 * @param range the values of the two ends
 * @param wholeNumbers whether its ticks are whole numbers, such as layers
 * @param map the colours
 */
public record ColourScale(String label, AxisRange range, boolean wholeNumbers, ColourMap map) {

  public ColourScale {
    // A specification need not say it, and Jackson then gives null.
    map = Objects.requireNonNullElse(map, ColourMap.VIRIDIS);
  }

  /** A scale of {@link ColourMap#VIRIDIS}. */
  public ColourScale(String label, AxisRange range, boolean wholeNumbers) {
    this(label, range, wholeNumbers, ColourMap.VIRIDIS);
  }

  /**
   * A diverging scale whose middle is at 0.
   *
   * @param extent of the values; the greater of its two ends in magnitude counts
   */
  public static ColourScale diverging(String label, AxisRange extent) {
    double most = Math.max(Math.abs(extent.min()), Math.abs(extent.max()));
    return new ColourScale(label, new AxisRange(-most, most), false, ColourMap.DIVERGING);
  }

  /** This scale under another name. */
  public ColourScale withLabel(String newLabel) {
    return new ColourScale(newLabel, range, wholeNumbers, map);
  }

  /** This scale over another range; the middle of a diverging one stays at 0. */
  public ColourScale withRange(AxisRange newRange) {
    return map == ColourMap.DIVERGING
        ? diverging(label, newRange)
        : new ColourScale(label, newRange, wholeNumbers, map);
  }

  /**
   * The colour of a value under a theme; values outside the range take the colour of the nearer
   * end.
   */
  public Color at(double value, FigureTheme theme) {
    double length = range.max() - range.min();
    return map.colour(length > 0 ? (value - range.min()) / length : 0.5, theme);
  }
}
