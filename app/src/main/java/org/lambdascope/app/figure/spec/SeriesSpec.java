package org.lambdascope.app.figure.spec;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.LineSeries.Dash;
import org.lambdascope.app.figure.Mark;

/**
 * A series of a {@link PanelSpec}: how it looks, and which rows and columns of the data it draws.
 *
 * @param kind what is drawn
 * @param name its entry in the legend; lines of one name share one
 * @param variant what the dash of a line stands for; may be empty
 * @param where rows that have these texts in these columns; empty for all rows
 * @param x column of the abscissae; of a histogram, of the values that are counted
 * @param y column of the ordinates
 * @param low column of the lower ends of the band or the error bars; empty for none
 * @param high column of the upper ends; empty for none
 * @param value column of the values on the colour scale; empty for none
 * @param colour {@code palette N}, {@code scale V} or {@code neutral}; empty: the palette in order
 * @param dash dash of a line; null: by its place among the panel's series
 * @param mark shape at points; null: by its place among the panel's series
 * @param width width of bars in units of the x axis; null: groups side by side over categories
 * @param bins bins of a histogram; null: 30
 */
public record SeriesSpec(
    Kind kind,
    String name,
    String variant,
    Map<String, String> where,
    String x,
    String y,
    String low,
    String high,
    String value,
    String colour,
    @Nullable Dash dash,
    @Nullable Mark mark,
    @Nullable Double width,
    @Nullable Integer bins) {

  /** What a series can be. */
  public enum Kind {
    /** A line, with a band where {@code low} and {@code high} are named. */
    LINE,
    /** Points that are coloured by {@code value}. */
    SCATTER,
    /** Points of one category. */
    POINTS,
    /** Bars, with error bars where {@code low} and {@code high} are named. */
    BARS,
    /** Bars that count the values of {@code x}. */
    HISTOGRAM,
    /** Cells that are coloured by {@code value}. */
    HEAT_MAP
  }

  public SeriesSpec {
    // Jackson gives null for what a file does not say.
    if (kind == null) {
      throw new IllegalArgumentException(
          "series '%s': expected \"kind\": one of line, scatter, points, bars, histogram, heat_map"
              .formatted(name));
    }
    require(name, "x", x);
    if (!kind.equals(Kind.HISTOGRAM)) {
      require(name, "y", y);
    }
    if (kind.equals(Kind.SCATTER) || kind.equals(Kind.HEAT_MAP)) {
      require(name, "value", value);
    }
    if (low.isEmpty() != high.isEmpty()) {
      throw new IllegalArgumentException(
          "series '%s': expected both of \"low\" and \"high\" or neither".formatted(name));
    }
    where = Map.copyOf(where);
  }

  private static void require(String name, String field, String column) {
    if (column.isEmpty()) {
      throw new IllegalArgumentException(
          "series '%s': expected \"%s\": the name of a column, found none".formatted(name, field));
    }
  }
}
