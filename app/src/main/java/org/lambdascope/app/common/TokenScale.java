package org.lambdascope.app.common;

import javafx.scene.paint.Color;

/** Shades tokens by a number, so that it reads for every kind of colour blindness. */
public final class TokenScale {

  /** NLL shades end here, in nats: the model is then as good as blind (e⁻⁸ ≈ 1 in 3,000). */
  public static final double MOST_NLL = 8;

  /** Shades of differences end here, in nats, on either side. */
  public static final double MOST_DIFFERENCE = 4;

  private static final String[] NLL_LIGHT = {
    "#ffffff", "#fff1dd", "#fdd9ac", "#fdb56f", "#f58b3c", "#d9601a", "#a83c06"
  };
  private static final String[] NLL_DARK = {
    "#1e2126", "#3a2a1c", "#5c3a18", "#854f16", "#b4691a", "#e08b2f", "#ffc27a"
  };
  private static final String[] SHARE_LIGHT = {
    "#ffffff", "#e6f1fb", "#c3def5", "#94c4ec", "#5aa2de", "#2a7bc4", "#0b5394"
  };
  private static final String[] SHARE_DARK = {
    "#1e2126", "#1b2c3d", "#1f4161", "#27598a", "#3b7cb8", "#64a4dd", "#9ccdf7"
  };
  private static final String[] DIFFERENCE_LIGHT = {
    "#0b5394", "#4d93cf", "#a9cdea", "#ffffff", "#fdc99a", "#ec8437", "#a83c06"
  };
  private static final String[] DIFFERENCE_DARK = {
    "#9ccdf7", "#4f94cf", "#234a6e", "#1e2126", "#6b3d14", "#cf7a2b", "#ffc27a"
  };

  private static final Color SOFT_BLACK = Color.web("#16181c");
  private static final Color SOFT_WHITE = Color.web("#f2f4f7");

  /** Luminance at which black and white text stand out alike, 4.58 to 1. */
  private static final double EQUAL_CONTRAST = 0.179;

  /** What WCAG asks of text of this size. */
  private static final double LEAST_CONTRAST = 4.5;

  /** Shades of attention begin here: less is as good as nothing. */
  private static final double LEAST_ATTENTION = 1e-4;

  private final double least;
  private final double most;
  private final boolean logarithmic;
  private final Color[] anchors;

  private TokenScale(double least, double most, boolean logarithmic, String[] anchors) {
    this.least = least;
    this.most = most;
    this.logarithmic = logarithmic;
    this.anchors = new Color[anchors.length];
    for (int i = 0; i < anchors.length; i++) {
      this.anchors[i] = Color.web(anchors[i]);
    }
  }

  /**
   * Negative log-likelihood: one hue, evenly darker (on a dark window, brighter), so that it reads
   * without colour.
   */
  public static TokenScale nll(boolean dark) {
    return new TokenScale(0, MOST_NLL, false, dark ? NLL_DARK : NLL_LIGHT);
  }

  /**
   * How much more (orange) or less (blue) tokens surprise one arm than another. No difference looks
   * like no shade.
   */
  public static TokenScale difference(boolean dark) {
    return new TokenScale(
        -MOST_DIFFERENCE, MOST_DIFFERENCE, false, dark ? DIFFERENCE_DARK : DIFFERENCE_LIGHT);
  }

  /** Probability, 0 to 1. */
  public static TokenScale probability(boolean dark) {
    return new TokenScale(0, 1, false, dark ? SHARE_DARK : SHARE_LIGHT);
  }

  /** Attention after the softmax: a shade stands for a ratio, as most keys get very little. */
  public static TokenScale attention(boolean dark) {
    return new TokenScale(LEAST_ATTENTION, 1, true, dark ? SHARE_DARK : SHARE_LIGHT);
  }

  /**
   * The shade of a value. NaN has that of 0, as there is nothing to shade; who draws it says so
   * otherwise.
   */
  public Color shade(double value) {
    double known = Double.isNaN(value) ? 0 : value;
    return at(
        logarithmic
            ? Math.log(Math.max(known, least) / least) / Math.log(most / least)
            : (known - least) / (most - least));
  }

  /** The shade at a share of the scale, 0 for its lower end to 1 for its upper. */
  public Color at(double share) {
    double place = Math.clamp(share, 0.0, 1.0) * (anchors.length - 1);
    int i = Math.min((int) place, anchors.length - 2);
    return anchors[i].interpolate(anchors[i + 1], place - i);
  }

  /** Dark or light text, whichever reads better on a shade: soft where that is enough. */
  public static Color textOn(Color shade) {
    boolean dark = luminance(shade) > EQUAL_CONTRAST;
    Color soft = dark ? SOFT_BLACK : SOFT_WHITE;
    return contrast(soft, shade) >= LEAST_CONTRAST ? soft : dark ? Color.BLACK : Color.WHITE;
  }

  /** The contrast of two colours as WCAG 2 defines it, 1 to 21. */
  static double contrast(Color a, Color b) {
    double one = luminance(a) + 0.05;
    double other = luminance(b) + 0.05;
    return Math.max(one, other) / Math.min(one, other);
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
