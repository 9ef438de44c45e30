package org.lambdascope.app.editor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.BarSeries;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.HeatMapSeries;
import org.lambdascope.app.figure.LegendPlace;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.PointSeries;
import org.lambdascope.app.figure.ScatterSeries;
import org.lambdascope.app.figure.Series;
import org.lambdascope.app.figure.SeriesColour;

/** What can be done to a figure; each gives a new one. */
public final class FigureEdits {

  private FigureEdits() {}

  /** With another title above all panels. */
  public static Figure titled(Figure figure, String title) {
    return new Figure(title, figure.panels(), figure.columns(), figure.legend());
  }

  /** With the legend elsewhere. */
  public static Figure withLegend(Figure figure, LegendPlace legend) {
    return new Figure(figure.title(), figure.panels(), figure.columns(), legend);
  }

  /** With another number of panels per row, at most as many as there are. */
  public static Figure withColumns(Figure figure, int columns) {
    int most = figure.panels().size();
    return new Figure(
        figure.title(), figure.panels(), Math.clamp(columns, 1, most), figure.legend());
  }

  /** With other panels. */
  private static Figure withPanels(Figure figure, List<Panel> panels) {
    int columns = Math.clamp(figure.columns(), 1, panels.size());
    return new Figure(figure.title(), panels, columns, figure.legend());
  }

  /** With a panel at another place; the others close up. */
  public static Figure moved(Figure figure, int from, int to) {
    List<Panel> panels = new ArrayList<>(figure.panels());
    panels.add(Math.clamp(to, 0, panels.size() - 1), panels.remove(from));
    return withPanels(figure, panels);
  }

  /** Without a panel; the last one stays. */
  public static Figure without(Figure figure, int index) {
    List<Panel> panels = new ArrayList<>(figure.panels());
    if (panels.size() > 1) {
      panels.remove(index);
    }
    return withPanels(figure, panels);
  }

  /** With more panels at the end; a single row grows, so that they stand side by side. */
  public static Figure with(Figure figure, List<Panel> more) {
    List<Panel> panels = new ArrayList<>(figure.panels());
    panels.addAll(more);
    boolean row = figure.columns() >= figure.panels().size();
    return new Figure(
        figure.title(), panels, row ? panels.size() : figure.columns(), figure.legend());
  }

  /** With one panel changed. */
  public static Figure withPanel(Figure figure, int index, UnaryOperator<Panel> change) {
    List<Panel> panels = new ArrayList<>(figure.panels());
    panels.set(index, change.apply(panels.get(index)));
    return withPanels(figure, panels);
  }

  /**
   * With an axis changed.
   *
   * @param all whether it is changed in every panel alike
   */
  public static Figure withAxis(
      Figure figure, int index, boolean horizontal, boolean all, UnaryOperator<AxisSpec> change) {
    Figure changed = figure;
    for (int i = 0; i < figure.panels().size(); i++) {
      if (all || i == index) {
        changed = withPanel(changed, i, panel -> withAxis(panel, horizontal, change));
      }
    }
    return changed;
  }

  private static Panel withAxis(Panel panel, boolean horizontal, UnaryOperator<AxisSpec> change) {
    return new Panel(
        panel.title(),
        panel.subtitle(),
        horizontal ? change.apply(panel.x()) : panel.x(),
        horizontal ? panel.y() : change.apply(panel.y()),
        panel.series(),
        panel.markers(),
        panel.scale());
  }

  /** The names in its legend, in their order: colours, then dashes. */
  public static List<LegendEntry> entries(Figure figure) {
    Map<String, LegendEntry> colours = new LinkedHashMap<>();
    Map<String, LegendEntry> dashes = new LinkedHashMap<>();
    for (Panel panel : figure.panels()) {
      for (Series series : panel.series()) {
        switch (series) {
          case LineSeries line -> {
            if (!line.group().isEmpty()) {
              colours.putIfAbsent(line.group(), entry(line.group(), line.colour()));
            }
            if (!line.variant().isEmpty()) {
              dashes.putIfAbsent(line.variant(), new LegendEntry(line.variant(), true, -1));
            }
          }
          case PointSeries points ->
              colours.putIfAbsent(points.name(), entry(points.name(), points.colour()));
          case BarSeries bars ->
              colours.putIfAbsent(bars.name(), entry(bars.name(), bars.colour()));
          case ScatterSeries scatter -> {}
          case HeatMapSeries map -> {}
        }
      }
    }
    List<LegendEntry> entries = new ArrayList<>(colours.values());
    entries.addAll(dashes.values());
    return entries;
  }

  private static LegendEntry entry(String name, SeriesColour colour) {
    return new LegendEntry(
        name, false, colour instanceof SeriesColour.Palette palette ? palette.index() : -1);
  }

  /** With another name in its legend, in every panel. */
  public static Figure renamed(Figure figure, LegendEntry entry, String name) {
    return withSeries(
        figure,
        series ->
            switch (series) {
              case LineSeries line ->
                  new LineSeries(
                      !entry.variant() && line.group().equals(entry.name()) ? name : line.group(),
                      entry.variant() && line.variant().equals(entry.name())
                          ? name
                          : line.variant(),
                      line.x(),
                      line.y(),
                      line.band(),
                      line.colour(),
                      line.dash(),
                      line.mark());
              case PointSeries points ->
                  named(points, entry)
                      ? new PointSeries(
                          name, points.x(), points.y(), points.colour(), points.mark())
                      : points;
              case BarSeries bars ->
                  named(bars, entry)
                      ? new BarSeries(
                          name, bars.x(), bars.y(), bars.band(), bars.width(), bars.colour())
                      : bars;
              case ScatterSeries scatter -> scatter;
              case HeatMapSeries map -> map;
            });
  }

  /** With a name of its legend in another colour of the palette, in every panel. */
  public static Figure coloured(Figure figure, LegendEntry entry, int colour) {
    SeriesColour palette = new SeriesColour.Palette(colour);
    return withSeries(
        figure,
        series ->
            switch (series) {
              case LineSeries line ->
                  !entry.variant() && line.group().equals(entry.name())
                      ? new LineSeries(
                          line.group(),
                          line.variant(),
                          line.x(),
                          line.y(),
                          line.band(),
                          palette,
                          line.dash(),
                          line.mark())
                      : line;
              case PointSeries points ->
                  named(points, entry)
                      ? new PointSeries(
                          points.name(), points.x(), points.y(), palette, points.mark())
                      : points;
              case BarSeries bars ->
                  named(bars, entry)
                      ? new BarSeries(
                          bars.name(), bars.x(), bars.y(), bars.band(), bars.width(), palette)
                      : bars;
              case ScatterSeries scatter -> scatter;
              case HeatMapSeries map -> map;
            });
  }

  private static boolean named(Series series, LegendEntry entry) {
    return !entry.variant() && series.name().equals(entry.name());
  }

  private static Figure withSeries(Figure figure, UnaryOperator<Series> change) {
    Figure changed = figure;
    for (int i = 0; i < figure.panels().size(); i++) {
      changed =
          withPanel(
              changed,
              i,
              p ->
                  new Panel(
                      p.title(),
                      p.subtitle(),
                      p.x(),
                      p.y(),
                      p.series().stream().map(change).toList(),
                      p.markers(),
                      p.scale()));
    }
    return changed;
  }
}
