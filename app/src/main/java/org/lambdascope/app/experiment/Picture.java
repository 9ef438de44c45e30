package org.lambdascope.app.experiment;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureSize;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Typography;

/**
 * A figure or a table with a small picture of it, drawn as exports draw it.
 *
 * @param image twice as large as it is shown, for screens with more pixels
 */
public record Picture(Drawing drawing, BufferedImage image) {

  /** Pixels per inch: a column is about 500 pixels wide, on a screen at 200 % about 250. */
  private static final int DPI = 166;

  /** Draws them; takes some milliseconds each. */
  static Map<String, Picture> of(Map<String, Drawing> drawings) {
    Map<String, Picture> pictures = new LinkedHashMap<>();
    drawings.forEach((name, drawing) -> pictures.put(name, of(drawing)));
    return pictures;
  }

  private static Picture of(Drawing drawing) {
    // On a page as narrow as a column: shown so small, the type of a wide one cannot be read.
    FigureSize size = drawing.pageOf(FigureSize.COLUMN_MM, Typography.DEFAULT);
    return new Picture(
        drawing, FigureExporter.image(drawing, new ExportOptions(size, FigureTheme.LIGHT, DPI)));
  }
}
