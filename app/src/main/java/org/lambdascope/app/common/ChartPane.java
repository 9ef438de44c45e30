package org.lambdascope.app.common;

import java.util.Objects;
import javafx.scene.canvas.GraphicsContext;
import org.jfree.chart.fx.ChartViewer;
import org.jfree.chart.plot.XYPlot;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.BrushKey;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Panel;

/**
 * A chart that is drawn in the background and shown as a picture: to draw one takes longer than a
 * frame. The latest wish wins; until it is drawn, the picture before it stays. Dragging a rectangle
 * zooms.
 */
final class ChartPane extends ChartViewer {

  private final LatestDrawing<ChartPicture> drawings;
  private final Runnable shown;
  private @Nullable Panel panel;
  private FigureTheme theme = FigureTheme.LIGHT;
  private @Nullable ChartPicture picture;
  private boolean zoomed;
  private @Nullable BrushKey brushed;

  /**
   * An empty chart.
   *
   * @param background draws
   * @param shown is told when another picture is shown
   */
  ChartPane(ChartActions background, Runnable shown) {
    super(null, false);
    this.shown = shown;
    drawings = new LatestDrawing<>(background, this::showPicture);
    widthProperty().subscribe(w -> viewChanged());
    heightProperty().subscribe(h -> viewChanged());
    RenderScale.follow(this, this::viewChanged);
  }

  /** Shows a panel at its own ranges. */
  void show(Panel newPanel, FigureTheme newTheme) {
    panel = newPanel;
    if (theme != newTheme) {
      theme = newTheme;
      erase(); // until it is drawn: in a dark window one of light colours dazzles
    }
    zoomed = false;
    draw();
  }

  /** Has the legend say how brushed tokens are marked; null where none is. */
  void setBrushed(@Nullable BrushKey marks) {
    if (brushed != marks) {
      brushed = marks;
      viewChanged();
    }
  }

  /** Shows nothing. */
  void clear() {
    panel = null;
    picture = null;
    drawings.clear();
    erase();
  }

  private void erase() {
    getCanvas().getGraphicsContext2D().clearRect(0, 0, getWidth(), getHeight());
  }

  /** Whether what was shown last can be seen by now. */
  boolean upToDate() {
    return drawings.upToDate();
  }

  private ChartPicture.View view() {
    XYPlot plot = zoomed ? Objects.requireNonNull(picture).plot() : null;
    return new ChartPicture.View(
        (int) getWidth(),
        (int) getHeight(),
        RenderScale.of(this),
        plot == null ? null : plot.getDomainAxis().getRange(),
        plot == null ? null : plot.getRangeAxis().getRange(),
        brushed);
  }

  private void viewChanged() {
    ChartPicture now = picture;
    if (panel != null && (now == null || !now.view().equals(view()))) {
      draw();
    }
  }

  private void draw() {
    Panel of = panel;
    FigureTheme colours = theme;
    ChartPicture.View view = view();
    if (of == null || view.width() <= 0 || view.height() <= 0) {
      drawings.putOff();
    } else {
      drawings.wish(() -> ChartPicture.of(of, colours, view));
    }
  }

  private void showPicture(ChartPicture made) {
    picture = made;
    setChart(made.chart(() -> paint(made)));
    shown.run();
  }

  /** Called by the canvas, also when its size or the range of an axis has changed. */
  private void paint(ChartPicture made) {
    GraphicsContext g = getCanvas().getGraphicsContext2D();
    g.clearRect(0, 0, getWidth() + 1, getHeight() + 1); // one more, see MaskOverlay
    g.drawImage(made.image(), 0, 0, made.view().width(), made.view().height());
    if (!made.showsItsRanges()) {
      zoomed = true;
      draw();
    }
  }
}
