package org.lambdascope.app.figure;

import java.io.IOException;
import java.io.OutputStream;
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
    g2.setGeomDoubleConverter(SvgFigures::number);
    g2.setTransformDoubleConverter(SvgFigures::number);
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

  /** Two decimals of a point are 3.5 µm. */
  private static String number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    String sign = hundredths < 0 ? "-" : "";
    long magnitude = Math.abs(hundredths);
    long fraction = magnitude % 100;
    return sign
        + magnitude / 100
        + "."
        + (fraction % 10 == 0 ? "" + fraction / 10 : (fraction < 10 ? "0" : "") + fraction);
  }
}
