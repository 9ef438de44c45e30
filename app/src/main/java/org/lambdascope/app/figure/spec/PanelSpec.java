package org.lambdascope.app.figure.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.ColourScale;
import org.lambdascope.app.figure.Marker;

/**
 * A panel of a {@link FigureSpec}.
 *
 * @param title what the panel is about; may be empty
 * @param subtitle what is shown; may be empty
 * @param x horizontal axis
 * @param y vertical axis
 * @param markers lines across
 * @param scale what colours mean; null where no series is coloured by value
 * @param series drawn in order
 */
public record PanelSpec(
    String title,
    String subtitle,
    AxisSpec x,
    AxisSpec y,
    List<Marker> markers,
    @Nullable ColourScale scale,
    List<SeriesSpec> series) {

  public PanelSpec {
    // Jackson gives null for what a file does not say.
    if (x == null || y == null) {
      throw new IllegalArgumentException(
          "panel '%s': expected axes \"x\" and \"y\"".formatted(title));
    }
    markers = List.copyOf(markers);
    series = List.copyOf(series);
  }
}
