package org.lambdascope.app.figure;

import java.awt.Color;

/** Ordered colours that print without colour and colour blindness leave in order. */
public enum ColourMap {
  /** Violet over green to yellow, of evenly rising lightness (van der Walt and Smith, 2015). */
  VIRIDIS(
      0x440154, 0x48186A, 0x472D7B, 0x424086, 0x3B528B, 0x33638D, 0x2C728E, 0x26828E, 0x21918C,
      0x1FA088, 0x28AE80, 0x3FBC73, 0x5EC962, 0x84D44B, 0xADDC30, 0xD8E219, 0xFDE725),
  /** Blue over grey to yellow, alike for all kinds of colour vision (Nuñez et al., 2018). */
  CIVIDIS(
      0x00224E, 0x002E6A, 0x1A386F, 0x32436D, 0x434E6C, 0x535A6D, 0x61656F, 0x6F7073, 0x7D7C78,
      0x8C8878, 0x9B9476, 0xABA072, 0xBCAE6C, 0xCDBB63, 0xDEC958, 0xF0D846, 0xFEE838),
  /**
   * Okabe and Ito's blue over near-white to their vermilion, evenly in OKLab: for values around a
   * middle.
   */
  DIVERGING(
      0x08304F, 0x084771, 0x055F96, 0x1D79B6, 0x5392C4, 0x7DABD1, 0xA5C4DF, 0xCEDEEB, 0xF7F7F7,
      0xF3D6C8, 0xEDB599, 0xE59369, 0xDB7033, 0xC35500, 0xA04400, 0x7F3400, 0x5F2400);

  private final int[] anchors;

  ColourMap(int... anchors) {
    this.anchors = anchors;
  }

  /**
   * The colour at a fraction of the map.
   *
   * @param fraction 0 is the lower end; clamped; NaN is the lower end
   */
  public Color colour(double fraction) {
    double place = Math.clamp(Double.isNaN(fraction) ? 0 : fraction, 0.0, 1.0) * (anchors.length - 1);
    int i = Math.min((int) place, anchors.length - 2);
    double f = place - i;
    return new Color(mix(i, f, 16), mix(i, f, 8), mix(i, f, 0));
  }

  /**
   * The colour at a fraction of the part of the map that stands out from a theme's background. The
   * middle of {@link #DIVERGING} is meant not to.
   */
  Color colour(double fraction, FigureTheme theme) {
    if (this == DIVERGING) {
      return colour(fraction);
    }
    double f = Math.clamp(Double.isNaN(fraction) ? 0 : fraction, 0.0, 1.0);
    return switch (theme) {
      case LIGHT -> colour(f * 0.95);
      case DARK -> colour(0.25 + f * 0.75);
    };
  }

  private int mix(int i, double f, int shift) {
    int a = anchors[i] >> shift & 0xFF;
    int b = anchors[i + 1] >> shift & 0xFF;
    return (int) Math.round(a + (b - a) * f);
  }
}
