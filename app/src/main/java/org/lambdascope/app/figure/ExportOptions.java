package org.lambdascope.app.figure;

/**
 * How a figure is exported.
 *
 * @param size size on paper
 * @param theme colours; papers want {@link FigureTheme#LIGHT}
 * @param dpi pixels per inch of a PNG, 36 to 2400
 * @param type fonts and their sizes
 * @param metadata what the file says of itself
 */
public record ExportOptions(
    FigureSize size, FigureTheme theme, int dpi, Typography type, FigureMetadata metadata) {

  /** Pixels per inch of a PNG for print. */
  public static final int PRINT_DPI = 300;

  public ExportOptions {
    if (dpi < 36 || dpi > 2400) {
      throw new IllegalArgumentException("dpi: expected 36 to 2400, found " + dpi);
    }
  }

  /** In the default type and without metadata. */
  public ExportOptions(FigureSize size, FigureTheme theme, int dpi) {
    this(size, theme, dpi, Typography.DEFAULT, FigureMetadata.NONE);
  }

  /** For a paper: full text width, light, 300 pixels per inch. */
  public static ExportOptions paper(Drawing drawing) {
    return of(drawing, Venue.PLAIN);
  }

  /** For print at a venue: its width and type, light, 300 pixels per inch. */
  public static ExportOptions of(Drawing drawing, Venue venue) {
    return new ExportOptions(
        drawing.pageOf(venue.widthMm(), venue.type()),
        FigureTheme.LIGHT,
        PRINT_DPI,
        venue.type(),
        FigureMetadata.NONE);
  }

  /** These options with metadata. */
  public ExportOptions withMetadata(FigureMetadata newMetadata) {
    return new ExportOptions(size, theme, dpi, type, newMetadata);
  }
}
