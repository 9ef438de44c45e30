package org.lambdascope.app.experiment;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.FigureExporter;

/**
 * A figure or a table with a small picture of it, drawn as exports draw it.
 *
 * @param image half as large again as it is shown, for screens with more pixels
 */
public record Picture(Drawing drawing, BufferedImage image) {

  /** Pixels per inch: a page of 160 mm is about 500 pixels wide. */
  private static final int DPI = 80;

  /** Draws them; takes some milliseconds each. */
  static Map<String, Picture> of(Map<String, Drawing> drawings) {
    Map<String, Picture> pictures = new LinkedHashMap<>();
    drawings.forEach((name, drawing) -> pictures.put(name, of(drawing)));
    return pictures;
  }

  private static Picture of(Drawing drawing) {
    ExportOptions paper = ExportOptions.paper(drawing);
    return new Picture(
        drawing,
        FigureExporter.image(drawing, new ExportOptions(paper.size(), paper.theme(), DPI)));
  }
}
