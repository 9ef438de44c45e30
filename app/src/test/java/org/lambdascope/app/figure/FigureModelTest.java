package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.junit.jupiter.api.Test;

final class FigureModelTest {

  private static Panel line(double... y) {
    double[] x = new double[y.length];
    Arrays.setAll(x, i -> i);
    return new Panel(
        "t",
        "",
        AxisSpec.linear("x"),
        AxisSpec.linear("y"),
        List.of(LineSeries.of("a", x, y, 0)),
        List.of(),
        null);
  }

  @Test
  void sharedAxesSpanAllPanels() {
    List<Panel> shared = Figure.share(List.of(line(0, 1), line(5, Double.NaN, 9), line()));
    assertThat(shared).extracting(p -> p.x().range()).containsOnly(new AxisRange(0, 2));
    assertThat(shared).extracting(p -> p.y().range()).hasSize(3);
    AxisRange y = Objects.requireNonNull(shared.getFirst().y().range());
    assertThat(shared).extracting(p -> p.y().range()).containsOnly(y);
    assertThat(y.min()).isLessThan(0);
    assertThat(y.max()).isGreaterThan(9);
    XYPlot a = FigureCharts.chart(shared.get(0), FigureTheme.LIGHT).getXYPlot();
    XYPlot b = FigureCharts.chart(shared.get(2), FigureTheme.LIGHT).getXYPlot();
    assertThat(a.getRangeAxis().getRange()).isEqualTo(b.getRangeAxis().getRange());
  }

  @Test
  void marksOfThePalettesSeriesDiffer() {
    List<Mark> marks = IntStream.range(0, FigureTheme.PALETTE_SIZE).mapToObj(Mark::of).toList();
    assertThat(marks).doesNotHaveDuplicates().doesNotContain(Mark.NONE, Mark.PENTAGON);
    assertThat(Mark.of(5)).isEqualTo(Mark.PLUS);
    for (Mark mark : Mark.values()) {
      if (mark != Mark.NONE) {
        assertThat(mark.at(10, 10, 2).getBounds2D().contains(10, 10)).isTrue();
      }
    }
  }

  @Test
  void aMarkersLabelStandsWhereThereIsRoom() {
    Panel panel = line(1, 2, 3).withRanges(new AxisRange(0, 100), new AxisRange(0, 5));
    XYPlot plot = FigureCharts.chart(panel, FigureTheme.LIGHT).getXYPlot();
    Graphics2D g2 = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    Rectangle2D area = new Rectangle2D.Double(0, 0, 400, 100);
    for (double at : new double[] {10, 60, 97}) {
      ValueMarker line = new ValueMarker(at);
      line.setLabel("token 1,500");
      line.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
      assertThat(MarkerSide.placed(g2, plot, plot.getDomainAxis(), line, area).getLabelAnchor())
          .isEqualTo(at < 90 ? RectangleAnchor.TOP_RIGHT : RectangleAnchor.TOP_LEFT);
    }
    g2.dispose();
  }

  @Test
  void labelsOfMarkersThatAreCloseGoBelowOneAnother() {
    Panel panel = line(1, 2, 3).withRanges(new AxisRange(0, 60_000), new AxisRange(0, 5));
    XYPlot plot =
        FigureCharts.chart(
                panel
                    .withMarker(Marker.vertical(1500, "token 1,500"))
                    .withMarker(Marker.pretrainLength(512))
                    .withMarker(Marker.vertical(40_000, "token 40,000")),
                FigureTheme.LIGHT)
            .getXYPlot();
    List<String> lower = new ArrayList<>();
    for (Object marker : plot.getDomainMarkers(Layer.FOREGROUND)) {
      ValueMarker line = (ValueMarker) marker;
      if (line.getLabelOffset().getTop() > 10) {
        lower.add(line.getLabel());
      }
    }
    assertThat(lower).containsExactly("token 1,500");
  }

  @Test
  void theLabelAtTheEndOfAnAxisIsNotCutOff() {
    Panel panel = line(1, 2, 3).withRanges(new AxisRange(0, 60_000), new AxisRange(0, 5));
    JFreeChart chart = FigureCharts.chart(panel, FigureTheme.LIGHT);
    BufferedImage image = new BufferedImage(600, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D g2 = image.createGraphics();
    chart.draw(g2, new Rectangle2D.Double(0, 0, 600, 200));
    g2.dispose();
    int background = FigureTheme.LIGHT.background().getRGB();
    assertThat(IntStream.range(0, 200).map(y -> image.getRGB(599, y))).containsOnly(background);
  }

  @Test
  void zoomingOutReturnsToThePanelsRange() {
    Panel panel = line(1, 2, 3).withRanges(new AxisRange(0, 100), new AxisRange(-5, 5));
    XYPlot plot = FigureCharts.chart(panel, FigureTheme.DARK).getXYPlot();
    plot.getDomainAxis().setRange(3, 4);
    plot.getDomainAxis().setAutoRange(true);
    plot.getRangeAxis().setAutoRange(true);
    assertThat(plot.getDomainAxis().getUpperBound()).isEqualTo(100);
    assertThat(plot.getRangeAxis().getLowerBound()).isEqualTo(-5);
  }

  @Test
  void whatSubtitlesShareIsSaidOnce() {
    Panel plain = line(1).withSubtitle("layer 0, 9 positions");
    Panel cut = plain.withSubtitle("layer 0, 9 positions; 2 points far outside");
    Figure figure = Figure.sideBySide("", List.of(plain, cut));
    assertThat(figure.sharedSubtitle()).isEqualTo("layer 0, 9 positions");
    assertThat(figure.ownSubtitle(plain)).isEmpty();
    assertThat(figure.ownSubtitle(cut)).isEqualTo("2 points far outside");
    Figure other = Figure.sideBySide("", List.of(plain, line(1).withSubtitle("layer 1")));
    assertThat(other.sharedSubtitle()).isEmpty();
    assertThat(other.ownSubtitle(plain)).isEqualTo("layer 0, 9 positions");
  }

  @Test
  void aPageGrowsWhereTitlesWouldLeaveNoPlots() {
    String arm = "cepe:chunk=256,context=131072,window=512";
    List<Panel> panels =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    line(0, i)
                        .withTitle(arm)
                        .withSubtitle("%d of 4,096 points far outside this panel".formatted(i)))
            .toList();
    Figure figure = new Figure("Hidden states, principal components", panels, 4);
    Typography type = Venue.ACL_COLUMN.type();
    FigureSize page = figure.pageOf(77, type);
    assertThat(page.heightMm()).isGreaterThan(FigureSize.forFigure(figure, 77).heightMm());
    ExportOptions options =
        new ExportOptions(page, FigureTheme.LIGHT, 72, type, FigureMetadata.NONE);
    assertThat(FigureExporter.image(figure, options).getWidth()).isPositive();
    ExportOptions low =
        new ExportOptions(new FigureSize(77, 40), FigureTheme.LIGHT, 72, type, FigureMetadata.NONE);
    assertThatThrownBy(() -> FigureExporter.image(figure, low))
        .hasMessageContaining("figure size: 77 × 40 mm are too few for 2 × 2 panels");
    Figure plain = Figure.of(line(1, 2));
    assertThat(plain.pageOf(160, type)).isEqualTo(FigureSize.DEFAULT);
  }

  @Test
  void whatIsFarOutsideOnOneAxisDoesNotStretchTheOther() {
    double[] x = {0, 1, 2, 3, 4, 5, 6, 900};
    double[] y = {0, 1, 0, 1, 0, 1, 0, 5};
    Panel near =
        new Panel(
                "t",
                "s",
                AxisSpec.linear("x"),
                AxisSpec.linear("y"),
                List.of(LineSeries.of("a", x, y, 0)),
                List.of(),
                null)
            .withoutOutliers();
    assertThat(near.subtitle()).isEqualTo("s; 1 of 8 points far outside");
    assertThat(Objects.requireNonNull(near.x().range()).max()).isLessThan(7);
    assertThat(Objects.requireNonNull(near.y().range()).max()).isLessThan(2);
  }

  @Test
  void bandsCountForTheRange() {
    Panel panel =
        new Panel(
            "t",
            "",
            AxisSpec.linear("x"),
            AxisSpec.linear("y"),
            List.of(
                LineSeries.of("a", new double[] {1}, new double[] {1}, 0)
                    .withBand(new double[] {-4}, new double[] {8})),
            List.of(),
            null);
    assertThat(panel.dataY()).isEqualTo(new AxisRange(-4, 8));
  }

  @Test
  void lengthsMustAgree() {
    assertThatThrownBy(() -> LineSeries.of("a", new double[2], new double[3], 0))
        .hasMessageContaining("found y 3");
    assertThatThrownBy(() -> new ScatterSeries("a", new double[2], new double[2], new double[1]))
        .hasMessageContaining("value 1");
    assertThatThrownBy(() -> new AxisRange(1, Double.NaN)).hasMessageContaining("finite");
  }

  @Test
  void aSeriesColouredByValueNeedsAScale() {
    ScatterSeries scatter =
        new ScatterSeries("a", new double[] {1}, new double[] {1}, new double[] {1});
    assertThatThrownBy(
            () ->
                new Panel(
                    "t",
                    "",
                    AxisSpec.linear("x"),
                    AxisSpec.linear("y"),
                    List.of(scatter),
                    List.of(),
                    null))
        .hasMessageContaining("expected a colour scale");
  }

  @Test
  void theColourScaleRisesEvenlyInLightness() {
    double first = lightness(ColourMap.VIRIDIS.colour(0));
    double last = lightness(ColourMap.VIRIDIS.colour(1));
    double before = first - 1;
    for (int i = 0; i <= 32; i++) {
      double here = lightness(ColourMap.VIRIDIS.colour(i / 32.0));
      assertThat(here).isGreaterThan(before);
      assertThat(here).isCloseTo(first + (last - first) * i / 32, within(5.0));
      before = here;
    }
  }

  /** CIELAB L* of an sRGB colour. */
  private static double lightness(Color c) {
    double y =
        0.2126 * linear(c.getRed()) + 0.7152 * linear(c.getGreen()) + 0.0722 * linear(c.getBlue());
    return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
  }

  private static double linear(int channel) {
    double v = channel / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  @Test
  void ticksAreRoundAndCarryTheDecimalsTheyNeed() {
    RoundTicks ticks = new RoundTicks(false);
    assertThat(ticks.getCeilingTickUnit(0.3).getSize()).isEqualTo(0.5);
    assertThat(ticks.getCeilingTickUnit(0.3).valueToString(-1)).isEqualTo("−1.0");
    assertThat(ticks.getCeilingTickUnit(1300).getSize()).isEqualTo(2000);
    assertThat(ticks.getCeilingTickUnit(1300).valueToString(4000)).isEqualTo("4,000");
    assertThat(ticks.getCeilingTickUnit(5).getSize()).isEqualTo(5);
    assertThat(ticks.getLargerTickUnit(new NumberTickUnit(5)).getSize()).isEqualTo(10);
    assertThat(new RoundTicks(true).getCeilingTickUnit(0.1).getSize()).isEqualTo(1);
  }

  @Test
  void smoothingNamesItsWindowAndSkipsGaps() {
    float[] nll = {1, 3, Float.NaN, 5, 7};
    List<NllFigures.Curve> curves = List.of(new NllFigures.Curve("a", nll, 5));
    Panel buckets =
        NllFigures.curves(curves, new NllView(NllView.Smoothing.BUCKETS, 2, false), List.of());
    assertThat(buckets.subtitle()).contains("buckets of 2 positions");
    assertThat(buckets.series().getFirst().y()).containsExactly(2, 5, 7);
    assertThat(buckets.series().getFirst().x()).containsExactly(0.5, 2.5, 4);
    Panel joined =
        NllFigures.curves(curves, new NllView(NllView.Smoothing.BUCKETS, 4, false), List.of());
    assertThat(joined.series().getFirst().y()).as("a short rest").containsExactly(4);
    assertThat(joined.series().getFirst().x()).containsExactly(2);
    Panel moving =
        NllFigures.curves(
            curves, new NllView(NllView.Smoothing.MOVING_AVERAGE, 3, true), List.of());
    assertThat(moving.subtitle()).contains("moving average over 3 positions");
    assertThat(moving.series()).hasSize(2);
    assertThat(moving.series().getLast().y()).containsExactly(2, 2, 4, 6, 6);
  }

  @Test
  void manyPanelsWrapOnANarrowPage() {
    Figure four = SampleFigures.sideBySide(4, 1);
    assertThat(four.fitted(160).columns()).isEqualTo(4);
    assertThat(four.fitted(77).columns()).isEqualTo(2);
    assertThat(four.fitted(20).columns()).isEqualTo(1);
  }
}
