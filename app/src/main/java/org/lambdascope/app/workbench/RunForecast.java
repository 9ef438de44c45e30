package org.lambdascope.app.workbench;

import org.lambdascope.app.common.Formats;

/**
 * What running all arms will take.
 *
 * @param bytes the most that any one run takes for its cache and captures
 * @param seconds all runs together; NaN while no run was timed on this model
 */
public record RunForecast(long bytes, double seconds) {

  /** Nothing to run. */
  public static final RunForecast NONE = new RunForecast(0, Double.NaN);

  /** For the status bar: {@code about 1.4 s · at most 53 MiB per arm for cache and captures}. */
  public String line() {
    return (Double.isNaN(seconds) ? "" : "about " + Formats.duration(seconds) + " · ")
        + "at most "
        + Formats.bytes(bytes)
        + " per arm for cache and captures";
  }
}
