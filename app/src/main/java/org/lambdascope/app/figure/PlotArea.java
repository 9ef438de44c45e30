package org.lambdascope.app.figure;

import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

/** Data to places on the page. */
record PlotArea(XYPlot plot, Rectangle2D area, ValueAxis domain, ValueAxis range) {

  double[] x(double[] values) {
    return places(domain, plot.getDomainAxisEdge(), values);
  }

  double[] y(double[] values) {
    return places(range, plot.getRangeAxisEdge(), values);
  }

  /** Where ordinate 0 is, or the edge nearest to it. */
  double baseline() {
    double zero = range instanceof LogAxis ? range.getLowerBound() : range.getRange().constrain(0);
    return range.valueToJava2D(zero, area, plot.getRangeAxisEdge());
  }

  double left() {
    return area.getX();
  }

  double width() {
    return Math.max(1, area.getWidth());
  }

  /** Whether a place is on the plot or on any of its edges; the last point often is. */
  boolean holds(double x, double y) {
    return x >= area.getMinX() && x <= area.getMaxX() && y >= area.getMinY() && y <= area.getMaxY();
  }

  private double[] places(ValueAxis axis, RectangleEdge edge, double[] values) {
    boolean log = axis instanceof LogAxis;
    double[] out = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] =
          !Double.isFinite(values[i]) || (log && values[i] <= 0)
              ? Double.NaN
              : axis.valueToJava2D(values[i], area, edge);
    }
    return out;
  }
}
