package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.geometry.VerticalDirection;
import javafx.scene.control.ScrollBar;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.jfree.chart.fx.ChartViewer;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.TokenCanvas;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.workbench.WorkbenchView;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.util.WaitForAsyncUtils;

/** A text of 128k tokens in the window: its charts. */
class LongTextWindowTest extends WindowFixture {

  private static final int TOKENS = 131_072;

  private static Path bundled(String path) {
    Path samples = Path.of("").toAbsolutePath().resolve("../samples").normalize();
    Assumptions.assumeTrue(Files.exists(samples.resolve(path)), "skipped: no ../samples/" + path);
    return samples.resolve(path);
  }

  private void openChronicle() throws Exception {
    Path chronicle = bundled("documents/chronicle-128k.txt");
    robot.interact(() -> window.models().open(List.of(chronicle)));
    await(
        () ->
            window.models().source().complete()
                && workbench().availableTokens() > 100_000
                && window.models().openingProperty().get().isEmpty());
  }

  @Test
  void aColumnIsScrolledByWheelAndKeys() throws Exception {
    open(200);
    openChronicle();
    robot.interact(() -> workbench().lengthProperty().set(TOKENS));
    WaitForAsyncUtils.waitForFxEvents();
    TokenCanvas text = robot.lookup(".workbench .token-canvas").query();
    assertThat(text.lineCount()).isGreaterThan(2000);
    ScrollBar bar = robot.from(text).lookup(".scroll-bar").query();
    assertThat(bar.getValue()).as("the end is in sight at first").isEqualTo(bar.getMax());
    Scrolls.to(robot.lookup(n -> n instanceof WorkbenchView).queryAs(WorkbenchView.class), text);
    robot.interact(() -> stage.setX(0)); // the headless platform's wheel takes the screen for it
    robot.moveTo(robot.offset(text, Pos.TOP_LEFT, new Point2D(60, 40)));
    robot.scroll(5, VerticalDirection.UP);
    await(() -> bar.getValue() < bar.getMax());
    double up = bar.getValue();
    robot.scroll(2, VerticalDirection.DOWN);
    await(() -> bar.getValue() > up);
    robot.interact(text::requestFocus);
    robot.type(KeyCode.HOME);
    assertThat(bar.getValue()).isZero();
    robot.type(KeyCode.PAGE_DOWN, 3);
    assertThat(bar.getValue()).isPositive();
  }

  /** The small model reads letters, so that it is done in seconds. */
  @Test
  void chartsOfALongTextHaveFewPointsAndItsExtremes() throws Exception {
    open(200);
    openChronicle();
    robot.interact(
        () -> {
          workbench().setArms(List.of(ArmKind.WINDOW));
          workbench().newTokensProperty().set(0);
          workbench().lengthProperty().set(TOKENS);
        });
    run();
    FigureView curve = robot.lookup("#nll-curve").queryAs(FigureView.class);
    await(() -> BrushWindowTest.drawn(curve));
    LineSeries line = (LineSeries) Objects.requireNonNull(curve.panel()).series().getLast();
    float[] nll = shown(selected()).nll();
    int width = 2048; // a power of two, about 64 of them
    double[] means =
        IntStream.range(0, TOKENS / width)
            .mapToDouble(
                b ->
                    IntStream.range(b * width, Math.min(nll.length, (b + 1) * width))
                        .mapToDouble(i -> nll[i])
                        .average()
                        .orElseThrow())
            .toArray();
    assertThat(line.y()).hasSize(TOKENS / width);
    assertThat(Arrays.stream(line.y()).max().orElseThrow())
        .isCloseTo(Arrays.stream(means).max().orElseThrow(), within(1e-9));
    assertThat(Arrays.stream(line.y()).min().orElseThrow())
        .isCloseTo(Arrays.stream(means).min().orElseThrow(), within(1e-9));
    for (int i = 0; i < line.y().length; i++) {
      int at = i;
      assertThat(WaitForAsyncUtils.<Boolean>waitForAsyncFx(10_000, () -> isDrawn(curve, line, at)))
          .as("point %d", i)
          .isTrue();
    }
  }

  /** Whether the line goes through a point: there are coloured pixels around its place. */
  private static boolean isDrawn(FigureView chart, LineSeries line, int point) {
    ChartViewer viewer = BrushWindowTest.viewer(chart);
    Rectangle2D area = viewer.getRenderingInfo().getPlotInfo().getDataArea();
    XYPlot plot = viewer.getChart().getXYPlot();
    double x = plot.getDomainAxis().valueToJava2D(line.x()[point], area, plot.getDomainAxisEdge());
    double y = plot.getRangeAxis().valueToJava2D(line.y()[point], area, plot.getRangeAxisEdge());
    WritableImage image = viewer.snapshot(null, null);
    PixelReader pixels = image.getPixelReader();
    for (int dy = -2; dy <= 2; dy++) {
      for (int dx = -2; dx <= 2; dx++) {
        if (pixels.getColor((int) x + dx, (int) y + dy).getSaturation() > 0.2) {
          return true;
        }
      }
    }
    return false;
  }
}
