package org.lambdascope.app.figure.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.BarSeries;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.FigureMetadata;
import org.lambdascope.app.figure.HeatMapSeries;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.SampleFigures;
import org.lambdascope.app.figure.Table;
import org.lambdascope.app.figure.Venue;

final class FigureSpecTest {

  @TempDir Path folder;

  @Test
  void everyKindIsDrawnAgainToTheLastByte() throws IOException {
    for (Map.Entry<String, Figure> kind : SampleFigures.kinds().entrySet()) {
      ExportOptions options =
          ExportOptions.of(kind.getValue(), Venue.NEURIPS)
              .withMetadata(new FigureMetadata("sha256:77", false));
      Path bundle = folder.resolve(kind.getKey());
      Path file = FigureBundle.write(bundle, kind.getValue(), options, Venue.NEURIPS);
      FigureSpec spec = SpecFile.read(file);
      assertThat(spec.configuration()).isEqualTo("sha256:77");
      assertThat(SpecFile.bytes(spec)).isEqualTo(Files.readAllBytes(file));
      Figure again = (Figure) SpecFigures.drawing(spec, bundle);
      Path first = folder.resolve("first.pdf");
      Path second = folder.resolve("second.pdf");
      FigureExporter.write(kind.getValue(), FigureFormat.PDF, first, options);
      FigureExporter.write(again, FigureFormat.PDF, second, options);
      assertThat(Files.mismatch(first, second)).as(kind.getKey()).isEqualTo(-1);
      assertThat(bundle.resolve(FigureBundle.REPLOT)).isNotEmptyFile();
    }
  }

  @Test
  void aTableIsDrawnAgainToTheLastByteAndWrittenForLatex() throws IOException {
    Table table = SampleFigures.table();
    FigureSet.write(folder, "t", table, FigureMetadata.NONE);
    FigureSpec spec = SpecFile.read(folder.resolve("t/figure.json"));
    Drawing again = SpecFigures.drawing(spec, folder.resolve("t"));
    Path second = folder.resolve("second.pdf");
    FigureExporter.write(again, FigureFormat.PDF, second, ExportOptions.paper(again));
    assertThat(second).hasSameBinaryContentAs(folder.resolve("t.pdf"));
    assertThat(Files.readString(folder.resolve("t.tex")))
        .contains("\\begin{tabular}{lrr}", "\\toprule", "\\midrule", "\\bottomrule")
        .contains("length (tokens) & 512 & 1,024 \\\\")
        .contains("\\multicolumn{3}{l}{share\\_1 (\\%)} \\\\")
        .contains("window & \\underline{2.50} & \\underline{$-$2.35} \\\\")
        .contains(
            "Perplexity and share. The best value of a column is underlined, where not all are alike as printed.");
    assertThat(folder.resolve("t/replot.py")).doesNotExist();
  }

  @Test
  void heatMapsAreOfferedAsArrays() throws IOException {
    Figure maps = Objects.requireNonNull(SampleFigures.kinds().get("heat-map"));
    for (String name : List.of("a", "b")) {
      FigureSet.write(folder, name, maps, FigureMetadata.NONE);
    }
    Path arrays = folder.resolve("a").resolve(FigureBundle.ARRAYS);
    assertThat(arrays).hasSameBinaryContentAs(folder.resolve("b").resolve(FigureBundle.ARRAYS));
    HeatMapSeries map = (HeatMapSeries) maps.panels().getFirst().series().getFirst();
    try (ZipFile zip = new ZipFile(arrays.toFile())) {
      ZipEntry entry =
          zip.stream().filter(e -> e.getName().endsWith(".value.npy")).findFirst().orElseThrow();
      byte[] bytes = zip.getInputStream(entry).readAllBytes();
      long rows = Arrays.stream(map.y()).distinct().count();
      long columns = Arrays.stream(map.x()).distinct().count();
      assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
          .contains(
              "'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d)".formatted(rows, columns));
      ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      double first = values.getDouble(bytes.length - (int) (rows * columns) * Double.BYTES);
      int place = 0;
      for (int i = 0; i < map.x().length; i++) {
        boolean lower =
            map.y()[i] < map.y()[place]
                || (map.y()[i] == map.y()[place] && map.x()[i] < map.x()[place]);
        place = lower ? i : place;
      }
      assertThat(first).isEqualTo(map.value()[place]);
    }
  }

  @Test
  void panelsAndSeriesOfOneNameStayApart() throws IOException {
    LineSeries a = LineSeries.of("a", new double[] {1, 2}, new double[] {3, 4}, 0);
    LineSeries b = LineSeries.of("a", new double[] {1, 2}, new double[] {5, 6}, 1);
    Panel panel =
        new Panel(
            "p", "", AxisSpec.linear("x"), AxisSpec.linear("y"), List.of(a, b), List.of(), null);
    Figure figure = new Figure("", List.of(panel, panel), 2);
    Path file =
        FigureBundle.write(folder, figure, ExportOptions.of(figure, Venue.PLAIN), Venue.PLAIN);
    Figure again = (Figure) SpecFigures.drawing(SpecFile.read(file), folder);
    assertThat(again.panels().get(1).series().get(1).y()).containsExactly(5, 6);
    assertThat(again.panels().get(1).title()).isEqualTo("p");
  }

  private static final String HAND_WRITTEN =
      """
      {
        "schema": 1,
        "data": "d.csv",
        "panels": [{
          "x": {"label": "length", "categories": ["1k", "2k"]},
          "y": {"label": "score"},
          "series": [
            {"kind": "bars", "name": "one", "x": "length", "y": "one"},
            {"kind": "bars", "name": "two", "x": "length", "y": "two", "low": "l", "high": "h"}
          ]
        }]
      }
      """;

  private Figure handWritten(String json, String csv) throws IOException {
    Files.writeString(folder.resolve("figure.json"), json);
    Files.writeString(folder.resolve("d.csv"), csv);
    return (Figure) SpecFigures.drawing(SpecFile.read(folder.resolve("figure.json")), folder);
  }

  @Test
  void aShortSpecificationOverATableOfColumns() throws IOException {
    Figure figure =
        handWritten(HAND_WRITTEN, "length,one,two,l,h\n1k,1,2,1.5,\"2.5\"\r\n\n2k,3,,3,5\n");
    BarSeries two = (BarSeries) figure.panels().getFirst().series().get(1);
    assertThat(two.x()).usingComparatorWithPrecision(1e-12).containsExactly(0.2, 1.2);
    assertThat(two.y()).containsExactly(2, Double.NaN);
    assertThat(two.width()).isEqualTo(0.4);
    assertThat(figure.columns()).isEqualTo(1);
  }

  @Test
  void mistakesAreNamedWithTheirPlace() {
    String csv = "length,one,two,l,h\n1k,1,2,1,3\n";
    assertThatThrownBy(
            () -> handWritten(HAND_WRITTEN.replace("\"data\"", "\"tilte\": \"t\", \"data\""), csv))
        .hasMessageContaining("figure.json: ")
        .hasMessageContaining("\"tilte\"");
    assertThatThrownBy(() -> handWritten(HAND_WRITTEN.replace("\"bars\"", "\"pie\""), csv))
        .hasMessageContaining("line 8: ")
        .hasMessageContaining("pie");
    assertThatThrownBy(() -> handWritten(HAND_WRITTEN.replace(": 1,", ": 9,"), csv))
        .hasMessageContaining("expected \"schema\": 1, found 9");
    assertThatThrownBy(
            () -> handWritten(HAND_WRITTEN.replace("\"y\": \"one\"", "\"y\": \"\""), csv))
        .hasMessageContaining("series 'one': expected \"y\"");
    assertThatThrownBy(() -> handWritten(HAND_WRITTEN, csv.replace("two", "zwei")))
        .hasMessageContaining("expected a column 'two', found length, one, zwei, l, h");
    assertThatThrownBy(() -> handWritten(HAND_WRITTEN, csv + "2k,1,x,1,3\n"))
        .hasMessageContaining("d.csv: line 3, column 'two': expected a number, found 'x'");
    assertThatThrownBy(() -> handWritten(HAND_WRITTEN, csv + "4k,1,1,1,3\n"))
        .hasMessageContaining("expected a number or one of 1k, 2k, found '4k'");
    assertThatThrownBy(() -> handWritten(HAND_WRITTEN, csv + "2k,1\n"))
        .hasMessageContaining("line 3: expected 5 fields, found 2");
    assertThatThrownBy(() -> handWritten(HAND_WRITTEN, csv + "\"2k,1\n"))
        .hasMessageContaining("line 3: expected a closing quotation mark");
    assertThatThrownBy(
            () ->
                handWritten(HAND_WRITTEN.replace("\"name\": \"one\"", "\"colour\": \"red\""), csv))
        .hasMessageContaining("found 'red'");
  }

  @Test
  void captionsAreReadyForLatex() {
    Figure figure = SampleFigures.sideBySide(2, 2);
    String caption = Captions.of(figure);
    assertThat(caption)
        .isEqualTo(
            "Attention logits by distance. All layers, mean ± sd over heads, mean over queries."
                + " (a) vanilla; (b) window:local=512.");
    assertThat(Captions.latex("50 % of Λ_1 & more", "f.pdf", "logits", true))
        .contains("\\begin{figure*}[t]")
        .contains("\\includegraphics{f.pdf}")
        .contains("\\caption{50 \\% of $\\Lambda$\\_1 \\& more}")
        .contains("\\label{fig:logits}");
  }

  @Test
  void aRunsHashDoesNotDependOnWhetherItIsNamed() throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("model", "secret-model");
    settings.put("tokens", 512);
    RunConfiguration run = new RunConfiguration(settings);
    String named = Files.readString(run.write(folder, false));
    assertThat(named).contains("secret-model", run.hash());
    String anonymous = Files.readString(run.write(folder, true));
    assertThat(anonymous).doesNotContain("secret").contains(run.hash(), "512");
    settings.put("tokens", 513);
    assertThat(new RunConfiguration(settings).hash()).isNotEqualTo(run.hash()).hasSize(71);
  }
}
