package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

final class FigureExporterTest {

  @TempDir Path folder;

  private static ExportOptions options(Figure figure) {
    return new ExportOptions(FigureSize.forFigure(figure, 160), FigureTheme.LIGHT, 96);
  }

  private Path export(Figure figure, FigureFormat format, String name) throws IOException {
    Path file = folder.resolve(name);
    FigureExporter.write(figure, format, file, options(figure));
    return file;
  }

  @ParameterizedTest
  @EnumSource(FigureFormat.class)
  void equalFiguresGiveEqualBytes(FigureFormat format) throws IOException {
    Locale before = Locale.getDefault();
    Path first = export(SampleFigures.sideBySide(2, 3), format, "a");
    Path second;
    try {
      Locale.setDefault(Locale.GERMANY);
      second = export(SampleFigures.sideBySide(2, 3), format, "b");
    } finally {
      Locale.setDefault(before);
    }
    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
  }

  @Test
  void pdfEmbedsItsFontAndKeepsTextAsText() throws IOException {
    Path file = export(SampleFigures.sideBySide(2, 3), FigureFormat.PDF, "f.pdf");
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      PDResources page = document.getPage(0).getResources();
      int fonts = 0;
      for (COSName name : page.getXObjectNames()) {
        PDFormXObject form = (PDFormXObject) page.getXObject(name);
        for (COSName fontName : form.getResources().getFontNames()) {
          PDFont font = form.getResources().getFont(fontName);
          assertThat(font.isEmbedded()).isTrue();
          assertThat(font.getName()).contains("LiberationSans");
          fonts++;
        }
      }
      assertThat(fonts).isPositive();
      String text = new PDFTextStripper().getText(document);
      // The stripper breaks vertical text into lines.
      assertThat(text.replaceAll("\\s", "")).contains("attentionlogit(beforesoftmax)");
      assertThat(text)
          .contains(
              "distance (tokens)",
              "vanilla",
              "L_pretrain",
              "layer 2",
              "mean ± sd over heads",
              "−4");
      assertThat(document.getPage(0).getMediaBox().getWidth()).isBetween(453.4f, 453.7f);
    }
  }

  @Test
  void svgParsesAndKeepsTextAsText() throws Exception {
    Path file = export(SampleFigures.sideBySide(2, 3), FigureFormat.SVG, "f.svg");
    Document svg;
    try (var in = Files.newInputStream(file)) {
      svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
    var texts = svg.getElementsByTagName("text");
    List<String> found =
        Stream.iterate(0, i -> i < texts.getLength(), i -> i + 1)
            .map(i -> texts.item(i).getTextContent())
            .toList();
    assertThat(found)
        .contains("distance (tokens)", "(a) vanilla", "(b) window:local=512", "layer 0");
    assertThat(svg.getDocumentElement().getAttribute("width")).endsWith("pt");
  }

  @Test
  void anImageInSvgIsScaledExactly() throws IOException {
    Figure maps = Objects.requireNonNull(SampleFigures.kinds().get("heat-map"));
    String svg = Files.readString(export(maps, FigureFormat.SVG, "f.svg"));
    // Two decimals would leave a gap of several points beside an image of 768 pixels.
    assertThat(svg).containsPattern("matrix\\(0\\.\\d{5,6},0,0,0\\.\\d{5,6},");
  }

  @Test
  void pngHasTheAskedSize() throws IOException {
    Figure figure = Figure.of(SampleFigures.nll(2, 2000));
    Path file = export(figure, FigureFormat.PNG, "f.png");
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(605);
    assertThat(image.getHeight()).isEqualTo(378);
  }

  @Test
  void colouredByValueAndManyLayersExport() throws IOException {
    Figure pca =
        Figure.sideBySide(
            "PCA", List.of(SampleFigures.pca("vanilla", 300), SampleFigures.pca("window", 300)));
    for (Figure figure : List.of(pca, SampleFigures.sideBySide(2, 22))) {
      Path file = export(figure, FigureFormat.PDF, "f.pdf");
      try (PDDocument document = Loader.loadPDF(file.toFile())) {
        assertThat(new PDFTextStripper().getText(document)).containsAnyOf("position", "layer");
      }
    }
  }

  @Test
  void aFolderAsTargetIsRefused() throws IOException {
    Path target = Files.createDirectory(folder.resolve("x.pdf"));
    assertThatThrownBy(() -> export(SampleFigures.sideBySide(1, 1), FigureFormat.PDF, "x.pdf"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found a folder");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void aMissingFolderIsNamed() {
    assertThatThrownBy(() -> export(SampleFigures.sideBySide(1, 1), FigureFormat.CSV, "no/x.csv"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected the folder")
        .hasMessageContaining("found none");
  }

  @Test
  void aFailureLeavesTheExistingFileAndNothingElse() throws IOException {
    Path file = folder.resolve("x.csv");
    Files.writeString(file, "before");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write("half".getBytes(StandardCharsets.UTF_8));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("x.csv: not written: No space left on device");
    assertThat(Files.readString(file)).isEqualTo("before");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anExistingFileIsReplaced() throws IOException {
    Path file = folder.resolve("x.csv");
    Files.writeString(file, "before");
    export(SampleFigures.sideBySide(1, 1), FigureFormat.CSV, "x.csv");
    assertThat(Files.readString(file)).startsWith("panel,series,x,y,low,high,value\r\n");
  }

  @Test
  void theFormatFollowsFromTheName() {
    assertThat(FigureFormat.of(Path.of("a.b.PDF"))).isEqualTo(FigureFormat.PDF);
    assertThatThrownBy(() -> FigureFormat.of(Path.of("a.gif")))
        .hasMessageContaining(".pdf, .svg, .png, .csv");
  }
}
