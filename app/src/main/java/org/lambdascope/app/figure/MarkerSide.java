package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.Marker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;

/** On which side of a vertical marker its label stands, in a chart of the window. */
final class MarkerSide {

  private MarkerSide() {}

  /**
   * The marker with its label where there is room for it: on the right of the line if it fits there
   * or fits on neither side.
   *
   * @param area of the plot
   */
  static Marker placed(
      Graphics2D g2, XYPlot plot, ValueAxis axis, Marker marker, Rectangle2D area) {
    if (marker.getLabel() == null || !(marker instanceof ValueMarker line)) {
      return marker;
    }
    double at = axis.valueToJava2D(line.getValue(), area, plot.getDomainAxisEdge());
    double width =
        g2.getFontMetrics(line.getLabelFont()).stringWidth(line.getLabel())
            + line.getLabelOffset().getLeft()
            + line.getLabelOffset().getRight();
    if (at + width <= area.getMaxX() || at - width < area.getX()) {
      return line;
    }
    // Another one: to change the plot's own would have it drawn again.
    ValueMarker left = new ValueMarker(line.getValue(), line.getPaint(), line.getStroke());
    left.setLabel(line.getLabel());
    left.setLabelFont(line.getLabelFont());
    left.setLabelOffset(line.getLabelOffset());
    left.setLabelPaint(line.getLabelPaint());
    left.setLabelBackgroundColor(line.getLabelBackgroundColor());
    left.setLabelAnchor(RectangleAnchor.TOP_LEFT);
    left.setLabelTextAnchor(TextAnchor.TOP_RIGHT);
    return left;
  }
}
