package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TableTest {

  @TempDir Path folder;

  @Test
  void valuesArePrintedWithTheirDecimalsAndTheBestOneIsFound() {
    Table.Section loss = SampleFigures.table().sections().getFirst();
    assertThat(loss.text(0, 0)).isEqualTo("3.10");
    assertThat(loss.text(1, 1)).isEqualTo("−2.35");
    assertThat(loss.text(2, 1)).isEqualTo("–");
    assertThat(loss.text(0, 1)).isEqualTo("0.00");
    assertThat(loss.isBest(0, 0)).isFalse();
    assertThat(loss.isBest(1, 0)).isTrue();
    // What prints alike is best alike.
    assertThat(loss.isBest(2, 0)).isTrue();
    Table.Section share = SampleFigures.table().sections().get(1);
    assertThat(share.isBest(0, 0)).isTrue();
    assertThat(share.isBest(1, 0)).isFalse();
    // Where all are alike none is the best.
    assertThat(share.isBest(0, 1)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Venue.class)
  void thePageIsAsWideAsTheVenueSaysAndTextStaysText(Venue venue) throws IOException {
    Table table = SampleFigures.table();
    Path file = folder.resolve("t.pdf");
    FigureExporter.write(table, FigureFormat.PDF, file, ExportOptions.of(table, venue));
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      double width = document.getPage(0).getMediaBox().getWidth() * 25.4 / 72;
      assertThat(width).isCloseTo(venue.widthMm(), within(0.1));
      assertThat(new PDFTextStripper().getText(document))
          .contains("length (tokens)", "1,024", "lm-infinite", "3.10", "−2.35");
    }
  }

  @ParameterizedTest
  @EnumSource(FigureFormat.class)
  void equalTablesGiveEqualBytes(FigureFormat format) throws IOException {
    for (String name : List.of("a", "b")) {
      Table table = SampleFigures.table();
      FigureExporter.write(table, format, folder.resolve(name), ExportOptions.paper(table));
    }
    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @Test
  void itsDataAreAllItsValues() throws IOException {
    Path file = folder.resolve("t.csv");
    Table table = SampleFigures.table();
    FigureExporter.write(table, FigureFormat.CSV, file, ExportOptions.paper(table));
    assertThat(Files.readString(file, StandardCharsets.UTF_8))
        .startsWith("section,row,column,value\r\n")
        .contains("perplexity,window,\"1,024\",-2.351\r\n")
        .contains("perplexity,lm-infinite,\"1,024\",\r\n");
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    assertThatThrownBy(
            () ->
                new Table(
                    "t",
                    "",
                    List.of("a", "b"),
                    List.of(
                        new Table.Section(
                            "", 1, Table.Best.NONE, List.of(new Table.Row("r", 1.0))))))
        .hasMessage("table 't', row 'r': expected 2 values, found 1");
  }
}
