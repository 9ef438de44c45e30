package org.lambdascope.app.figure;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Figures as PDF: vector, the font embedded, text that stays text. */
final class PdfFigures {

  private PdfFigures() {}

  static void write(Drawing drawing, ExportOptions options, OutputStream out) throws IOException {
    float width = (float) options.size().widthPoints();
    float height = (float) options.size().heightPoints();
    // PDFBox closes the stream that it saves to; the page is small enough for memory.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument();
        InputStream ttf = options.type().font().open();
        PdfBoxGraphics2DFontTextDrawer text = new PdfBoxGraphics2DFontTextDrawer()) {
      // The time and a random number would make every file differ.
      document.setDocumentId(1L);
      PDDocumentInformation information = new PDDocumentInformation();
      information.setTitle(drawing.heading());
      FigureMetadata metadata = options.metadata();
      if (!metadata.anonymous()) {
        information.setProducer("Lambdascope");
      }
      if (!metadata.configuration().isEmpty()) {
        information.setKeywords("configuration " + metadata.configuration());
      }
      document.setDocumentInformation(information);
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      text.registerFont(
          options.type().font().awt(10).getFontName(), PDType0Font.load(document, ttf, true));
      PdfBoxGraphics2D g2 = new PdfBoxGraphics2D(document, width, height);
      try {
        g2.setFontTextDrawer(text);
        drawing.draw(g2, options);
      } finally {
        g2.dispose();
      }
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(g2.getXFormObject());
      }
      document.save(bytes);
    }
    bytes.writeTo(out);
  }
}
