package org.lambdascope.app.figure;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

/** Labels of vertical markers on a page: above the plot, where no data is. */
final class MarkerLabels {

  private static final double REACH = 9;
  private static final int GAP = 4;

  private MarkerLabels() {}

  /** The height that they take; 0 where a panel has none. */
  static double room(Panel panel, ChartStyle style) {
    return panel.markers().stream().anyMatch(MarkerLabels::labelled)
        ? style.type().small() * 1.21
        : 0;
  }

  private static boolean labelled(Marker marker) {
    return marker.vertical() && !marker.label().isEmpty();
  }

  /**
   * Draws them, each right of the one before.
   *
   * @param area of the plot
   */
  static void draw(Graphics2D g2, Panel panel, XYPlot plot, ChartStyle style, Rectangle2D area) {
    FontMetrics metrics = g2.getFontMetrics(style.small());
    double free = area.getX();
    List<Marker> ordered =
        panel.markers().stream()
            .filter(MarkerLabels::labelled)
            .filter(m -> plot.getDomainAxis().getRange().contains(m.at()))
            .sorted(Comparator.comparingDouble(Marker::at))
            .toList();
    for (Marker marker : ordered) {
      double at = plot.getDomainAxis().valueToJava2D(marker.at(), area, RectangleEdge.BOTTOM);
      double width = metrics.stringWidth(marker.label());
      double x = Math.max(free, Math.min(at - width / 2, area.getMaxX() - width));
      if (x + width <= area.getMaxX() + REACH) {
        g2.setFont(style.small());
        g2.setPaint(style.theme().neutral());
        g2.drawString(marker.label(), (float) x, (float) (area.getY() - 2));
      }
      free = x + width + GAP;
    }
  }
}
