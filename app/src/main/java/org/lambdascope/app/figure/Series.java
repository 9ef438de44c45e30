package org.lambdascope.app.figure;

import org.jspecify.annotations.Nullable;

/** What a panel draws. NaN values are gaps. */
public sealed interface Series
    permits LineSeries, ScatterSeries, PointSeries, BarSeries, HeatMapSeries {

  /** The full name, as the CSV has it. */
  String name();

  /** Abscissae, {@code [n]}. */
  double[] x();

  /** Ordinates, {@code [n]}. */
  double[] y();

  /** Intervals of the ordinates, {@code [n]}; null where there are none. */
  default @Nullable Band band() {
    return null;
  }

  /** Values on the panel's colour scale, {@code [n]}; null where there are none. */
  default double @Nullable [] value() {
    return null;
  }

  /** How far an item reaches to either side of its abscissa, in units of the axis. */
  default double reachX() {
    return 0;
  }

  /** How far an item reaches above and below its ordinate, in units of the axis. */
  default double reachY() {
    return 0;
  }
}
