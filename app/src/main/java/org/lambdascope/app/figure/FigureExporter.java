package org.lambdascope.app.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes figures to files. Equal figures and options give equal bytes. */
public final class FigureExporter {

  private FigureExporter() {}

  /**
   * Writes a figure or a table, whole or not at all; an existing file is replaced.
   *
   * @param drawing what is drawn; as CSV, its data
   * @param format of the file, whatever its name
   * @param file in a folder that exists
   * @throws IOException with a message that names the file and the reason; nothing is left behind
   */
  public static void write(Drawing drawing, FigureFormat format, Path file, ExportOptions options)
      throws IOException {
    AtomicFile.write(
        file,
        out -> {
          switch (format) {
            case PDF -> PdfFigures.write(drawing, options, out);
            case SVG -> SvgFigures.write(drawing, options, out);
            case PNG -> PngFigures.write(drawing, options, out);
            case CSV -> drawing.writeData(out);
          }
        });
  }

  /**
   * Writes a file that belongs to a figure, whole or not at all; an existing file is replaced.
   *
   * @throws IOException with a message that names the file and the reason; nothing is left behind
   */
  public static void writeBytes(byte[] content, Path file) throws IOException {
    AtomicFile.write(file, out -> out.write(content));
  }

  /**
   * Writes a text that belongs to a figure, in UTF-8; as {@link #writeBytes}.
   *
   * @throws IOException with a message that names the file and the reason
   */
  public static void writeText(String content, Path file) throws IOException {
    writeBytes(content.getBytes(StandardCharsets.UTF_8), file);
  }

  /**
   * Loads fonts and sets up images, so that figures can still be drawn while the process shuts
   * down.
   *
   * @throws IOException if a font cannot be loaded, such as where no temporary file can be written
   */
  public static void prepare() throws IOException {
    // Cache files would register with the JVM's shutdown, which refuses them once it has begun.
    ImageIO.setUseCache(false);
    try {
      for (FigureFont font : FigureFont.values()) {
        font.awt(1);
      }
    } catch (LinkageError e) {
      throw new IOException(
          "the font of the figures cannot be loaded; expected the system’s fontconfig and freetype,"
              + " and a folder for temporary files, found "
              + System.getProperty("java.io.tmpdir"),
          e);
    }
  }

  /**
   * The figure as the bytes of a PNG file, for pages that hold their pictures themselves.
   *
   * @throws IOException if the Java runtime cannot write PNG
   */
  public static byte[] png(Figure figure, ExportOptions options) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PngFigures.write(figure, options, out);
    return out.toByteArray();
  }

  /** The figure as an image, for the clipboard. */
  public static BufferedImage image(Drawing figure, ExportOptions options) {
    return PngFigures.image(figure, options);
  }
}
