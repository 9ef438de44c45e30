package org.lambdascope.app.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bars from 0: a histogram, or one group of grouped bars.
 *
 * @param name the series' name
 * @param x middles of the bars, {@code [n]}
 * @param y their heights, {@code [n]}
 * @param band ends of error bars, {@code [n]}; null for none
 * @param width of a bar, in units of the x axis, above 0
 * @param colour of all bars
 */
public record BarSeries(
    String name, double[] x, double[] y, @Nullable Band band, double width, SeriesColour colour)
    implements Series {

  /** Part of a category's room that its bars take. */
  private static final double GROUP = 0.8;

  public BarSeries {
    if (y.length != x.length
        || (band != null && (band.low().length != x.length || band.high().length != x.length))) {
      throw new IllegalArgumentException(
          "series '%s': expected y, low and high of the length of x = %d; found y %d, error bars %s"
              .formatted(
                  name,
                  x.length,
                  y.length,
                  band == null ? "none" : band.low().length + " and " + band.high().length));
    }
    if (!(width > 0)) {
      throw new IllegalArgumentException(
          "series '%s': expected bars of a width above 0, found %s".formatted(name, width));
    }
  }

  @Override
  public double reachX() {
    return width / 2;
  }

  /**
   * Groups of bars side by side over categories 0, 1, ….
   *
   * @param names one per group
   * @param heights {@code [groups][categories]}
   * @param bands error bars per group; null for none
   */
  public static List<BarSeries> grouped(
      List<String> names, double[][] heights, @Nullable List<Band> bands) {
    List<BarSeries> groups = new ArrayList<>();
    for (int g = 0; g < names.size(); g++) {
      double[] categories = new double[heights[g].length];
      Arrays.setAll(categories, c -> c);
      Band band = bands == null ? null : bands.get(g);
      groups.add(inGroup(g, names.size(), names.get(g), categories, heights[g], band));
    }
    return groups;
  }

  /**
   * One of several groups side by side, in its colour of the palette.
   *
   * @param group which, from 0
   * @param groups how many there are
   * @param categories places of the categories, {@code [n]}, 1 apart
   */
  public static BarSeries inGroup(
      int group, int groups, String name, double[] categories, double[] y, @Nullable Band band) {
    double width = GROUP / groups;
    double offset = (group + 0.5) * width - GROUP / 2;
    double[] x = Arrays.stream(categories).map(c -> c + offset).toArray();
    return new BarSeries(name, x, y, band, width, new SeriesColour.Palette(group));
  }

  /**
   * Counts of finite values in bins of equal width from the least to the greatest; the last bin
   * holds its upper end.
   *
   * @param bins at least 1
   */
  public static BarSeries histogram(String name, double[] values, int bins, SeriesColour colour) {
    AxisRange range = AxisRange.of(values);
    if (range == null || bins < 1) {
      throw new IllegalArgumentException(
          "histogram '%s': expected a finite value and at least 1 bin, found %d values and %d bins"
              .formatted(name, values.length, bins));
    }
    AxisRange proper = range.proper();
    double width = (proper.max() - proper.min()) / bins;
    double[] x = new double[bins];
    double[] counts = new double[bins];
    Arrays.setAll(x, b -> proper.min() + (b + 0.5) * width);
    for (double v : values) {
      if (Double.isFinite(v)) {
        counts[Math.min(bins - 1, (int) ((v - proper.min()) / width))]++;
      }
    }
    return new BarSeries(name, x, counts, null, width, colour);
  }
}
