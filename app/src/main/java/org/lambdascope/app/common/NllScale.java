package org.lambdascope.app.common;

import javafx.scene.paint.Color;

/**
 * Shades tokens by negative log-likelihood: one hue, evenly darker (on a dark window, brighter), so
 * that it reads without colour and for every kind of colour blindness.
 */
public final class NllScale {

  /** Shades end here, in nats: the model is then as good as blind (e⁻⁸ ≈ 1 in 3,000). */
  public static final double MOST = 8;

  private static final Color[] LIGHT = {
    Color.web("#ffffff"),
    Color.web("#fff1dd"),
    Color.web("#fdd9ac"),
    Color.web("#fdb56f"),
    Color.web("#f58b3c"),
    Color.web("#d9601a"),
    Color.web("#a83c06")
  };
  private static final Color[] DARK = {
    Color.web("#1e2126"),
    Color.web("#3a2a1c"),
    Color.web("#5c3a18"),
    Color.web("#854f16"),
    Color.web("#b4691a"),
    Color.web("#e08b2f"),
    Color.web("#ffc27a")
  };

  private final Color[] anchors;

  /** The scale for a light or a dark window. */
  public NllScale(boolean dark) {
    anchors = dark ? DARK : LIGHT;
  }

  /** The shade of a value in nats; NaN has the shade of 0. */
  public Color shade(double nll) {
    double place = Math.clamp(Double.isNaN(nll) ? 0 : nll / MOST, 0.0, 1.0) * (anchors.length - 1);
    int i = Math.min((int) place, anchors.length - 2);
    return anchors[i].interpolate(anchors[i + 1], place - i);
  }

  /** Black or white, whichever reads better on a shade. */
  public Color textOn(Color shade) {
    return luminance(shade) > 0.22 ? Color.web("#16181c") : Color.web("#f2f4f7");
  }

  private static double luminance(Color c) {
    return 0.2126 * linear(c.getRed())
        + 0.7152 * linear(c.getGreen())
        + 0.0722 * linear(c.getBlue());
  }

  private static double linear(double v) {
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }
}
