package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class VenueTest {

  private static final FigureMetadata METADATA = new FigureMetadata("sha256:0a1b", false);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Venue.class)
  void thePageIsAsWideAsTheVenueSaysAndEmbedsItsFont(Venue venue) throws IOException {
    Figure figure = SampleFigures.sideBySide(2, 2);
    Path file = folder.resolve("f.pdf");
    FigureExporter.write(figure, FigureFormat.PDF, file, ExportOptions.of(figure, venue));
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      double width = document.getPage(0).getMediaBox().getWidth() * 25.4 / 72;
      assertThat(width).isCloseTo(venue.widthMm(), within(0.1));
      List<PDFont> fonts = new ArrayList<>();
      collect(document.getPage(0).getResources(), fonts);
      assertThat(fonts).isNotEmpty();
      for (PDFont font : fonts) {
        assertThat(font).isNotInstanceOf(PDType3Font.class);
        assertThat(font.isEmbedded()).isTrue();
        assertThat(font.getName())
            .endsWith(
                venue.type().font() == FigureFont.SANS ? "LiberationSans" : "LiberationSerif");
      }
    }
  }

  private static void collect(PDResources resources, List<PDFont> fonts) throws IOException {
    for (COSName name : resources.getFontNames()) {
      fonts.add(resources.getFont(name));
    }
    for (COSName name : resources.getXObjectNames()) {
      if (resources.getXObject(name) instanceof PDFormXObject form) {
        collect(form.getResources(), fonts);
      }
    }
  }

  @Test
  void namesFindVenues() {
    for (Venue venue : Venue.values()) {
      assertThat(Venue.of(venue.id())).isEqualTo(venue);
    }
    assertThat(Venue.of("ACL")).isEqualTo(Venue.ACL_COLUMN);
    assertThat(Venue.ICML_COLUMN.widthMm()).isCloseTo(82.55, within(1e-9));
    assertThatThrownBy(() -> Venue.of("emnlp"))
        .hasMessageContaining("acl-column, acl-full, neurips")
        .hasMessageContaining("found 'emnlp'");
  }

  @Test
  void metadataNameTheRunAndTheProgramUnlessAnonymous() throws IOException {
    Figure figure = Figure.of(SampleFigures.nll(2, 500));
    ExportOptions named = ExportOptions.of(figure, Venue.ACL_COLUMN).withMetadata(METADATA);
    ExportOptions anonymous = named.withMetadata(new FigureMetadata("sha256:0a1b", true));
    Path pdf = folder.resolve("f.pdf");
    FigureExporter.write(figure, FigureFormat.PDF, pdf, named);
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      assertThat(document.getDocumentInformation().getKeywords())
          .isEqualTo("configuration sha256:0a1b");
      assertThat(document.getDocumentInformation().getProducer()).isEqualTo("Lambdascope");
    }
    for (FigureFormat format : FigureFormat.values()) {
      Path file = folder.resolve("a." + format.extension());
      FigureExporter.write(figure, format, file, anonymous);
      String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(bytes.toLowerCase(Locale.ROOT).contains("lambdascope")).as("%s", format).isFalse();
      if (format == FigureFormat.SVG || format == FigureFormat.PNG) {
        assertThat(bytes.contains("sha256:0a1b")).as("%s", format).isTrue();
      }
    }
    try (PDDocument document = Loader.loadPDF(folder.resolve("a.pdf").toFile())) {
      assertThat(document.getDocumentInformation().getKeywords()).contains("sha256:0a1b");
      assertThat(document.getDocumentInformation().getProducer()).isNull();
    }
    Path svg = folder.resolve("a.svg");
    assertThat(Files.readString(svg))
        .contains("<metadata>configuration sha256:0a1b</metadata>")
        .contains("Liberation Serif, Times New Roman, Times, serif");
  }

  @Test
  void panelsAreLettered() {
    assertThat(Typography.PanelLetters.PARENTHESES.of(1)).isEqualTo("(b)");
    assertThat(Typography.PanelLetters.PLAIN.of(27)).isEqualTo("ab");
  }
}
