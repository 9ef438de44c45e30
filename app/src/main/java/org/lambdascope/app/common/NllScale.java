package org.lambdascope.app.common;

/**
 * Shades tokens by negative log-likelihood: one hue, evenly darker (on a dark window, brighter), so
 * that it reads without colour and for every kind of colour blindness.
 */
public final class NllScale extends TokenScale {

  /** Shades end here, in nats: the model is then as good as blind (e⁻⁸ ≈ 1 in 3,000). */
  public static final double MOST = 8;

  private static final String[] LIGHT = {
    "#ffffff", "#fff1dd", "#fdd9ac", "#fdb56f", "#f58b3c", "#d9601a", "#a83c06"
  };
  private static final String[] DARK = {
    "#1e2126", "#3a2a1c", "#5c3a18", "#854f16", "#b4691a", "#e08b2f", "#ffc27a"
  };

  /** The scale for a light or a dark window. */
  public NllScale(boolean dark) {
    super(dark ? DARK : LIGHT);
  }

  @Override
  public double least() {
    return 0;
  }

  @Override
  public double most() {
    return MOST;
  }
}
