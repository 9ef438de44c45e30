package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.Marker;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.Range;
import org.jfree.data.xy.XYDataset;

/**
 * Draws the series of a panel. A whole series is drawn at its first item, because thinning needs
 * the whole series and the size that the plot has at that moment.
 */
final class PanelRenderer extends AbstractXYItemRenderer {

  private static final long serialVersionUID = 1L;

  private final transient Panel panel;
  private final transient ChartStyle style;
  private final transient LinePainter lines;
  private final transient PointPainter points;
  private final transient BarPainter bars;
  private final Range rangeX;
  private final Range rangeY;

  PanelRenderer(Panel panel, ChartStyle style, Range rangeX, Range rangeY) {
    this.panel = panel;
    this.style = style;
    lines = new LinePainter(panel, style);
    points = new PointPainter(panel, style);
    bars = new BarPainter(panel, style);
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

  /** Bands and areas first, so that they never hide a line. */
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

  /** With its label on the right of the line, or on the left where there is no room for it. */
  @Override
  public void drawDomainMarker(
      Graphics2D g2, XYPlot plot, ValueAxis axis, Marker marker, Rectangle2D dataArea) {
    super.drawDomainMarker(
        g2, plot, axis, MarkerSide.placed(g2, plot, axis, marker, dataArea), dataArea);
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
    PlotArea area = new PlotArea(plot, dataArea, domainAxis, rangeAxis);
    switch (panel.series().get(series)) {
      case LineSeries line -> {
        if (pass == 0) {
          lines.band(g2, line, area);
        } else {
          lines.line(g2, line, series, area);
        }
      }
      case ScatterSeries scatter -> {
        if (pass == 1) {
          points.scatter(g2, scatter, area);
        }
      }
      case PointSeries category -> {
        if (pass == 1) {
          points.category(g2, category, area);
        }
      }
      case BarSeries group -> {
        if (pass == 0) {
          bars.draw(g2, group, area);
        }
      }
      case HeatMapSeries map -> {
        if (pass == 0) {
          HeatMapPainter.draw(g2, map, panel, style, area);
        }
      }
    }
  }
}
