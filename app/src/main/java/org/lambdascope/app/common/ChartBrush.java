package org.lambdascope.app.common;

import java.awt.geom.Rectangle2D;
import java.util.PrimitiveIterator;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Bounds;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.util.Subscription;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.BrushKey;

/**
 * Brushing of tokens in a chart: a drag with Shift takes those in the rectangle, a click with Shift
 * lets go of them. A drag without it zooms.
 */
final class ChartBrush {

  private static final double LEAST_DRAG = 3;

  private final ChartPane viewer;
  private final BrushOverlay overlay = new BrushOverlay();
  private Supplier<@Nullable TokenPlaces> places = () -> null;
  private @Nullable ObjectProperty<PositionSet> brushed;
  private @Nullable MouseEvent pressed;
  private @Nullable Bounds dragged;

  ChartBrush(ChartPane viewer) {
    this.viewer = viewer;
    viewer.widthProperty().subscribe(w -> overlay.setWidth(w.doubleValue()));
    viewer.heightProperty().subscribe(h -> overlay.setHeight(h.doubleValue()));
    viewer.layoutXProperty().subscribe(x -> overlay.setLayoutX(x.doubleValue()));
    viewer.layoutYProperty().subscribe(y -> overlay.setLayoutY(y.doubleValue()));
    viewer.addEventFilter(MouseEvent.MOUSE_PRESSED, this::press);
    viewer.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::drag);
    viewer.addEventFilter(MouseEvent.MOUSE_RELEASED, this::release);
  }

  BrushOverlay overlay() {
    return overlay;
  }

  /**
   * Brushes these tokens from now on.
   *
   * @param newPlaces gives where they lie now; null while they lie nowhere
   */
  Subscription of(
      Supplier<@Nullable TokenPlaces> newPlaces, ObjectProperty<PositionSet> newBrushed) {
    places = newPlaces;
    brushed = newBrushed;
    return newBrushed.subscribe(b -> draw());
  }

  /** Draws the marks where the chart now has its tokens. */
  void draw() {
    TokenPlaces now = places.get();
    ObjectProperty<PositionSet> marked = brushed;
    if (now == null || marked == null) {
      overlay.draw(null, null, TokenPlaces.byPosition(() -> 0), PositionSet.NONE, null);
    } else {
      overlay.draw(plot(), area(), now, marked.get(), dragged);
    }
    viewer.setBrushed(now == null || marked == null ? null : key(now, marked.get()));
  }

  /** How brushed tokens are marked on what can be seen of the chart; null where none is. */
  private @Nullable BrushKey key(TokenPlaces now, PositionSet marked) {
    XYPlot plot = plot();
    if (plot == null) {
      return null;
    }
    PrimitiveIterator.OfInt positions = marked.stream().iterator();
    while (positions.hasNext()) {
      TokenPlaces.Place place = now.of(positions.nextInt());
      if (place == null || !plot.getDomainAxis().getRange().contains(place.x())) {
        continue;
      }
      if (Double.isNaN(place.y())) {
        return BrushKey.BANDS;
      }
      if (plot.getRangeAxis().getRange().contains(place.y())) {
        return BrushKey.RINGS;
      }
    }
    return null;
  }

  private @Nullable XYPlot plot() {
    JFreeChart chart = viewer.isVisible() ? viewer.getChart() : null;
    return chart != null && chart.getPlot() instanceof XYPlot plot ? plot : null;
  }

  private @Nullable Rectangle2D area() {
    return viewer.getRenderingInfo() == null
        ? null
        : viewer.getRenderingInfo().getPlotInfo().getDataArea();
  }

  private void press(MouseEvent event) {
    if (event.getButton() == MouseButton.PRIMARY
        && event.isShiftDown()
        && brushed != null
        && places.get() != null) {
      pressed = event;
      event.consume();
    }
  }

  private void drag(MouseEvent event) {
    MouseEvent from = pressed;
    if (from != null) {
      dragged = BrushOverlay.between(from.getX(), from.getY(), event.getX(), event.getY());
      draw();
      event.consume();
    }
  }

  private void release(MouseEvent event) {
    TokenPlaces now = places.get();
    ObjectProperty<PositionSet> target = brushed;
    if (pressed == null) {
      return;
    }
    Bounds box = dragged;
    pressed = null;
    dragged = null;
    event.consume();
    XYPlot plot = plot();
    Rectangle2D area = area();
    if (target == null || now == null || plot == null || area == null) {
      return;
    }
    if (box == null || Math.max(box.getWidth(), box.getHeight()) < LEAST_DRAG) {
      target.set(PositionSet.NONE);
    } else {
      target.set(
          now.within(
              plot.getDomainAxis().java2DToValue(box.getMinX(), area, plot.getDomainAxisEdge()),
              plot.getDomainAxis().java2DToValue(box.getMaxX(), area, plot.getDomainAxisEdge()),
              plot.getRangeAxis().java2DToValue(box.getMaxY(), area, plot.getRangeAxisEdge()),
              plot.getRangeAxis().java2DToValue(box.getMinY(), area, plot.getRangeAxisEdge())));
    }
    draw();
  }
}
