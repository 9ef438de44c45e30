package org.lambdascope.app.figure;

/**
 * Points of one category: all with one colour and one shape.
 *
 * @param name the category
 * @param x abscissae, {@code [n]}
 * @param y ordinates, {@code [n]}
 * @param colour of all points
 * @param mark their shape
 */
public record PointSeries(String name, double[] x, double[] y, SeriesColour colour, Mark mark)
    implements Series {

  public PointSeries {
    if (y.length != x.length) {
      throw new IllegalArgumentException(
          "series '%s': expected y of the length of x = %d, found %d"
              .formatted(name, x.length, y.length));
    }
  }

  /** The category with that colour of the palette and the shape that goes with it. */
  public static PointSeries of(String name, double[] x, double[] y, int index) {
    return new PointSeries(name, x, y, new SeriesColour.Palette(index), Mark.of(index));
  }
}
