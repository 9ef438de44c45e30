package org.lambdascope.app.figure;

/**
 * How a figure is exported.
 *
 * @param size size on paper
 * @param theme colours; papers want {@link FigureTheme#LIGHT}
 * @param dpi pixels per inch of a PNG, 36 to 2400
 */
public record ExportOptions(FigureSize size, FigureTheme theme, int dpi) {

  public ExportOptions {
    if (dpi < 36 || dpi > 2400) {
      throw new IllegalArgumentException("dpi: expected 36 to 2400, found " + dpi);
    }
  }

  /** For a paper: full text width, light, 300 pixels per inch. */
  public static ExportOptions paper(Figure figure) {
    return new ExportOptions(
        FigureSize.forFigure(figure, FigureSize.FULL_MM), FigureTheme.LIGHT, 300);
  }
}
