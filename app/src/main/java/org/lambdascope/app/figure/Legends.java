package org.lambdascope.app.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;

/** Legend entries: one per group (colour), then one per variant (dash), over all panels. */
final class Legends {

  private Legends() {}

  static LegendItemCollection items(List<Panel> panels, ChartStyle style) {
    Map<String, LegendItem> groups = new LinkedHashMap<>();
    Map<String, LegendItem> variants = new LinkedHashMap<>();
    for (Panel panel : panels) {
      for (Series series : panel.series()) {
        if (series instanceof LineSeries line) {
          boolean neutral = line.colour() instanceof SeriesColour.Neutral;
          if (!(line.colour() instanceof SeriesColour.OnScale) && !line.group().isEmpty()) {
            groups.putIfAbsent(
                line.group(),
                item(
                    line.group(),
                    Colours.of(line.colour(), panel, style.theme()),
                    neutral || line.variant().isEmpty() ? line.dash() : LineSeries.Dash.SOLID,
                    style));
          }
          if (!line.variant().isEmpty() && !neutral) {
            variants.putIfAbsent(
                line.variant(), item(line.variant(), style.theme().neutral(), line.dash(), style));
          }
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

  static ColourBar colourBar(ColourScale scale, ChartStyle style) {
    return new ColourBar(scale, style);
  }

  private static LegendItem item(
      String label, Color colour, LineSeries.Dash dash, ChartStyle style) {
    float s = style.fontScale();
    Shape line = new Line2D.Double(-7 * s, 0, 7 * s, 0);
    BasicStroke stroke = Strokes.of(dash, s);
    return new LegendItem(label, null, null, null, line, stroke, colour);
  }
}
