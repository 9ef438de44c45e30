package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Figures as PNG, with their resolution noted. */
final class PngFigures {

  private static final double METRES_PER_INCH = 0.0254;

  private PngFigures() {}

  static BufferedImage image(Drawing drawing, ExportOptions options) {
    double scale = options.dpi() / 72.0;
    int width = (int) Math.round(options.size().widthPoints() * scale);
    int height = (int) Math.round(options.size().heightPoints() * scale);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g2 = image.createGraphics();
    try {
      g2.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g2.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g2.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      // The page may end within the last pixel.
      g2.setPaint(options.theme().background());
      g2.fillRect(0, 0, width, height);
      g2.scale(scale, scale);
      drawing.draw(g2, options);
    } finally {
      g2.dispose();
    }
    return image;
  }

  static void write(Drawing drawing, ExportOptions options, OutputStream out) throws IOException {
    BufferedImage image = image(drawing, options);
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
    if (!writers.hasNext()) {
      throw new IOException("expected a PNG writer in the Java runtime, found none");
    }
    ImageWriter writer = writers.next();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
      note(metadata, options);
      writer.write(null, new IIOImage(image, null, metadata), null);
    } finally {
      writer.dispose();
    }
  }

  /** The resolution, and what the file says of itself. */
  private static void note(IIOMetadata metadata, ExportOptions options)
      throws IIOInvalidTreeException {
    String perMetre = Long.toString(Math.round(options.dpi() / METRES_PER_INCH));
    IIOMetadataNode physical = new IIOMetadataNode("pHYs");
    physical.setAttribute("pixelsPerUnitXAxis", perMetre);
    physical.setAttribute("pixelsPerUnitYAxis", perMetre);
    physical.setAttribute("unitSpecifier", "meter");
    IIOMetadataNode root = new IIOMetadataNode("javax_imageio_png_1.0");
    root.appendChild(physical);
    String configuration = options.metadata().configuration();
    if (!configuration.isEmpty()) {
      IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
      entry.setAttribute("keyword", "configuration");
      entry.setAttribute("value", configuration);
      IIOMetadataNode text = new IIOMetadataNode("tEXt");
      text.appendChild(entry);
      root.appendChild(text);
    }
    metadata.mergeTree("javax_imageio_png_1.0", root);
  }
}
