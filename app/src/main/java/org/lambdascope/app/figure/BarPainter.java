package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;

/** Draws bars and their error bars. */
final class BarPainter {

  /** Half the length of the caps of error bars, in points at a font scale of 1. */
  private static final double CAP = 1.6;

  private final Panel panel;
  private final ChartStyle style;

  BarPainter(Panel panel, ChartStyle style) {
    this.panel = panel;
    this.style = style;
  }

  void draw(Graphics2D g2, BarSeries bars, PlotArea area) {
    int n = bars.x().length;
    double[] left = area.x(shifted(bars.x(), -bars.reachX()));
    double[] right = area.x(shifted(bars.x(), bars.reachX()));
    double[] top = area.y(bars.y());
    double floor = area.baseline();
    g2.setStroke(Strokes.thin(style.fontScale()));
    for (int i = 0; i < n; i++) {
      if (Double.isFinite(left[i]) && Double.isFinite(right[i]) && Double.isFinite(top[i])) {
        Rectangle2D bar =
            new Rectangle2D.Double(
                left[i], Math.min(top[i], floor), right[i] - left[i], Math.abs(floor - top[i]));
        g2.setPaint(Colours.of(bars.colour(), panel, style.theme()));
        g2.fill(bar);
        // Neighbours of a like grey are told apart by their edges.
        g2.setPaint(style.theme().text());
        g2.draw(bar);
      }
    }
    Band band = bars.band();
    if (band != null) {
      errorBars(g2, area.x(bars.x()), area.y(band.low()), area.y(band.high()));
    }
  }

  private void errorBars(Graphics2D g2, double[] x, double[] low, double[] high) {
    double cap = CAP * style.fontScale();
    g2.setPaint(style.theme().text());
    g2.setStroke(Strokes.error(style.fontScale()));
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(low[i]) && Double.isFinite(high[i])) {
        g2.draw(new Line2D.Double(x[i], low[i], x[i], high[i]));
        g2.draw(new Line2D.Double(x[i] - cap, low[i], x[i] + cap, low[i]));
        g2.draw(new Line2D.Double(x[i] - cap, high[i], x[i] + cap, high[i]));
      }
    }
  }

  private static double[] shifted(double[] values, double by) {
    return Arrays.stream(values).map(v -> v + by).toArray();
  }
}
