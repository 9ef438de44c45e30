package org.lambdascope.app.figure;

import java.util.Arrays;

/**
 * Cells of a regular grid, each coloured by a value on the panel's colour scale. Cells that are not
 * named stay empty.
 *
 * @param name the series' name
 * @param x middles of the cells, {@code [n]}, finite, evenly spaced where they differ
 * @param y middles of the cells, {@code [n]}, finite, evenly spaced where they differ
 * @param value colour value of each cell, {@code [n]}; NaN leaves it empty
 */
public record HeatMapSeries(String name, double[] x, double[] y, double[] value)
    implements Series {

  /** Shares of a step by which a middle may be off its place. */
  private static final double TOLERANCE = 1e-3;

  public HeatMapSeries {
    if (y.length != x.length || value.length != x.length) {
      throw new IllegalArgumentException(
          "heat map '%s': expected y and value of the length of x = %d, found y %d, value %d"
              .formatted(name, x.length, y.length, value.length));
    }
    requireEven(name, "x", x);
    requireEven(name, "y", y);
  }

  /**
   * A heat map of a matrix over places 0, 1, … on both axes, as {@link AxisSpec#categories} has
   * them.
   *
   * @param values {@code [rows][columns]}; row 0 is lowest
   */
  public static HeatMapSeries of(String name, double[][] values) {
    int columns = values.length == 0 ? 0 : values[0].length;
    double[] x = new double[values.length * columns];
    double[] y = new double[x.length];
    double[] value = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % columns;
      y[i] = i / columns;
      value[i] = values[i / columns][i % columns];
    }
    return new HeatMapSeries(name, x, y, value);
  }

  @Override
  public double reachX() {
    return step(x) / 2;
  }

  @Override
  public double reachY() {
    return step(y) / 2;
  }

  /** Where middles are, ascending, each once. */
  private static double[] places(double[] middles) {
    return Arrays.stream(middles).distinct().sorted().toArray();
  }

  /** The distance of neighbouring middles; 1 where there is only one. */
  static double step(double[] middles) {
    double[] places = places(middles);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < places.length; i++) {
      least = Math.min(least, places[i] - places[i - 1]);
    }
    return Double.isFinite(least) ? least : 1;
  }

  private static void requireEven(String name, String axis, double[] middles) {
    double[] places = places(middles);
    double step = step(middles);
    for (double place : places) {
      double steps = (place - places[0]) / step;
      if (!(Math.abs(steps - Math.rint(steps)) < TOLERANCE)) {
        throw new IllegalArgumentException(
            "heat map '%s': expected finite, evenly spaced %s, found %s among steps of %s from %s; use categories for uneven ones"
                .formatted(name, axis, place, step, places[0]));
      }
    }
  }
}
