package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.fx.ChartViewer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.PositionSet;
import org.lambdascope.app.figure.FigureTheme;

/** Tokens that are brushed in one chart are marked in all others. */
class BrushWindowTest extends WindowFixture {

  private FigureView curve;

  @BeforeEach
  void runArms() throws Exception {
    open(300);
    run();
    curve = chart("nll-by-position");
    await(() -> drawn(curve));
  }

  private FigureView chart(String name) {
    return robot.lookup(".figure-view").queryAll().stream()
        .map(FigureView.class::cast)
        .filter(view -> view.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static boolean drawn(FigureView chart) {
    return chart.panel() != null
        && !viewer(chart).getRenderingInfo().getPlotInfo().getDataArea().isEmpty();
  }

  static ChartViewer viewer(Node chart) {
    return (ChartViewer)
        chart.lookupAll("*").stream()
            .filter(ChartViewer.class::isInstance)
            .findFirst()
            .orElseThrow();
  }

  private PositionSet brushed() {
    return workbench().comparison().brushedProperty().get();
  }

  /** Pixels that are not empty above a chart. */
  private static int marked(Node chart) {
    Canvas overlay = (Canvas) chart.lookup(".brush-overlay");
    WritableImage image = overlay.snapshot(null, null);
    PixelReader pixels = image.getPixelReader();
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += pixels.getColor(x, y).getSaturation() > 0.05 ? 1 : 0;
      }
    }
    return count;
  }

  /** The most opaque pixel of the marks above a plot, 0 to 1. */
  private static double mostOpaque(Node chart) {
    Canvas overlay = (Canvas) chart.lookup(".brush-overlay");
    SnapshotParameters clear = new SnapshotParameters();
    clear.setFill(Color.TRANSPARENT);
    PixelReader pixels = overlay.snapshot(clear, null).getPixelReader();
    Rectangle2D plot = viewer(chart).getRenderingInfo().getPlotInfo().getDataArea();
    double most = 0;
    for (int y = (int) plot.getMinY(); y < (int) plot.getMaxY(); y++) {
      for (int x = (int) plot.getMinX(); x < (int) plot.getMaxX(); x++) {
        most = Math.max(most, pixels.getColor(x, y).getOpacity());
      }
    }
    return most;
  }

  /** Whether the legend of a chart says what the marks are. */
  private static boolean explained(Node chart) {
    LegendItemCollection items = viewer(chart).getChart().getPlot().getLegendItems();
    return IntStream.range(0, items.getItemCount())
        .anyMatch(i -> items.get(i).getLabel().equals("brushed tokens"));
  }

  /** The headless robot's mouse knows no Shift. */
  private static void fire(ChartViewer viewer, EventType<MouseEvent> type, double x, double y) {
    Point2D at = viewer.localToScene(x, y);
    Event.fireEvent(
        viewer,
        new MouseEvent(
            type,
            at.getX(),
            at.getY(),
            at.getX(),
            at.getY(),
            MouseButton.PRIMARY,
            1,
            true,
            false,
            false,
            false,
            true,
            false,
            false,
            false,
            false,
            false,
            null));
  }

  private void dragWithShift(FigureView chart, double from, double to) {
    robot.interact(
        () -> {
          ChartViewer viewer = viewer(chart);
          fire(
              viewer,
              MouseEvent.MOUSE_PRESSED,
              from * viewer.getWidth(),
              0.05 * viewer.getHeight());
          fire(viewer, MouseEvent.MOUSE_DRAGGED, to * viewer.getWidth(), 0.9 * viewer.getHeight());
          fire(viewer, MouseEvent.MOUSE_RELEASED, to * viewer.getWidth(), 0.9 * viewer.getHeight());
        });
  }

  @Test
  void aStretchOfTheCurveIsBrushedAndMarkedInEveryChart() throws Exception {
    dragWithShift(curve, 0.4, 0.6);
    int[] positions = brushed().stream().toArray();
    assertThat(positions.length).isBetween(30, 90);
    assertThat(positions[positions.length - 1] - positions[0]).isEqualTo(positions.length - 1);
    for (String name : new String[] {"nll-by-position", "entropy-vanilla", "pca-lm-infinite"}) {
      FigureView chart = chart(name);
      await(() -> drawn(chart) && marked(chart) > 0 && explained(chart));
    }
    robot.interact(
        () -> { // a click with Shift lets go of them
          fire(viewer(curve), MouseEvent.MOUSE_PRESSED, 100, 60);
          fire(viewer(curve), MouseEvent.MOUSE_RELEASED, 100, 60);
        });
    assertThat(brushed()).isEqualTo(PositionSet.NONE);
    await(() -> marked(curve) == 0 && !explained(curve));
  }

  @Test
  void marksLieOnThePlotAndHideNoCurve() throws Exception {
    PositionSet some = PositionSet.of(IntStream.range(50, 90));
    robot.interact(() -> workbench().comparison().brushedProperty().set(some));
    await(() -> drawn(curve) && explained(curve));
    double[] most = new double[1];
    robot.interact(() -> most[0] = mostOpaque(curve));
    assertThat(most[0]).isBetween(0.1, 0.3);
    Node overlay = curve.lookup(".brush-overlay");
    assertThat(overlay.localToScene(0, 0)).isEqualTo(viewer(curve).localToScene(0, 0));
  }

  @Test
  void pointsAreBrushedInARectangle() throws Exception {
    FigureView points = chart("pca-vanilla");
    await(() -> drawn(points));
    dragWithShift(points, 0.02, 0.98);
    assertThat(brushed().size()).isBetween(250, 300); // the far ones lie outside
    await(() -> marked(curve) > 0);
  }

  /** Rings around points, lines above and below letters. */
  private static int brushedPixels(Node plot) {
    java.awt.Color c = FigureTheme.LIGHT.brush();
    return Pixels.count(plot, Color.rgb(c.getRed(), c.getGreen(), c.getBlue()));
  }

  @Test
  void whatIsBrushedOnTheTokensPageIsMarkedInEveryPlotOfTokens() throws Exception {
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
    robot.interact(() -> workbench().positionProperty().set(200));
    await(
        () ->
            !window.token().readings().isEmpty() && window.token().stateProperty().get().isEmpty());
    Node plot = robot.lookup("#states-0").query();
    Node text = robot.lookup(".token-page .token-canvas").query();
    Scrolls.to(robot.lookup(".token-page").queryAs(ScrollPane.class), plot);
    Map<Node, Integer> before = new HashMap<>();
    List<Node> plots = List.of(plot, robot.lookup("#states-1").query(), text);
    robot.interact(() -> plots.forEach(each -> before.put(each, brushedPixels(each))));
    Drags.overLeftHalf(robot, plot);
    await(() -> brushed().size() > 0);
    for (Node each : plots) {
      await(() -> brushedPixels(each) > before.getOrDefault(each, 0));
    }
    assertThat(robot.lookup("#states-brush-key").query().isVisible()).isTrue();
    FigureView row = robot.lookup(".token-page .figure-view").queryAs(FigureView.class);
    await(() -> drawn(row) && marked(row) > 0);

    robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
    for (String name :
        new String[] {
          "nll-by-position",
          "entropy-vanilla",
          "entropy-lm-infinite",
          "pca-vanilla",
          "pca-lm-infinite"
        }) {
      FigureView chart = chart(name);
      await(() -> drawn(chart) && marked(chart) > 0 && explained(chart));
    }
    for (Node column : robot.lookup(".workbench .token-canvas").queryAll()) {
      await(() -> brushedPixels(column) > 0);
    }
    Node inspected = robot.lookup("#attention-row").query();
    await(() -> marked(inspected) > 0);
  }

  @Test
  void aWindowOfAChartHasTheMarksToo() throws Exception {
    PositionSet some = PositionSet.of(IntStream.range(50, 90));
    robot.interact(() -> workbench().comparison().brushedProperty().set(some));
    Stage[] other = new Stage[1];
    robot.interact(() -> other[0] = curve.openWindow());
    await(() -> marked(other[0].getScene().lookup(".figure-view")) > 0);
    assertThat(Window.getWindows()).contains(other[0]);
    robot.interact(other[0]::close);
  }
}
