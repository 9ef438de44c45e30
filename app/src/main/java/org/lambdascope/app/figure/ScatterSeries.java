package org.lambdascope.app.figure;

/**
 * Points, each coloured by a value on the panel's colour scale.
 *
 * @param name the series' name
 * @param x abscissae, {@code [n]}
 * @param y ordinates, {@code [n]}
 * @param value colour value of each point, {@code [n]}, in the unit of the panel's colour scale
 */
public record ScatterSeries(String name, double[] x, double[] y, double[] value) implements Series {

  public ScatterSeries {
    if (y.length != x.length || value.length != x.length) {
      throw new IllegalArgumentException(
          "series '%s': expected y and value of the length of x = %d, found y %d, value %d"
              .formatted(name, x.length, y.length, value.length));
    }
  }
}
