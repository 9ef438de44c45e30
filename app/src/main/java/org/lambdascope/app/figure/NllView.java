package org.lambdascope.app.figure;

/**
 * How negative log-likelihood by position is drawn.
 *
 * @param smoothing of the curve
 * @param window positions in a bucket or in the moving average, at least 1
 * @param raw whether the unsmoothed values are drawn behind it
 */
public record NllView(Smoothing smoothing, int window, boolean raw) {

  /** How values are averaged. */
  public enum Smoothing {
    /** Means of consecutive buckets, each drawn at its middle. */
    BUCKETS,
    /** Centred moving average; fewer values at both ends. */
    MOVING_AVERAGE
  }

  public NllView {
    if (window < 1) {
      throw new IllegalArgumentException("window: expected at least 1 position, found " + window);
    }
  }

  /** Buckets that suit a text: about 64 of them, a power of two wide. */
  public static NllView forLength(int tokens) {
    int width = Integer.highestOneBit(Math.max(1, tokens / 48));
    return new NllView(Smoothing.BUCKETS, width, false);
  }
}
