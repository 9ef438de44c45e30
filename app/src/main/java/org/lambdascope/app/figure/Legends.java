package org.lambdascope.app.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jspecify.annotations.Nullable;

/** Legend entries: one per group (colour), then one per variant (dash), over all panels. */
final class Legends {

  private Legends() {}

  static LegendItemCollection items(List<Panel> panels, ChartStyle style) {
    Map<String, LegendItem> groups = new LinkedHashMap<>();
    Map<String, LegendItem> variants = new LinkedHashMap<>();
    for (Panel panel : panels) {
      for (Series series : panel.series()) {
        switch (series) {
          case LineSeries line -> line(line, panel, style, groups, variants);
          case PointSeries points ->
              groups.putIfAbsent(
                  points.name(),
                  shape(
                      points.name(),
                      points.mark().at(0, 0, 2.3 * style.fontScale()),
                      Colours.of(points.colour(), panel, style.theme()),
                      null));
          case BarSeries bars ->
              groups.putIfAbsent(
                  bars.name(),
                  shape(
                      bars.name(),
                      swatch(style),
                      Colours.of(bars.colour(), panel, style.theme()),
                      style));
          case ScatterSeries scatter -> {}
          case HeatMapSeries map -> {}
        }
      }
    }
    LegendItemCollection items = new LegendItemCollection();
    // One lone line needs no legend: the title says what it is.
    if (groups.size() + variants.size() > 1) {
      groups.values().forEach(items::add);
      variants.values().forEach(items::add);
    }
    return items;
  }

  private static void line(
      LineSeries line,
      Panel panel,
      ChartStyle style,
      Map<String, LegendItem> groups,
      Map<String, LegendItem> variants) {
    boolean neutral = line.colour() instanceof SeriesColour.Neutral;
    if (!(line.colour() instanceof SeriesColour.OnScale) && !line.group().isEmpty()) {
      LineSeries.Dash dash =
          neutral || line.variant().isEmpty() ? line.dash() : LineSeries.Dash.SOLID;
      Color colour = Colours.of(line.colour(), panel, style.theme());
      groups.putIfAbsent(line.group(), item(line.group(), colour, dash, line.mark(), style));
    }
    if (!line.variant().isEmpty() && !neutral) {
      Color colour = style.theme().neutral();
      variants.putIfAbsent(
          line.variant(), item(line.variant(), colour, line.dash(), Mark.NONE, style));
    }
  }

  /** A filled shape, with an edge where a style is given for it. */
  private static LegendItem shape(
      String label, Shape shape, Color colour, @Nullable ChartStyle edge) {
    return edge == null
        ? new LegendItem(label, null, null, null, shape, colour)
        : new LegendItem(
            label,
            null,
            null,
            null,
            shape,
            colour,
            Strokes.thin(edge.fontScale()),
            edge.theme().text());
  }

  private static Shape swatch(ChartStyle style) {
    float s = style.fontScale();
    return new Rectangle2D.Double(-3.5 * s, -2.5 * s, 7 * s, 5 * s);
  }

  static ColourBar colourBar(ColourScale scale, ChartStyle style) {
    return new ColourBar(scale, style);
  }

  private static LegendItem item(
      String label, Color colour, LineSeries.Dash dash, Mark mark, ChartStyle style) {
    float s = style.fontScale();
    Shape line = new Line2D.Double(-8 * s, 0, 8 * s, 0);
    BasicStroke stroke = Strokes.of(dash, s);
    return new LegendItem(
        label,
        null,
        null,
        null,
        mark != Mark.NONE,
        mark.at(0, 0, 2.1 * s),
        true,
        colour,
        true,
        style.theme().background(),
        Strokes.thin(s),
        true,
        line,
        stroke,
        colour);
  }
}
