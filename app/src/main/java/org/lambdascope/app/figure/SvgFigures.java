package org.lambdascope.app.figure;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.SVGHints;
import org.jfree.svg.SVGUnits;
import org.jfree.svg.ViewBox;

/** Figures as SVG. Text stays text. */
final class SvgFigures {

  private SvgFigures() {}

  static void write(Drawing drawing, ExportOptions options, OutputStream out) throws IOException {
    double width = options.size().widthPoints();
    double height = options.size().heightPoints();
    SVGGraphics2D g2 = new SVGGraphics2D(width, height, SVGUnits.PT);
    // The default prefix is the time, which would make every file differ.
    g2.setDefsKeyPrefix("f");
    g2.setGeomDoubleConverter(value -> number(value, 2));
    g2.setTransformDoubleConverter(value -> number(value, 6));
    g2.setFontFunction(family -> options.type().font().families());
    g2.setRenderingHint(SVGHints.KEY_TEXT_RENDERING, SVGHints.VALUE_TEXT_RENDERING_PRECISION);
    drawing.draw(g2, options);
    String svg = g2.getSVGElement(null, true, new ViewBox(0, 0, width, height), null, null);
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".getBytes(StandardCharsets.UTF_8));
    int content = svg.indexOf('>') + 1;
    out.write(svg.substring(0, content).getBytes(StandardCharsets.UTF_8));
    String configuration = options.metadata().configuration();
    if (!configuration.isEmpty()) {
      String metadata = "<metadata>configuration " + escaped(configuration) + "</metadata>";
      out.write(metadata.getBytes(StandardCharsets.UTF_8));
    }
    out.write(svg.substring(content).getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * A number without trailing zeros. Two decimals of a point are 3.5 µm; a scale needs more, since
   * an image of a thousand pixels multiplies its error.
   */
  private static String number(double value, int decimals) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
