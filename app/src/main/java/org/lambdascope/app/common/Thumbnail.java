package org.lambdascope.app.common;

import java.awt.image.BufferedImage;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureMetadata;
import org.lambdascope.app.figure.FigureSize;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Venue;

/**
 * A small picture of a figure or table. It is drawn for one column of a paper: on a page of the
 * whole text's width, letters would be too small to read at this size.
 */
public final class Thumbnail {

  private static final double MM_PER_INCH = 25.4;

  private Thumbnail() {}

  /**
   * Draws one; takes some milliseconds.
   *
   * @param width in units of the window
   * @param scale pixels per unit, see {@link RenderScale}
   */
  public static Image draw(Drawing drawing, FigureTheme theme, double width, double scale) {
    Venue venue = Venue.PLAIN;
    FigureSize page = drawing.pageOf(FigureSize.COLUMN_MM, venue.type());
    int dpi = (int) Math.ceil(width * scale / (FigureSize.COLUMN_MM / MM_PER_INCH));
    BufferedImage image =
        FigureExporter.image(
            drawing, new ExportOptions(page, theme, dpi, venue.type(), FigureMetadata.NONE));
    return SwingFXUtils.toFXImage(image, null);
  }

  /** Shows one pixel by pixel: the page has a whole number of them, which need not be its width. */
  public static void show(ImageView view, Image image, double scale) {
    view.setFitWidth(image.getWidth() / scale);
    view.setImage(image);
  }
}
