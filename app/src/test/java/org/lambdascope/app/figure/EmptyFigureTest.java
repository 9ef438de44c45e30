package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EmptyFigureTest {

  @TempDir Path folder;

  private static Panel panel(double[] x, double[] y) {
    return new Panel(
        "arm",
        "",
        AxisSpec.linear("x"),
        AxisSpec.linear("y"),
        List.of(LineSeries.of("a", x, y, 0).withBand(y, y)),
        List.of(Marker.pretrainLength(512)),
        null);
  }

  private static List<Panel> empties() {
    double[] nan = {Double.NaN, Double.NaN};
    return List.of(
        panel(new double[0], new double[0]),
        panel(new double[] {1, 2}, nan),
        new Panel(
            "arm",
            "",
            AxisSpec.logarithmic("x"),
            AxisSpec.logarithmic("y"),
            List.of(LineSeries.of("a", new double[] {0, -1}, new double[] {0, 0}, 0)),
            List.of(),
            null),
        new Panel(
            "arm",
            "",
            AxisSpec.linear("x"),
            AxisSpec.linear("y"),
            List.of(),
            List.of(),
            new ColourScale("position", new AxisRange(0, 1), true)));
  }

  @Test
  void saysThatThereIsNoData() throws IOException {
    Path file = folder.resolve("f.pdf");
    for (Panel panel : empties()) {
      FigureExporter.write(
          Figure.of(panel), FigureFormat.PDF, file, ExportOptions.paper(Figure.of(panel)));
      try (PDDocument document = Loader.loadPDF(file.toFile())) {
        assertThat(new PDFTextStripper().getText(document)).contains("no data");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FigureFormat.class)
  void everyFormatTakesEmptyPanelsAndSinglePoints(FigureFormat format) throws IOException {
    Figure figure =
        Figure.sideBySide(
            "t",
            List.of(
                empties().getFirst(),
                panel(new double[] {3}, new double[] {7}),
                panel(new double[] {1, 2, 3}, new double[] {5, Double.NaN, 5})));
    Path file = folder.resolve("f");
    FigureExporter.write(figure, format, file, ExportOptions.paper(figure));
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void windowChartsTakeThemToo() {
    for (FigureTheme theme : FigureTheme.values()) {
      for (Panel panel : empties()) {
        assertThat(FigureCharts.chart(panel, theme).createBufferedImage(300, 200)).isNotNull();
      }
    }
  }
}
