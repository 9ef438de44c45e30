package org.lambdascope.app.run;

import org.lambdascope.app.common.Formats;

/**
 * What a run of experiments will take.
 *
 * @param bytes that the caches and captures of one unit take at most
 * @param seconds all units together; NaN while it is not known how fast the model reads
 */
public record ExperimentForecast(long bytes, double seconds) {

  /** For people: {@code about 3 min 05 s · at most 53 MiB for cache and captures}. */
  public String line() {
    return brief() + " for cache and captures";
  }

  /** Where there is little room: {@code about 3 min 05 s · at most 53 MiB}. */
  public String brief() {
    return (Double.isNaN(seconds) ? "" : "about " + Formats.duration(seconds) + Formats.AND)
        + "at most "
        + Formats.bytes(bytes);
  }
}
