package org.lambdascope.app.figure.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.Band;
import org.lambdascope.app.figure.BarSeries;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.HeatMapSeries;
import org.lambdascope.app.figure.LegendPlace;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Mark;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.PointSeries;
import org.lambdascope.app.figure.ScatterSeries;
import org.lambdascope.app.figure.Series;
import org.lambdascope.app.figure.SeriesColour;

/** Makes figures of specifications and their data. */
public final class SpecFigures {

  private static final int BINS = 30;

  private SpecFigures() {}

  /**
   * The figure or the table of a specification.
   *
   * @param folder in which its data are looked for
   * @throws IOException if the data cannot be read or lack a column
   */
  public static Drawing drawing(FigureSpec spec, Path folder) throws IOException {
    Path data = folder.resolve(spec.data());
    TableSpec table = spec.table();
    return table == null
        ? figure(spec, CsvTable.read(data))
        : SpecTables.table(spec.title(), table, data);
  }

  private static Figure figure(FigureSpec spec, CsvTable table) throws IOException {
    List<Panel> panels = new ArrayList<>();
    for (PanelSpec panel : spec.panels()) {
      try {
        panels.add(panel(panel, table));
      } catch (IllegalArgumentException e) {
        throw new IOException("panel '%s': %s".formatted(panel.title(), e.getMessage()), e);
      }
    }
    int columns = spec.columns() > 0 ? spec.columns() : panels.size();
    return new Figure(
        spec.title(),
        panels,
        columns,
        Objects.requireNonNullElse(spec.legend(), LegendPlace.BELOW));
  }

  private static Panel panel(PanelSpec spec, CsvTable table) throws IOException {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < spec.series().size(); i++) {
      series.add(series(spec, i, table));
    }
    return new Panel(
        spec.title(), spec.subtitle(), spec.x(), spec.y(), series, spec.markers(), spec.scale());
  }

  private static Series series(PanelSpec panel, int index, CsvTable table) throws IOException {
    SeriesSpec spec = panel.series().get(index);
    CsvTable rows = table.where(spec.where());
    double[] x = rows.numbers(spec.x(), panel.x().categories());
    SeriesColour colour = colour(spec, index);
    if (spec.kind().equals(SeriesSpec.Kind.HISTOGRAM)) {
      int bins = Objects.requireNonNullElse(spec.bins(), BINS);
      return BarSeries.histogram(spec.name(), x, bins, colour);
    }
    double[] y = rows.numbers(spec.y(), panel.y().categories());
    return switch (spec.kind()) {
      case LINE ->
          new LineSeries(
              spec.name(),
              spec.variant(),
              x,
              y,
              band(spec, rows),
              colour,
              Objects.requireNonNullElseGet(spec.dash(), () -> LineSeries.Dash.of(index)),
              Objects.requireNonNullElseGet(spec.mark(), () -> Mark.of(index)));
      case SCATTER -> new ScatterSeries(spec.name(), x, y, rows.numbers(spec.value(), List.of()));
      case POINTS ->
          new PointSeries(
              spec.name(),
              x,
              y,
              colour,
              Objects.requireNonNullElseGet(spec.mark(), () -> Mark.of(index)));
      case BARS -> bars(panel, index, x, y, band(spec, rows), colour);
      case HEAT_MAP -> new HeatMapSeries(spec.name(), x, y, rows.numbers(spec.value(), List.of()));
      case HISTOGRAM -> throw new IllegalStateException("a histogram has no ordinates");
    };
  }

  private static Series bars(
      PanelSpec panel,
      int index,
      double[] x,
      double[] y,
      @Nullable Band band,
      SeriesColour colour) {
    SeriesSpec spec = panel.series().get(index);
    Double width = spec.width();
    if (width != null) {
      return new BarSeries(spec.name(), x, y, band, width, colour);
    }
    List<SeriesSpec> groups =
        panel.series().stream()
            .filter(s -> s.kind().equals(SeriesSpec.Kind.BARS) && s.width() == null)
            .toList();
    int group = groups.indexOf(spec);
    BarSeries placed = BarSeries.inGroup(group, groups.size(), spec.name(), x, y, band);
    return new BarSeries(spec.name(), placed.x(), y, band, placed.width(), colour);
  }

  private static @Nullable Band band(SeriesSpec spec, CsvTable rows) throws IOException {
    return spec.low().isEmpty()
        ? null
        : new Band(rows.numbers(spec.low(), List.of()), rows.numbers(spec.high(), List.of()));
  }

  private static SeriesColour colour(SeriesSpec spec, int index) {
    String[] words = spec.colour().strip().split("\\s+", -1);
    try {
      return switch (words[0]) {
        case "" -> new SeriesColour.Palette(index);
        case "neutral" -> new SeriesColour.Neutral();
        case "palette" -> new SeriesColour.Palette(Integer.parseInt(words[1]));
        case "scale" -> new SeriesColour.OnScale(Double.parseDouble(words[1]));
        default -> throw new NumberFormatException();
      };
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "series '%s': expected a colour 'palette N', 'scale V' or 'neutral', found '%s'"
              .formatted(spec.name(), spec.colour()),
          e);
    }
  }

  /**
   * The panels of a figure as a specification has them; the data are those that CSV export writes.
   */
  static List<PanelSpec> panels(Figure figure, List<String> panelKeys, List<List<String>> keys) {
    List<PanelSpec> panels = new ArrayList<>();
    for (int p = 0; p < panelKeys.size(); p++) {
      Panel panel = figure.panels().get(p);
      List<SeriesSpec> series = new ArrayList<>();
      for (int s = 0; s < panel.series().size(); s++) {
        Map<String, String> where = Map.of("panel", panelKeys.get(p), "series", keys.get(p).get(s));
        series.add(series(panel.series().get(s), where));
      }
      panels.add(
          new PanelSpec(
              panel.title(),
              panel.subtitle(),
              axis(panel.x()),
              axis(panel.y()),
              panel.markers(),
              panel.scale(),
              series));
    }
    return panels;
  }

  private static AxisSpec axis(AxisSpec axis) {
    return axis.categories().isEmpty() ? axis : axis.withRange(null);
  }

  private static SeriesSpec series(Series series, Map<String, String> where) {
    boolean banded = series.band() != null;
    boolean valued = series.value() != null;
    SeriesSpec.Kind kind =
        switch (series) {
          case LineSeries line -> SeriesSpec.Kind.LINE;
          case ScatterSeries scatter -> SeriesSpec.Kind.SCATTER;
          case PointSeries points -> SeriesSpec.Kind.POINTS;
          case BarSeries bars -> SeriesSpec.Kind.BARS;
          case HeatMapSeries map -> SeriesSpec.Kind.HEAT_MAP;
        };
    LineSeries line = series instanceof LineSeries l ? l : null;
    Mark mark = line != null ? line.mark() : series instanceof PointSeries p ? p.mark() : null;
    return new SeriesSpec(
        kind,
        line != null ? line.group() : series.name(),
        line != null ? line.variant() : "",
        where,
        "x",
        "y",
        banded ? "low" : "",
        banded ? "high" : "",
        valued ? "value" : "",
        colour(series),
        line != null ? line.dash() : null,
        mark,
        series instanceof BarSeries bars ? bars.width() : null,
        null);
  }

  private static String colour(Series series) {
    SeriesColour colour =
        switch (series) {
          case LineSeries line -> line.colour();
          case PointSeries points -> points.colour();
          case BarSeries bars -> bars.colour();
          case ScatterSeries scatter -> null;
          case HeatMapSeries map -> null;
        };
    return switch (colour) {
      case SeriesColour.Palette palette -> "palette " + palette.index();
      case SeriesColour.OnScale scale -> "scale " + scale.value();
      case SeriesColour.Neutral neutral -> "neutral";
      case null -> "";
    };
  }
}
