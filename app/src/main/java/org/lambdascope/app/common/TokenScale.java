package org.lambdascope.app.common;

import javafx.scene.paint.Color;

/** Shades tokens by a number in nats. */
public abstract sealed class TokenScale permits NllScale, DifferenceScale {

  private final Color[] anchors;

  TokenScale(String[] anchors) {
    this.anchors = new Color[anchors.length];
    for (int i = 0; i < anchors.length; i++) {
      this.anchors[i] = Color.web(anchors[i]);
    }
  }

  /** The value of the lower end, in nats. */
  public abstract double least();

  /** The value of the upper end, in nats. */
  public abstract double most();

  /** The shade of a value in nats; NaN has the shade of 0. */
  public Color shade(double nats) {
    double value = Double.isNaN(nats) ? 0 : nats;
    double place =
        Math.clamp((value - least()) / (most() - least()), 0.0, 1.0) * (anchors.length - 1);
    int i = Math.min((int) place, anchors.length - 2);
    return anchors[i].interpolate(anchors[i + 1], place - i);
  }

  /** Black or white, whichever reads better on a shade. */
  public static Color textOn(Color shade) {
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
