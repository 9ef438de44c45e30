package org.lambdascope.app.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One coordinate system with its series.
 *
 * @param title what the panel is about, such as the arm
 * @param subtitle what is shown: layer, head, statistic; drawn once where panels share it
 * @param x horizontal axis
 * @param y vertical axis
 * @param series drawn in order
 * @param markers lines across
 * @param scale what the colours of {@link ScatterSeries} and {@link SeriesColour.OnScale} mean;
 *     null when there are none
 */
public record Panel(
    String title,
    String subtitle,
    AxisSpec x,
    AxisSpec y,
    List<Series> series,
    List<Marker> markers,
    @Nullable ColourScale scale) {

  /** Share of the height that stays free above the data, marks too, for the labels of markers. */
  private static final double MARKER_ROOM = 0.14;

  public Panel {
    series = List.copyOf(series);
    markers = List.copyOf(markers);
    for (Series s : series) {
      boolean needsScale =
          switch (s) {
            case ScatterSeries scatter -> true;
            case HeatMapSeries map -> true;
            case LineSeries line -> line.colour() instanceof SeriesColour.OnScale;
            case PointSeries points -> points.colour() instanceof SeriesColour.OnScale;
            case BarSeries bars -> bars.colour() instanceof SeriesColour.OnScale;
          };
      if (needsScale && scale == null) {
        throw new IllegalArgumentException(
            "panel '%s': series '%s' is coloured by value; expected a colour scale, found none"
                .formatted(title, s.name()));
      }
    }
  }

  /** Whether there is no finite point to draw. */
  public boolean isEmpty() {
    return dataX() == null || dataY() == null;
  }

  /** The horizontal extent of the data; null when there is none. */
  public @Nullable AxisRange dataX() {
    AxisRange range = null;
    for (Series s : series) {
      AxisRange middles = extent(s.x(), s.y(), x.log());
      range = AxisRange.union(range, widened(middles, s.reachX(), x.log()));
    }
    return range;
  }

  /** The vertical extent of the data and its bands; null when there is none. */
  public @Nullable AxisRange dataY() {
    AxisRange range = null;
    for (Series s : series) {
      AxisRange middles = extent(s.y(), s.x(), y.log());
      range = AxisRange.union(range, widened(middles, s.reachY(), y.log()));
      Band band = s.band();
      if (band != null) {
        range = AxisRange.union(range, extent(band.low(), s.x(), y.log()));
        range = AxisRange.union(range, extent(band.high(), s.x(), y.log()));
      }
      if (s instanceof BarSeries && range != null && !y.log()) {
        range = AxisRange.union(range, new AxisRange(0, 0));
      }
    }
    return range;
  }

  /** The horizontal range that shows the data well; null when there is none. */
  @Nullable AxisRange roomX() {
    AxisRange data = dataX();
    if (data != null && x.places() != null) {
      return x.places();
    }
    boolean points =
        series.stream()
            .anyMatch(
                s ->
                    s instanceof ScatterSeries
                        || s instanceof PointSeries
                        || (s instanceof LineSeries line && line.isMarkedThroughout()));
    return data == null || x.log() || !points ? data : data.padded();
  }

  /** The vertical range that shows the data well; null when there is none. */
  @Nullable AxisRange roomY() {
    AxisRange data = dataY();
    if (data != null && y.places() != null) {
      return y.places();
    }
    boolean cells = !series.isEmpty() && series.stream().allMatch(HeatMapSeries.class::isInstance);
    if (data == null || y.log() || cells) {
      return data;
    }
    AxisRange padded = data.padded();
    boolean labelled = markers.stream().anyMatch(m -> m.vertical() && !m.label().isEmpty());
    double headroom = labelled ? MARKER_ROOM * (padded.max() - padded.min()) : 0;
    boolean bars = series.stream().anyMatch(BarSeries.class::isInstance);
    double bottom = bars && data.min() == 0 ? 0 : padded.min();
    return new AxisRange(bottom, padded.max() + headroom);
  }

  private static @Nullable AxisRange widened(
      @Nullable AxisRange middles, double reach, boolean log) {
    return middles == null || log
        ? middles
        : new AxisRange(middles.min() - reach, middles.max() + reach);
  }

  private static @Nullable AxisRange extent(double[] values, double[] others, boolean log) {
    double[] kept = new double[values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(others[i]) && (!log || values[i] > 0)) {
        kept[n++] = values[i];
      }
    }
    return AxisRange.of(Arrays.copyOf(kept, n));
  }

  /** This panel with one more marker, such as the place of a selected token. */
  public Panel withMarker(Marker marker) {
    List<Marker> more = new ArrayList<>(markers);
    more.add(marker);
    return new Panel(title, subtitle, x, y, series, more, scale);
  }

  /** This panel with a horizontal axis from 0 to the end of the data. */
  public Panel xFromZero() {
    AxisRange data = dataX();
    return data == null ? this : withRanges(AxisRange.union(new AxisRange(0, 0), data), y.range());
  }

  /** This panel with another horizontal axis. */
  public Panel withX(AxisSpec newX) {
    return new Panel(title, subtitle, newX, y, series, markers, scale);
  }

  /** This panel with another vertical axis. */
  public Panel withY(AxisSpec newY) {
    return new Panel(title, subtitle, x, newY, series, markers, scale);
  }

  /** This panel with ranges that leave out single far points; the subtitle counts those. */
  public Panel withoutOutliers() {
    double[] across = series.stream().flatMapToDouble(s -> Arrays.stream(s.x())).toArray();
    double[] up = series.stream().flatMapToDouble(s -> Arrays.stream(s.y())).toArray();
    AxisRange most = AxisRange.ofMost(across);
    AxisRange mostUp = AxisRange.ofMost(up);
    if (most == null || mostUp == null) {
      return this;
    }
    // What is far outside on one axis must not stretch the other.
    int[] near =
        IntStream.range(0, across.length)
            .filter(i -> most.holds(across[i]) && mostUp.holds(up[i]))
            .toArray();
    AxisRange x = AxisRange.of(IntStream.of(near).mapToDouble(i -> across[i]).toArray());
    AxisRange y = AxisRange.of(IntStream.of(near).mapToDouble(i -> up[i]).toArray());
    int outside = across.length - near.length;
    if (outside == 0 || x == null || y == null) {
      return this;
    }
    String note = "%d of %,d points far outside".formatted(outside, across.length);
    return withRanges(x.padded(), y.padded())
        .withSubtitle(subtitle.isEmpty() ? note : subtitle + Figure.PART + note);
  }

  /** This panel with another subtitle. */
  public Panel withSubtitle(String newSubtitle) {
    return new Panel(title, newSubtitle, x, y, series, markers, scale);
  }

  /** This panel with another title. */
  public Panel withTitle(String newTitle) {
    return new Panel(newTitle, subtitle, x, y, series, markers, scale);
  }

  /** This panel with fixed ranges; null: from the data. */
  public Panel withRanges(@Nullable AxisRange newX, @Nullable AxisRange newY) {
    return new Panel(title, subtitle, x.withRange(newX), y.withRange(newY), series, markers, scale);
  }

  /** This panel with another colour scale. */
  public Panel withScale(@Nullable ColourScale newScale) {
    return new Panel(title, subtitle, x, y, series, markers, newScale);
  }
}
