package org.lambdascope.app.figure;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The one font of all figures, Liberation Sans, which PDFBox carries: screen, PDF, SVG and PNG
 * agree whatever fonts the machine has.
 */
public final class FigureFont {

  /** Size of tick labels and the legend, in points. */
  static final float SMALL = 7f;

  /** Size of axis labels, in points. */
  static final float LABEL = 8f;

  /** Size of titles, in points. */
  static final float TITLE = 8.5f;

  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private FigureFont() {}

  /** The font at a size in points. */
  public static Font awt(float size) {
    return Holder.FONT.deriveFont(size);
  }

  /** The TrueType file. */
  static InputStream open() throws IOException {
    InputStream in = PDDocument.class.getResourceAsStream(RESOURCE);
    if (in == null) {
      throw new IOException("expected the font " + RESOURCE + " in PDFBox, found none");
    }
    return in;
  }

  private static final class Holder {
    static final Font FONT = load();

    private static Font load() {
      try (InputStream in = open()) {
        return Font.createFont(Font.TRUETYPE_FONT, in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (FontFormatException e) {
        throw new IllegalStateException("Liberation Sans cannot be read", e);
      }
    }
  }
}
