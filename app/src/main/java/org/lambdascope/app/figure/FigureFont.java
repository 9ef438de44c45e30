package org.lambdascope.app.figure;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The fonts of figures. Both come with the program, so that screen, PDF, SVG and PNG agree whatever
 * fonts the machine has.
 */
public enum FigureFont {
  /** Liberation Sans, which PDFBox carries; as wide as Helvetica and Arial. */
  SANS(
      PDDocument.class,
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf",
      "Liberation Sans, Arial, Helvetica, sans-serif"),
  /** Liberation Serif, bundled; as wide as Times. */
  SERIF(
      FigureFont.class,
      "LiberationSerif-Regular.ttf",
      "Liberation Serif, Times New Roman, Times, serif");

  private final Class<?> owner;
  private final String resource;
  private final String families;

  FigureFont(Class<?> owner, String resource, String families) {
    this.owner = owner;
    this.resource = resource;
    this.families = families;
  }

  /** The font at a size in points. */
  public Font awt(float size) {
    return (this == SANS ? Sans.FONT : Serif.FONT).deriveFont(size);
  }

  /** As CSS names it, followed by fonts with the same widths. */
  String families() {
    return families;
  }

  /** The TrueType file. */
  InputStream open() throws IOException {
    InputStream in = owner.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException(
          "expected the font %s beside %s, found none".formatted(resource, owner.getName()));
    }
    return in;
  }

  private Font load() {
    try (InputStream in = open()) {
      // Of a stream the JDK makes a file that it deletes as soon as the process is told to stop,
      // when
      // figures may still have to be drawn. This one goes after everything else.
      Path file = Files.createTempFile("lambdascope", ".ttf");
      file.toFile().deleteOnExit();
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return Font.createFont(Font.TRUETYPE_FONT, file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException(resource + " cannot be read", e);
    }
  }

  private static final class Sans {
    static final Font FONT = FigureFont.SANS.load();
  }

  private static final class Serif {
    static final Font FONT = FigureFont.SERIF.load();
  }
}
