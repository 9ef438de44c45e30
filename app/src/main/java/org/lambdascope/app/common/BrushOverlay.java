package org.lambdascope.app.common;

import java.awt.geom.Rectangle2D;
import java.util.PrimitiveIterator;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.FigureTheme;

/** Marks brushed tokens above a chart: bands over positions, rings around points. */
final class BrushOverlay extends Canvas {

  private static final double RING = 4;

  /** Height of a band's foot, and how far below the plot it lies: no curve comes there. */
  private static final double FOOT = 3;

  private static final double BELOW = 1;

  private Color colour = colour(FigureTheme.LIGHT);

  BrushOverlay() {
    getStyleClass().add("brush-overlay");
    setManaged(false); // it is as large as the chart, and asks for no room
    setMouseTransparent(true);
  }

  void setTheme(FigureTheme theme) {
    colour = colour(theme);
  }

  private static Color colour(FigureTheme theme) {
    java.awt.Color c = theme.brush();
    return Color.rgb(c.getRed(), c.getGreen(), c.getBlue());
  }

  /**
   * Draws the marks anew.
   *
   * @param area of the plot, in pixels; null for nothing
   * @param dragged the rectangle that is being dragged; null for none
   */
  void draw(
      @Nullable XYPlot plot,
      @Nullable Rectangle2D area,
      TokenPlaces places,
      PositionSet brushed,
      @Nullable Bounds dragged) {
    GraphicsContext g = getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    if (plot == null || area == null || area.isEmpty()) {
      return;
    }
    g.save();
    g.beginPath();
    g.rect(area.getX(), area.getY(), area.getWidth(), area.getHeight() + BELOW + FOOT);
    g.clip();
    marks(g, plot, area, places, brushed, colour);
    if (dragged != null) {
      g.setStroke(colour);
      g.setLineWidth(1.5);
      g.setLineDashes(4, 3);
      g.strokeRect(dragged.getMinX(), dragged.getMinY(), dragged.getWidth(), dragged.getHeight());
    }
    g.restore();
  }

  private static void marks(
      GraphicsContext g,
      XYPlot plot,
      Rectangle2D area,
      TokenPlaces places,
      PositionSet brushed,
      Color colour) {
    ValueAxis across = plot.getDomainAxis();
    ValueAxis up = plot.getRangeAxis();
    g.setStroke(colour);
    g.setLineWidth(1.5);
    PrimitiveIterator.OfInt positions = brushed.stream().iterator();
    double from = Double.NaN;
    double to = Double.NaN;
    while (positions.hasNext()) {
      TokenPlaces.Place place = places.of(positions.nextInt());
      if (place == null) {
        continue;
      }
      if (!Double.isNaN(place.y())) {
        double x = across.valueToJava2D(place.x(), area, plot.getDomainAxisEdge());
        double y = up.valueToJava2D(place.y(), area, plot.getRangeAxisEdge());
        if (area.contains(x, y)) {
          g.strokeOval(x - RING, y - RING, 2 * RING, 2 * RING);
        }
        continue;
      }
      double left = across.valueToJava2D(place.x() - 0.5, area, plot.getDomainAxisEdge());
      double right = across.valueToJava2D(place.x() + 0.5, area, plot.getDomainAxisEdge());
      if (Double.isNaN(from)) {
        from = left;
      } else if (left > to + 0.5) { // neighbours become one band
        band(g, area, from, to, colour);
        from = left;
      }
      to = right;
    }
    if (!Double.isNaN(from)) {
      band(g, area, from, to, colour);
    }
  }

  /** Translucent, with a solid foot below the axis, so that a band of one token is seen too. */
  private static void band(
      GraphicsContext g, Rectangle2D area, double from, double to, Color colour) {
    double width = Math.max(1.5, to - from);
    g.setFill(colour.deriveColor(0, 1, 1, 0.18));
    g.fillRect(from, area.getY(), width, area.getHeight());
    g.setFill(colour);
    g.fillRect(from, area.getMaxY() + BELOW, width, FOOT);
  }

  /** The rectangle between two corners. */
  static Bounds between(double x, double y, double otherX, double otherY) {
    return new BoundingBox(
        Math.min(x, otherX), Math.min(y, otherY), Math.abs(otherX - x), Math.abs(otherY - y));
  }
}
