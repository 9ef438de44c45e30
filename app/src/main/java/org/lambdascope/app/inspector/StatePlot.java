package org.lambdascope.app.inspector;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.ChartMenu;
import org.lambdascope.app.common.ChartSource;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.PositionSet;
import org.lambdascope.app.common.RenderScale;
import org.lambdascope.app.figure.AxisRange;
import org.lambdascope.app.figure.ColourMap;
import org.lambdascope.app.figure.DiagnosticFigures;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.engine.experiment.TokenReading;
import org.lambdascope.engine.probe.HiddenPca;

/**
 * Hidden states in two dimensions, coloured by position. A rectangle that is dragged brushes the
 * tokens in it, here and wherever else they are shown.
 */
final class StatePlot extends Region implements ChartSource {

  private static final double PAD = 14;
  private static final double HEAD = 24;
  private static final double FOOT = 18;
  private static final double KEY_Y = 8;
  private static final int KEY_WIDTH = 36;
  private static final Font FONT = Font.font("System", 11);

  private final TokenViewModel viewModel;
  private final Canvas canvas = new Canvas();
  private final Tooltip tooltip = new Tooltip();
  private @Nullable ArmReading shown;
  private String why = "";
  private boolean dark;
  private double pressedX;
  private double pressedY;
  private double draggedX;
  private double draggedY;
  private boolean brushing;

  // The extent of the points.
  private double minX;
  private double maxX;
  private double minY;
  private double maxY;
  private int outside;

  StatePlot(TokenViewModel viewModel, ChartActions actions) {
    this.viewModel = viewModel;
    RenderScale.follow(this, this::requestLayout);
    ContextMenu menu = new ContextMenu();
    menu.getItems().addAll(ChartMenu.items(this, () -> "hidden-states", actions));
    focusedProperty()
        .subscribe(
            focused -> {
              if (focused) {
                actions.used(this);
              }
            });
    setOnContextMenuRequested(
        e -> {
          if (pca() != null) {
            menu.show(this, e.getScreenX(), e.getScreenY());
          }
        });
    getStyleClass().add("state-plot");
    setMinSize(120, 210);
    setPrefHeight(230);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText("Hidden states in two principal components; the menu copies or opens them");
    getChildren().add(canvas);
    tooltip.setShowDelay(Duration.millis(120));
    Tooltip.install(canvas, tooltip);
    canvas.setOnMouseMoved(this::hover);
    canvas.setOnMousePressed(this::press);
    canvas.setOnMouseDragged(this::drag);
    canvas.setOnMouseReleased(this::release);
    setOnKeyPressed(this::key);
  }

  @Override
  public @Nullable Panel panel() {
    ArmReading reading = shown;
    HiddenPca pca = pca();
    return reading == null || pca == null
        ? null
        : DiagnosticFigures.pca(reading.settings().toString(), pca);
  }

  void setDark(boolean newDark) {
    dark = newDark;
    draw();
  }

  void show(@Nullable ArmReading reading) {
    shown = reading;
    why = reading == null ? "" : reading.state();
    HiddenPca pca = pca();
    if (pca != null) {
      extent(pca.points());
    } else if (reading != null && reading.reading() != null) {
      why = "too few tokens for two components";
    }
    draw();
  }

  /**
   * Of most points: the first token stands so far from all others that nothing else would be seen.
   * Those outside are drawn at the edge, as triangles.
   */
  private void extent(double[][] points) {
    AxisRange across = AxisRange.ofMost(Arrays.stream(points).mapToDouble(p -> p[0]).toArray());
    AxisRange up = AxisRange.ofMost(Arrays.stream(points).mapToDouble(p -> p[1]).toArray());
    minX = across == null ? 0 : across.min();
    maxX = across == null ? 1 : across.max();
    minY = up == null ? 0 : up.min();
    maxY = up == null ? 1 : up.max();
    outside = 0;
    for (double[] p : points) {
      outside += outside(p) ? 1 : 0;
    }
  }

  private boolean outside(double[] point) {
    return point[0] < minX || point[0] > maxX || point[1] < minY || point[1] > maxY;
  }

  private @Nullable HiddenPca pca() {
    TokenReading reading = reading();
    return reading == null ? null : reading.pca();
  }

  private @Nullable TokenReading reading() {
    ArmReading now = shown;
    return now == null ? null : now.reading();
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    draw();
  }

  private double x(double value) {
    double share = Math.clamp((value - minX) / Math.max(1e-12, maxX - minX), 0, 1);
    return PAD + share * (getWidth() - 2 * PAD);
  }

  private double y(double value) {
    double height = getHeight() - PAD - HEAD - FOOT;
    return HEAD + (1 - Math.clamp((value - minY) / Math.max(1e-12, maxY - minY), 0, 1)) * height;
  }

  void draw() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    g.setFont(FONT);
    g.setTextBaseline(VPos.CENTER);
    TokenReading reading = reading();
    HiddenPca pca = pca();
    if (reading == null || pca == null) {
      g.setFill(muted());
      g.setTextAlign(TextAlignment.CENTER);
      g.fillText(why, getWidth() / 2, getHeight() / 2, getWidth() - 2 * PAD);
      return;
    }
    PositionSet brushed = viewModel.workbench().comparison().brushedProperty().get();
    int[] positions = reading.positions();
    double last = Math.max(1, positions[positions.length - 1]);
    for (int p = 0; p < positions.length; p++) {
      g.setFill(colour(positions[p] / last, 0.75));
      point(g, pca.points()[p]);
    }
    key(g, last);
    g.setStroke(brush());
    g.setLineWidth(1.5);
    for (int p = 0; p < positions.length; p++) {
      if (brushed.contains(positions[p])) {
        g.strokeOval(x(pca.points()[p][0]) - 4, y(pca.points()[p][1]) - 4, 8, 8);
      }
    }
    query(g, pca.points()[positions.length - 1]);
    if (brushing) {
      g.setStroke(brush());
      g.setLineDashes(4, 3);
      g.strokeRect(
          Math.min(pressedX, draggedX),
          Math.min(pressedY, draggedY),
          Math.abs(draggedX - pressedX),
          Math.abs(draggedY - pressedY));
      g.setLineDashes();
    }
    g.setFill(muted());
    g.setTextAlign(TextAlignment.LEFT);
    g.fillText(
        String.format(
            Locale.ROOT,
            "PC 1 (%.0f %%) × PC 2 (%.0f %%) · %,d tokens",
            100 * pca.explained()[0],
            100 * pca.explained()[1],
            positions.length),
        PAD,
        getHeight() - FOOT / 2 - 2,
        getWidth() - 2 * PAD);
  }

  /** What colours stand for, and how many points lie farther off than the plot reaches. */
  private void key(GraphicsContext g, double last) {
    g.setFill(muted());
    if (outside > 0) {
      g.setTextAlign(TextAlignment.LEFT);
      g.fillText("▲ %d far outside".formatted(outside), PAD, KEY_Y);
    }
    String end = Formats.count((long) last);
    g.setTextAlign(TextAlignment.RIGHT);
    g.fillText(end, getWidth() - 8, KEY_Y);
    double right = getWidth() - 14 - 7 * end.length();
    for (int i = 0; i < KEY_WIDTH; i++) {
      g.setFill(colour((double) i / KEY_WIDTH, 1));
      g.fillRect(right - KEY_WIDTH + i, KEY_Y - 3, 1, 7);
    }
    g.setFill(muted());
    g.fillText("token 0", right - KEY_WIDTH - 5, KEY_Y);
  }

  /** By the share of the text before a token; the darkest would vanish on a dark ground. */
  private Color colour(double share, double opacity) {
    java.awt.Color c = ColourMap.VIRIDIS.colour(dark ? 0.2 + 0.8 * share : 0.94 * share);
    return Color.rgb(c.getRed(), c.getGreen(), c.getBlue(), opacity);
  }

  private void point(GraphicsContext g, double[] point) {
    double x = x(point[0]);
    double y = y(point[1]);
    if (outside(point)) {
      double[] xs = {x - 4, x + 4, x};
      double[] ys = {y + 3, y + 3, y - 4};
      g.fillPolygon(xs, ys, 3);
      g.setStroke(muted()); // one alone, of whatever colour, is to be found
      g.setLineWidth(1);
      g.strokePolygon(xs, ys, 3);
    } else {
      g.fillOval(x - 2, y - 2, 4, 4);
    }
  }

  /** The selected token: a ring with cross hairs, so that it needs no colour. */
  private void query(GraphicsContext g, double[] point) {
    double x = x(point[0]);
    double y = y(point[1]);
    g.setStroke(dark ? Color.web("#58a6ff") : Color.web("#0969da"));
    g.setLineWidth(2);
    g.strokeOval(x - 6, y - 6, 12, 12);
    for (int side = -1; side <= 1; side += 2) {
      g.strokeLine(x + side * 6, y, x + side * 11, y);
      g.strokeLine(x, y + side * 6, x, y + side * 11);
    }
  }

  private Color muted() {
    return dark ? Color.web("#9aa4af") : Color.web("#57606a");
  }

  private Color brush() {
    java.awt.Color c = (dark ? FigureTheme.DARK : FigureTheme.LIGHT).brush();
    return Color.rgb(c.getRed(), c.getGreen(), c.getBlue());
  }

  /** The place in the reading of the token that is nearest to a place on the plot, or −1. */
  private int nearest(double atX, double atY) {
    HiddenPca pca = pca();
    int best = -1;
    double least = 8; // pixels
    for (int p = 0; pca != null && p < pca.points().length; p++) {
      double d = Math.hypot(x(pca.points()[p][0]) - atX, y(pca.points()[p][1]) - atY);
      if (d < least) {
        least = d;
        best = p;
      }
    }
    return best;
  }

  private void hover(MouseEvent event) {
    int p = nearest(event.getX(), event.getY());
    TokenReading reading = reading();
    ArmReading now = shown;
    tooltip.setText(
        p < 0 || reading == null || now == null
            ? "Drag to brush tokens, here and in the text; click one to select it."
            : "position %s · %s"
                .formatted(
                    Formats.count(reading.positions()[p]),
                    viewModel.around(now.arm(), reading.positions()[p])));
  }

  private void press(MouseEvent event) {
    requestFocus();
    event.consume(); // a scroll pane around it would take the focus for itself
    pressedX = event.getX();
    pressedY = event.getY();
  }

  private void drag(MouseEvent event) {
    draggedX = Math.clamp(event.getX(), 0, getWidth());
    draggedY = Math.clamp(event.getY(), 0, getHeight());
    brushing = Math.hypot(draggedX - pressedX, draggedY - pressedY) > 4;
    draw();
  }

  private void release(MouseEvent event) {
    TokenReading reading = reading();
    HiddenPca pca = pca();
    if (reading == null || pca == null || event.getButton() != MouseButton.PRIMARY) {
      brushing = false;
      return;
    }
    if (brushing) {
      brushing = false;
      double left = Math.min(pressedX, draggedX);
      double right = Math.max(pressedX, draggedX);
      double top = Math.min(pressedY, draggedY);
      double bottom = Math.max(pressedY, draggedY);
      viewModel.brush(
          IntStream.range(0, pca.points().length)
              .filter(
                  p -> {
                    double x = x(pca.points()[p][0]);
                    double y = y(pca.points()[p][1]);
                    return x >= left && x <= right && y >= top && y <= bottom;
                  })
              .map(p -> reading.positions()[p]));
    } else {
      int p = nearest(event.getX(), event.getY());
      if (p >= 0) {
        viewModel.select(reading.positions()[p]);
      } else {
        viewModel.brush(IntStream.empty());
      }
    }
    draw();
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.DELETE || event.getCode() == KeyCode.BACK_SPACE) {
      viewModel.brush(IntStream.empty());
      event.consume();
    }
  }
}
