package org.lambdascope.app.common;

/**
 * Shades tokens by how much more (orange) or less (blue) they surprise one arm than another. Blue
 * and orange stay apart for every kind of colour blindness; no difference looks like no shade.
 */
public final class DifferenceScale extends TokenScale {

  /** Shades end here, in nats, on either side. */
  public static final double MOST = 4;

  private static final String[] LIGHT = {
    "#0b5394", "#4d93cf", "#a9cdea", "#ffffff", "#fdc99a", "#ec8437", "#a83c06"
  };
  private static final String[] DARK = {
    "#9ccdf7", "#4f94cf", "#234a6e", "#1e2126", "#6b3d14", "#cf7a2b", "#ffc27a"
  };

  /** The scale for a light or a dark window. */
  public DifferenceScale(boolean dark) {
    super(dark ? DARK : LIGHT);
  }

  @Override
  public double least() {
    return -MOST;
  }

  @Override
  public double most() {
    return MOST;
  }
}
