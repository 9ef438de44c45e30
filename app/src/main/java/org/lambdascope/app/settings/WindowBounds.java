package org.lambdascope.app.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Where a window stands, with its frame.
 *
 * @param x left edge on the screen, in pixels
 * @param y upper edge on the screen, in pixels
 * @param width in pixels, above 0
 * @param height in pixels, above 0
 */
public record WindowBounds(double x, double y, double width, double height) {

  private static final int NUMBERS = 4;

  /** Whether a window can stand there: all is finite, and it has a size. */
  public boolean isPlace() {
    return DoubleStream.of(x, y, width, height).allMatch(Double::isFinite)
        && width > 0
        && height > 0;
  }

  /** As text that {@link #parse} reads. */
  String text() {
    return DoubleStream.of(x, y, width, height)
        .mapToObj(value -> String.format(Locale.ROOT, "%.0f", value))
        .collect(Collectors.joining(" "));
  }

  /** Reads {@link #text}; empty for what is none, as of a version that wrote something else. */
  static Optional<WindowBounds> parse(String text) {
    try {
      double[] numbers =
          Arrays.stream(text.strip().split(" +")).mapToDouble(Double::parseDouble).toArray();
      return numbers.length == NUMBERS
          ? Optional.of(new WindowBounds(numbers[0], numbers[1], numbers[2], numbers[3]))
              .filter(WindowBounds::isPlace)
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
