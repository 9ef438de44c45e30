package org.lambdascope.app.common;

import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where the tokens of a text lie on a chart, in the units of its axes. */
public interface TokenPlaces {

  /**
   * A place.
   *
   * @param x along the horizontal axis
   * @param y along the vertical one; NaN stands for all of it
   */
  record Place(double x, double y) {}

  /** The place of a token; null if it has none. */
  @Nullable Place of(int position);

  /** The tokens in a rectangle. */
  PositionSet within(double fromX, double toX, double fromY, double toY);

  /**
   * Charts over positions: a token is a vertical line.
   *
   * @param tokens how many there are
   */
  static TokenPlaces byPosition(IntSupplier tokens) {
    return new TokenPlaces() {
      @Override
      public @Nullable Place of(int position) {
        return position < tokens.getAsInt() ? new Place(position, Double.NaN) : null;
      }

      @Override
      public PositionSet within(double fromX, double toX, double fromY, double toY) {
        int from = (int) Math.max(0, Math.ceil(fromX));
        int to = (int) Math.min(tokens.getAsInt() - 1, Math.floor(toX));
        return PositionSet.of(IntStream.rangeClosed(from, to));
      }
    };
  }

  /**
   * Charts of points.
   *
   * @param points {@code [n, 2]}, by position
   */
  static TokenPlaces byPoint(double[][] points) {
    return new TokenPlaces() {
      @Override
      public @Nullable Place of(int position) {
        return position < points.length
            ? new Place(points[position][0], points[position][1])
            : null;
      }

      @Override
      public PositionSet within(double fromX, double toX, double fromY, double toY) {
        return PositionSet.of(
            IntStream.range(0, points.length)
                .filter(
                    p ->
                        points[p][0] >= fromX
                            && points[p][0] <= toX
                            && points[p][1] >= fromY
                            && points[p][1] <= toY));
      }
    };
  }
}
