package org.lambdascope.app.figure;

/** What a panel draws. NaN values are gaps. */
public sealed interface Series permits LineSeries, ScatterSeries {

  /** The full name, as the CSV has it. */
  String name();

  /** Abscissae, {@code [n]}. */
  double[] x();

  /** Ordinates, {@code [n]}. */
  double[] y();
}
