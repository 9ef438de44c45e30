package org.lambdascope.app.figure;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** Ticks whose labels stand apart. */
final class FittedTicks {

  /** Free room between labels, in their font's size. */
  private static final double GAP = 0.35;

  private FittedTicks() {}

  /** A place on an axis with its label. */
  record Place(double value, String label) {}

  /** The first set of places whose labels stand apart, or the last one. */
  static List<NumberTick> first(
      List<List<Place>> sets, ValueAxis axis, Graphics2D g2, Rectangle2D area, RectangleEdge edge) {
    List<Place> chosen = sets.getLast();
    for (List<Place> set : sets) {
      if (set.size() > 1 && fit(set, axis, g2, area, edge)) {
        chosen = set;
        break;
      }
    }
    boolean horizontal = RectangleEdge.isTopOrBottom(edge);
    TextAnchor anchor = horizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    List<NumberTick> ticks = new ArrayList<>();
    for (Place place : chosen) {
      ticks.add(new NumberTick(place.value(), place.label(), anchor, TextAnchor.CENTER, 0));
    }
    return ticks;
  }

  private static boolean fit(
      List<Place> places, ValueAxis axis, Graphics2D g2, Rectangle2D area, RectangleEdge edge) {
    boolean horizontal = RectangleEdge.isTopOrBottom(edge);
    FontMetrics metrics = g2.getFontMetrics(axis.getTickLabelFont());
    double size = axis.getTickLabelFont().getSize2D();
    double end = Double.NEGATIVE_INFINITY;
    for (Place place : places) {
      // Upwards on the page, the places of a vertical axis descend.
      double middle = axis.valueToJava2D(place.value(), area, edge);
      double along = horizontal ? middle : -middle;
      double half = (horizontal ? metrics.stringWidth(place.label()) : size) / 2;
      if (along - half < end) {
        return false;
      }
      end = along + half + GAP * size;
    }
    return true;
  }
}
