package org.lambdascope.app.notebook;

import java.io.IOException;
import java.util.Base64;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureSize;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Typography;

/** A figure within the page of a notebook: a picture of modest size that the notebook holds. */
public final class InlineFigure {

  /** Pixels per inch: with {@link FigureSize#FULL_MM} some 630 pixels across. */
  private static final int DPI = 100;

  private InlineFigure() {}

  /**
   * The figure at full text width as a PNG in Base64, the form in which notebooks store pictures.
   *
   * @throws IOException if it cannot be written as PNG
   */
  public static String png(Figure figure) throws IOException {
    FigureSize size = figure.pageOf(FigureSize.FULL_MM, Typography.DEFAULT);
    ExportOptions options = new ExportOptions(size, FigureTheme.LIGHT, DPI);
    return Base64.getEncoder().encodeToString(FigureExporter.png(figure, options));
  }
}
