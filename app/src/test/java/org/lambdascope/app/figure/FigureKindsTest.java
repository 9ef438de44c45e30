package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FigureKindsTest {

  @TempDir Path folder;

  private static Figure kind(String name) {
    return Objects.requireNonNull(SampleFigures.kinds().get(name));
  }

  @ParameterizedTest
  @EnumSource(FigureFormat.class)
  void everyKindGivesEqualBytes(FigureFormat format) throws IOException {
    for (String name : SampleFigures.kinds().keySet()) {
      Path first = folder.resolve("a");
      Path second = folder.resolve("b");
      Figure figure = kind(name);
      ExportOptions options =
          new ExportOptions(
              FigureSize.forFigure(figure, 77),
              FigureTheme.LIGHT,
              96,
              Venue.ACL_COLUMN.type(),
              new FigureMetadata("sha256:00", false));
      FigureExporter.write(figure, format, first, options);
      FigureExporter.write(kind(name), format, second, options);
      assertThat(Files.mismatch(first, second)).as("%s as %s", name, format).isEqualTo(-1);
    }
  }

  @Test
  void aHeatMapIsOneImageInTheVectorFigure() throws IOException {
    Figure figure = kind("diverging-map");
    Path file = folder.resolve("f.pdf");
    FigureExporter.write(
        figure, FigureFormat.PDF, file, ExportOptions.of(figure, Venue.NATURE_FULL));
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      PDImageXObject image = onlyImage(document.getPage(0).getResources());
      assertThat(image.getInterpolate()).isFalse();
      BufferedImage pixels = image.getImage();
      // 64 × 24 cells, each 12 × 12 pixels of one colour
      assertThat(pixels.getWidth()).isEqualTo(768);
      assertThat(pixels.getHeight()).isEqualTo(288);
      for (int i = 0; i < 12; i++) {
        assertThat(pixels.getRGB(i, 11 - i)).isEqualTo(pixels.getRGB(0, 0));
      }
    }
  }

  private static PDImageXObject onlyImage(PDResources resources) throws IOException {
    PDImageXObject found = null;
    for (COSName name : resources.getXObjectNames()) {
      Object object = resources.getXObject(name);
      if (object instanceof PDFormXObject form) {
        object = onlyImage(form.getResources());
      }
      if (object instanceof PDImageXObject image) {
        assertThat(found).isNull();
        found = image;
      }
    }
    return Objects.requireNonNull(found);
  }

  @Test
  void aDivergingScaleHasItsMiddleAtZero() {
    ColourScale scale = ColourScale.diverging("Δ", new AxisRange(-1, 3));
    assertThat(scale.range()).isEqualTo(new AxisRange(-3, 3));
    assertThat(scale.at(0, FigureTheme.LIGHT)).isEqualTo(ColourMap.DIVERGING.colour(0.5));
    assertThat(scale.withRange(new AxisRange(-8, 1)).range()).isEqualTo(new AxisRange(-8, 8));
  }

  @Test
  void aHistogramCountsEveryFiniteValueOnce() {
    double[] values = {0, 1, 1, 2, 4, Double.NaN, Double.POSITIVE_INFINITY};
    BarSeries bars = BarSeries.histogram("h", values, 4, new SeriesColour.Palette(0));
    assertThat(bars.y()).containsExactly(1, 2, 1, 1);
    assertThat(bars.x()).containsExactly(0.5, 1.5, 2.5, 3.5);
    assertThat(bars.width()).isEqualTo(1);
    assertThatThrownBy(() -> BarSeries.histogram("h", new double[] {Double.NaN}, 4, bars.colour()))
        .hasMessageContaining("expected a finite value");
  }

  @Test
  void groupsStandSideBySide() {
    List<BarSeries> groups =
        BarSeries.grouped(List.of("a", "b"), new double[][] {{1, 2}, {3, 4}}, null);
    assertThat(groups.get(0).x()).usingComparatorWithPrecision(1e-12).containsExactly(-0.2, 0.8);
    assertThat(groups.get(1).x()).usingComparatorWithPrecision(1e-12).containsExactly(0.2, 1.2);
    assertThat(groups).allMatch(g -> g.width() == 0.4);
  }

  @Test
  void anUnevenGridIsRefused() {
    assertThatThrownBy(
            () -> new HeatMapSeries("h", new double[] {0, 1, 2.5}, new double[3], new double[3]))
        .hasMessageContaining("evenly spaced x, found 2.5");
  }

  @Test
  void neighboursDifferInColourDashAndMark() {
    LineSeries line = LineSeries.of("a", new double[] {1, 2}, new double[] {1, 2}, 0);
    for (int i = 0; i < 7; i++) {
      LineSeries here = line.withLook(i);
      LineSeries next = line.withLook(i + 1);
      assertThat(here.dash()).isNotEqualTo(next.dash());
      assertThat(here.mark()).isNotEqualTo(next.mark()).isNotEqualTo(Mark.NONE);
    }
  }
}
