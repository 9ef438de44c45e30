package org.lambdascope.app.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.LegendItemSource;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jspecify.annotations.Nullable;

/** Makes charts of panels. */
public final class FigureCharts {

  /** Data shines through behind a label, and the label can be read. */
  private static final int HALO_ALPHA = 190;

  /** The part of a narrow plot's width that the label of a vertical marker may take. */
  private static final double LABEL_SHARE = 0.25;

  /** The height of a label's line, in its font's size. */
  private static final double LABEL_LINE = 1.4;

  private FigureCharts() {}

  /**
   * A chart for the window, with title, legend and colour bar. Zooming out returns to the panel's
   * ranges.
   */
  public static JFreeChart chart(Panel panel, FigureTheme theme) {
    return chart(panel, ChartStyle.screen(theme));
  }

  /**
   * A chart for the window, above which brushed tokens are marked.
   *
   * @param brushed how; null for no marks
   */
  public static JFreeChart chart(Panel panel, FigureTheme theme, @Nullable BrushKey brushed) {
    return chart(panel, ChartStyle.screen(theme), brushed);
  }

  /** A chart in a style. */
  public static JFreeChart chart(Panel panel, ChartStyle style) {
    return chart(panel, style, null);
  }

  private static JFreeChart chart(Panel panel, ChartStyle style, @Nullable BrushKey brushed) {
    FigureTheme theme = style.theme();
    float s = style.fontScale();
    Range rangeX = Axes.range(panel.x(), panel, true);
    Range rangeY = Axes.range(panel.y(), panel, false);
    ValueAxis x = Axes.axis(panel.x(), rangeX, true, style);
    ValueAxis y = Axes.axis(panel.y(), rangeY, false, style);
    XYPlot plot =
        new XYPlot(
            panel.isEmpty() ? null : new PanelDataset(panel.series()),
            x,
            y,
            new PanelRenderer(panel, style, rangeX, rangeY));
    plot.setNoDataMessage("no data");
    plot.setNoDataMessageFont(style.label());
    plot.setNoDataMessagePaint(theme.neutral());
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(theme.grid());
    plot.setRangeGridlinePaint(theme.grid());
    plot.setDomainGridlineStroke(new BasicStroke(0.4f * s));
    plot.setRangeGridlineStroke(new BasicStroke(0.4f * s));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    double right = style.legend() ? Math.max(6 * s, overhang(rangeX, style)) : 6 * s;
    plot.setInsets(new RectangleInsets(2 * s, 2 * s, 2 * s, right));
    plot.setDomainPannable(true);
    plot.setRangePannable(true);
    LegendItemCollection items = Legends.items(List.of(panel), style);
    if (brushed != null) {
      items.add(brushed.item(style));
    }
    plot.setFixedLegendItems(items);
    addMarkers(plot, panel.markers(), rangeX, style);
    JFreeChart chart = new JFreeChart(null, style.title(), plot, false);
    chart.setBackgroundPaint(theme.background());
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    if (style.legend()) {
      chart.setTitle(title(panel.title(), style.title(), style));
      if (!panel.subtitle().isEmpty()) {
        chart.addSubtitle(title(panel.subtitle(), style.small(), style));
      }
      if (plot.getLegendItems().getItemCount() > 0) {
        chart.addLegend(legend(plot, style));
      }
      ColourScale scale = panel.scale();
      if (scale != null) {
        chart.addSubtitle(Legends.colourBar(scale, style));
      }
    }
    return chart;
  }

  static LegendTitle legend(LegendItemSource source, ChartStyle style) {
    LegendTitle legend = new LegendTitle(source);
    legend.setItemFont(style.small());
    legend.setItemPaint(style.theme().text());
    legend.setBackgroundPaint(null);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setLegendItemGraphicPadding(new RectangleInsets(0, 6, 0, 2));
    legend.setItemLabelPadding(new RectangleInsets(0, 2, 0, 2));
    return legend;
  }

  private static TextTitle title(String text, Font font, ChartStyle style) {
    TextTitle title = new TextTitle(text, font);
    title.setPaint(style.theme().text());
    title.setPadding(3, 4, 2, 4);
    return title;
  }

  /** What the label of a tick at the end of the axis needs beyond it; a page has room there. */
  private static double overhang(Range x, ChartStyle style) {
    String last = RoundTicks.format(0).format(x.getUpperBound());
    FontRenderContext context = new FontRenderContext(null, true, true);
    return style.small().getStringBounds(last, context).getWidth() / 2 + 2;
  }

  private static void addMarkers(XYPlot plot, List<Marker> markers, Range x, ChartStyle style) {
    List<Marker> sorted = markers.stream().sorted(Comparator.comparingDouble(Marker::at)).toList();
    int[] rows = new int[sorted.size()];
    Marker before = null;
    for (int i = 0; i < rows.length; i++) {
      Marker marker = sorted.get(i);
      boolean labelled = marker.vertical() && !marker.label().isEmpty();
      boolean close = before != null && marker.at() - before.at() < LABEL_SHARE * x.getLength();
      rows[i] = i > 0 && labelled && close ? rows[i - 1] + 1 : 0;
      before = labelled ? marker : before;
    }
    for (int i = rows.length - 1; i >= 0; i--) { // labels stand right of their line, over others
      addMarker(plot, sorted.get(i), rows[i], style);
    }
  }

  /**
   * Adds a marker.
   *
   * @param row how many labels it goes below, so that those of close markers can be read
   */
  private static void addMarker(XYPlot plot, Marker marker, int row, ChartStyle style) {
    float s = style.fontScale();
    ValueMarker line = new ValueMarker(marker.at(), style.theme().neutral(), Strokes.marker(s));
    // A page has room above its plots for the labels of vertical markers.
    if (!marker.label().isEmpty() && (style.legend() || !marker.vertical())) {
      line.setLabel(marker.label());
      line.setLabelFont(style.small());
      RectangleInsets offset = line.getLabelOffset();
      double top = offset.getTop() + row * LABEL_LINE * style.small().getSize2D();
      line.setLabelOffset(
          new RectangleInsets(top, offset.getLeft(), offset.getBottom(), offset.getRight()));
      line.setLabelPaint(style.theme().neutral());
      Color back = style.theme().background();
      line.setLabelBackgroundColor(
          new Color(back.getRed(), back.getGreen(), back.getBlue(), HALO_ALPHA));
      line.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
      line.setLabelTextAnchor(marker.vertical() ? TextAnchor.TOP_LEFT : TextAnchor.BOTTOM_RIGHT);
    }
    if (marker.vertical()) {
      plot.addDomainMarker(line, Layer.FOREGROUND);
    } else {
      plot.addRangeMarker(line, Layer.FOREGROUND);
    }
  }
}
