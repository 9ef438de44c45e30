package org.lambdascope.app.figure;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.LegendItem;

/** How brushed tokens are marked above a chart of the window, for its legend. */
public enum BrushKey {
  /** Bands over positions. */
  BANDS,
  /** Rings around points. */
  RINGS;

  LegendItem item(ChartStyle style) {
    return new LegendItem(
        "brushed tokens", null, null, null, shape(style.fontScale()), style.theme().brush());
  }

  private Shape shape(float s) {
    return switch (this) {
      case BANDS -> new Rectangle2D.Double(-2 * s, -3.5 * s, 4 * s, 7 * s);
      case RINGS -> {
        Area ring = new Area(new Ellipse2D.Double(-3 * s, -3 * s, 6 * s, 6 * s));
        ring.subtract(new Area(new Ellipse2D.Double(-2 * s, -2 * s, 4 * s, 4 * s)));
        yield ring;
      }
    };
  }
}
