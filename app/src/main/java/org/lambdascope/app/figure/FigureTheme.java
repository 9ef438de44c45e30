package org.lambdascope.app.figure;

import java.awt.Color;
import java.util.List;

/** Colours of a figure: the light one for papers, the dark one for a dark window. */
public enum FigureTheme {
  LIGHT(
      0xFFFFFF,
      0x222222,
      0xE4E4E4,
      0x6E6E6E,
      0x8250DF,
      List.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000, 0x663311)),
  DARK(
      0x1E2126,
      0xE3E6EA,
      0x3A3F47,
      0xA0A6AE,
      0xE2C5FF,
      List.of(0x56B4E9, 0xE69F00, 0x2FC79A, 0xE39BC6, 0xF0E442, 0xF07A2B, 0xFFFFFF, 0x9068FF));

  /** Series that the palette tells apart. */
  public static final int PALETTE_SIZE = 8;

  private final Color background;
  private final Color text;
  private final Color grid;
  private final Color neutral;
  private final Color brush;
  private final List<Color> palette;

  FigureTheme(int background, int text, int grid, int neutral, int brush, List<Integer> palette) {
    this.background = new Color(background);
    this.text = new Color(text);
    this.grid = new Color(grid);
    this.neutral = new Color(neutral);
    this.brush = new Color(brush);
    // Okabe and Ito's palette without its yellow on white and its blue on dark, which lack
    // contrast.
    this.palette = palette.stream().map(Color::new).toList();
  }

  /** Behind everything. */
  public Color background() {
    return background;
  }

  /** Titles, labels and axes. */
  public Color text() {
    return text;
  }

  /** Grid lines. */
  public Color grid() {
    return grid;
  }

  /** Reference lines and markers. */
  public Color neutral() {
    return neutral;
  }

  /** Marks of brushed tokens. */
  public Color brush() {
    return brush;
  }

  /** A palette colour; indices wrap around. */
  public Color palette(int index) {
    return palette.get(Math.floorMod(index, palette.size()));
  }
}
