package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;

/** Draws points. */
final class PointPainter {

  private static final int DENSE = 1500;

  private final Panel panel;
  private final ChartStyle style;

  PointPainter(Panel panel, ChartStyle style) {
    this.panel = panel;
    this.style = style;
  }

  /** Draws points that are coloured by value. */
  void scatter(Graphics2D g2, ScatterSeries scatter, PlotArea area) {
    ColourScale scale = panel.scale();
    if (scale == null) {
      return;
    }
    double[] x = area.x(scatter.x());
    double[] y = area.y(scatter.y());
    double r = (x.length > DENSE ? 0.8 : 1.3) * style.fontScale();
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i]) && area.holds(x[i], y[i])) {
        g2.setPaint(scale.at(scatter.value()[i], style.theme()));
        g2.fill(new Ellipse2D.Double(x[i] - r, y[i] - r, 2 * r, 2 * r));
      }
    }
  }

  /** Draws the points of one category. */
  void category(Graphics2D g2, PointSeries points, PlotArea area) {
    double[] x = area.x(points.x());
    double[] y = area.y(points.y());
    double r = (x.length > DENSE ? 0.9 : 1.7) * style.fontScale();
    g2.setPaint(Colours.of(points.colour(), panel, style.theme()));
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i]) && area.holds(x[i], y[i])) {
        g2.fill(points.mark().at(x[i], y[i], r));
      }
    }
  }
}
