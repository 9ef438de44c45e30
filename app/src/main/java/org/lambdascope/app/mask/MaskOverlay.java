package org.lambdascope.app.mask;

import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/** What lies over the cells of a mask: its edges, the selected token, and what is looked at. */
final class MaskOverlay extends Canvas {

  private final MaskViewModel viewModel;
  private MaskPalette palette = MaskPalette.LIGHT;
  private boolean focusShown;

  MaskOverlay(MaskViewModel viewModel) {
    this.viewModel = viewModel;
    setMouseTransparent(true);
  }

  /** Whether a frame says that keys go to the mask; the next {@link #draw} draws it. */
  void setFocusShown(boolean shown) {
    focusShown = shown;
  }

  /**
   * Draws all of it.
   *
   * @param edges those whose lines are shown
   * @param zoomed the rectangle that is being drawn around cells; null for none
   */
  void draw(
      MaskPlot plot, MaskPalette newPalette, List<MaskEdge> edges, @Nullable Rectangle2D zoomed) {
    palette = newPalette;
    GraphicsContext g = getGraphicsContext2D();
    // One more: a window that enlarges the canvas blends its last pixels with those beyond it.
    g.clearRect(0, 0, getWidth() + 1, getHeight() + 1);
    if (viewModel.maskProperty().get() == null) {
      return;
    }
    g.save();
    g.beginPath();
    g.rect(plot.left(), plot.top(), plot.width(), plot.height());
    g.clip();
    for (MaskEdge edge : edges) {
      drawEdge(g, plot, edge);
    }
    drawSelected(g, plot);
    drawCell(g, plot);
    if (zoomed != null) {
      g.setStroke(ink());
      g.setLineDashes(4, 3);
      g.setLineWidth(1.5);
      g.strokeRect(zoomed.getMinX(), zoomed.getMinY(), zoomed.getWidth(), zoomed.getHeight());
    }
    g.restore();
    if (focusShown) {
      g.setLineDashes();
      g.setStroke(Color.web("#3b82c4"));
      g.setLineWidth(2);
      g.strokeRect(plot.left() - 2, plot.top() - 2, plot.width() + 4, plot.height() + 4);
    }
  }

  private Color ink() {
    return MaskAxes.colour(palette.ink());
  }

  /** A line between two of the other brightness, so that it stands out from cells of any shade. */
  private void drawEdge(GraphicsContext g, MaskPlot plot, MaskEdge edge) {
    g.setLineDashes(edge.key().equals("ceiling") ? new double[] {6, 4} : new double[0]);
    g.setStroke(ink().invert());
    g.setLineWidth(3.5);
    strokeEdge(g, plot, edge);
    g.setStroke(ink());
    g.setLineWidth(1.5);
    strokeEdge(g, plot, edge);
    g.setLineDashes();
  }

  private static void strokeEdge(GraphicsContext g, MaskPlot plot, MaskEdge edge) {
    switch (edge.line()) {
      case KEY -> {
        double x = plot.x(edge.value());
        g.strokeLine(x, plot.top(), x, plot.bottom());
      }
      case QUERY -> {
        double y = plot.y(edge.value());
        g.strokeLine(plot.left(), y, plot.right(), y);
      }
      case DISTANCE -> {
        double from = Math.max(edge.value(), plot.span().queryFrom()); // no key before the first
        g.strokeLine(
            plot.diagonal(edge.value(), from),
            plot.y(from),
            plot.diagonal(edge.value(), plot.span().queryTo()),
            plot.bottom());
      }
    }
  }

  private void drawSelected(GraphicsContext g, MaskPlot plot) {
    int position = viewModel.workbench().positionProperty().get();
    if (position >= plot.span().queryFrom() && position < plot.span().queryTo()) {
      double y = plot.y(position + 0.5);
      g.setStroke(MaskAxes.colour(palette.selected()));
      g.setLineWidth(2);
      g.strokeLine(plot.left(), y, plot.right(), y);
    }
  }

  private void drawCell(GraphicsContext g, MaskPlot plot) {
    MaskViewModel.Cell cell = viewModel.cellProperty().get();
    if (cell == null || !plot.span().contains(cell.query(), cell.key())) {
      return;
    }
    double x = plot.x(cell.key());
    double y = plot.y(cell.query());
    double w = plot.width() / plot.span().keys();
    double h = plot.height() / plot.span().queries();
    double least = 7;
    double side = Math.max(w, least);
    double rise = Math.max(h, least);
    // Both brightnesses: cells are bright and dark, and one of the two stands out from either.
    for (boolean halo : new boolean[] {true, false}) {
      g.setStroke(halo ? ink().invert() : ink());
      g.setLineWidth(halo ? 3 : 1);
      g.setGlobalAlpha(0.6);
      double across = crisp(x + w / 2);
      double down = crisp(y + h / 2);
      g.strokeLine(across, plot.top(), across, plot.bottom());
      g.strokeLine(plot.left(), down, plot.right(), down);
      g.setGlobalAlpha(1);
      g.setLineWidth(halo ? 4.5 : 2);
      g.strokeRect(x + (w - side) / 2, y + (h - rise) / 2, side, rise);
    }
  }

  /** The middle of its pixel: a thin line between two would be drawn grey over both. */
  private static double crisp(double at) {
    return Math.floor(at) + 0.5;
  }
}
