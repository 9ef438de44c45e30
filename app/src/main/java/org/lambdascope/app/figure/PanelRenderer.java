package org.lambdascope.app.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.Range;
import org.jfree.data.xy.XYDataset;

/**
 * Draws the series of a panel. A whole series is drawn at its first item, because thinning needs
 * the whole series and the size that the plot has at that moment.
 */
final class PanelRenderer extends AbstractXYItemRenderer {

  private static final long serialVersionUID = 1L;
  private static final int BAND_ALPHA = 40;
  private static final int DENSE = 400;

  private final transient Panel panel;
  private final transient ChartStyle style;
  private final Range rangeX;
  private final Range rangeY;

  PanelRenderer(Panel panel, ChartStyle style, Range rangeX, Range rangeY) {
    this.panel = panel;
    this.style = style;
    this.rangeX = rangeX;
    this.rangeY = rangeY;
  }

  /** Where a zoomed chart returns to. */
  @Override
  public Range findDomainBounds(XYDataset dataset) {
    return rangeX;
  }

  /** Where a zoomed chart returns to. */
  @Override
  public Range findRangeBounds(XYDataset dataset) {
    return rangeY;
  }

  /** Bands first, so that they never hide a line. */
  @Override
  public int getPassCount() {
    return 2;
  }

  @Override
  public XYItemRendererState initialise(
      Graphics2D g2, Rectangle2D dataArea, XYPlot plot, XYDataset dataset, PlotRenderingInfo info) {
    XYItemRendererState state = new XYItemRendererState(info);
    state.setProcessVisibleItemsOnly(false);
    return state;
  }

  @Override
  public void drawItem(
      Graphics2D g2,
      XYItemRendererState state,
      Rectangle2D dataArea,
      PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis domainAxis,
      ValueAxis rangeAxis,
      XYDataset dataset,
      int series,
      int item,
      CrosshairState crosshairState,
      int pass) {
    if (item != 0 || !plot.getOrientation().equals(PlotOrientation.VERTICAL)) {
      return;
    }
    switch (panel.series().get(series)) {
      case LineSeries line -> {
        if (pass == 0) {
          drawBand(g2, line, new Page(plot, dataArea, domainAxis, rangeAxis));
        } else {
          drawLine(g2, line, new Page(plot, dataArea, domainAxis, rangeAxis));
        }
      }
      case ScatterSeries scatter -> {
        if (pass == 1) {
          drawPoints(g2, scatter, new Page(plot, dataArea, domainAxis, rangeAxis));
        }
      }
    }
  }

  private void drawLine(Graphics2D g2, LineSeries line, Page page) {
    double[] x = page.x(line.x());
    double[] y = page.y(line.y());
    int[] kept = kept(x, y, page);
    Path2D path = new Path2D.Double();
    boolean open = false;
    int run = 0;
    double lastX = 0;
    double lastY = 0;
    g2.setPaint(Colours.of(line.colour(), panel, style.theme()));
    g2.setStroke(Strokes.of(line.dash(), style.fontScale() * (x.length > DENSE ? 0.7f : 1f)));
    double r = 1.3 * style.fontScale();
    for (int j = 0; j <= kept.length; j++) {
      boolean gap =
          j == kept.length || !Double.isFinite(x[kept[j]]) || !Double.isFinite(y[kept[j]]);
      if (gap) {
        if (run == 1) {
          // A single point has no length: a dot keeps it from vanishing.
          g2.fill(new Ellipse2D.Double(lastX - r, lastY - r, 2 * r, 2 * r));
        }
        open = false;
        run = 0;
        continue;
      }
      lastX = x[kept[j]];
      lastY = y[kept[j]];
      if (open) {
        path.lineTo(lastX, lastY);
      } else {
        path.moveTo(lastX, lastY);
        open = true;
      }
      run++;
    }
    g2.draw(path);
  }

  private void drawBand(Graphics2D g2, LineSeries line, Page page) {
    LineSeries.Band band = line.band();
    if (band == null) {
      return;
    }
    double[] x = page.x(line.x());
    double[] low = page.y(band.low());
    double[] high = page.y(band.high());
    Color c = Colours.of(line.colour(), panel, style.theme());
    g2.setPaint(new Color(c.getRed(), c.getGreen(), c.getBlue(), BAND_ALPHA));
    int i = 0;
    while (i < x.length) {
      int from = i;
      while (i < x.length
          && Double.isFinite(x[i])
          && Double.isFinite(low[i])
          && Double.isFinite(high[i])) {
        i++;
      }
      if (i - from > 1) {
        g2.fill(band(x, low, high, from, i, page));
      }
      i++;
    }
  }

  private Path2D band(double[] x, double[] low, double[] high, int from, int to, Page page) {
    double[] part = Arrays.copyOfRange(x, from, to);
    double[] lower = Arrays.copyOfRange(low, from, to);
    double[] upper = Arrays.copyOfRange(high, from, to);
    Path2D path = new Path2D.Double();
    int[] there = kept(part, upper, page);
    for (int j = 0; j < there.length; j++) {
      if (j == 0) {
        path.moveTo(part[there[j]], upper[there[j]]);
      } else {
        path.lineTo(part[there[j]], upper[there[j]]);
      }
    }
    int[] back = kept(part, lower, page);
    for (int j = back.length - 1; j >= 0; j--) {
      path.lineTo(part[back[j]], lower[back[j]]);
    }
    path.closePath();
    return path;
  }

  private void drawPoints(Graphics2D g2, ScatterSeries scatter, Page page) {
    ColourScale scale = panel.scale();
    if (scale == null) {
      return;
    }
    double[] x = page.x(scatter.x());
    double[] y = page.y(scatter.y());
    double r = (x.length > 1500 ? 0.8 : 1.3) * style.fontScale();
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i]) && page.holds(x[i], y[i])) {
        g2.setPaint(scale.at(scatter.value()[i], style.theme()));
        g2.fill(new Ellipse2D.Double(x[i] - r, y[i] - r, 2 * r, 2 * r));
      }
    }
  }

  private int[] kept(double[] x, double[] y, Page page) {
    if (x.length <= style.decimateAbove()) {
      int[] all = new int[x.length];
      Arrays.setAll(all, i -> i);
      return all;
    }
    double perUnit =
        style.columnsPerUnit() > 0
            ? style.columnsPerUnit()
            : style.decimateAbove() / (4 * page.width());
    double[] columns = new double[x.length];
    Arrays.setAll(columns, i -> (x[i] - page.left()) * perUnit);
    // One column more on either side takes what lies outside a zoomed plot.
    return Envelope.indices(columns, y, Math.max(1, (int) Math.ceil(page.width() * perUnit)));
  }

  /** Data to places on the page. */
  private record Page(XYPlot plot, Rectangle2D area, ValueAxis domain, ValueAxis range) {

    double[] x(double[] values) {
      return places(domain, plot.getDomainAxisEdge(), values);
    }

    double[] y(double[] values) {
      return places(range, plot.getRangeAxisEdge(), values);
    }

    double left() {
      return area.getX();
    }

    double width() {
      return Math.max(1, area.getWidth());
    }

    boolean holds(double x, double y) {
      return area.contains(x, y);
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
}
