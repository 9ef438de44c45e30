package org.lambdascope.app.mask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.RenderScale;

/** The picture of a mask with its axes, its edges, and the cell that is looked at. */
final class MaskCanvas extends Region {

  private static final double LEFT = 78;
  private static final double TOP = 42;
  private static final double RIGHT = 14;
  private static final double HANDLE_ROW = 27;

  /** How near to an edge a press takes hold of it, in pixels. */
  private static final double GRIP = 5;

  private static final double WHEEL_STEP = 1.15;

  private final MaskViewModel viewModel;
  private final MaskGround picture;
  private final MaskOverlay overlay;
  private final List<MaskHandle> handles = new ArrayList<>();
  private MaskPalette palette = MaskPalette.LIGHT;
  private @Nullable MaskEdge held;
  private int heldValue;
  private double pressedX;
  private double pressedY;
  private double draggedX;
  private double draggedY;
  private boolean zooming;

  MaskCanvas(MaskViewModel viewModel, ChartActions background) {
    this.viewModel = viewModel;
    picture = new MaskGround(background);
    overlay = new MaskOverlay(viewModel);
    setId("mask-canvas");
    getStyleClass().add("mask-canvas");
    setMinSize(320, 300);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    getChildren().addAll(picture, overlay);
    addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
    addEventHandler(ScrollEvent.SCROLL, this::scroll);
    RenderScale.follow(this, this::requestLayout);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    focusedProperty()
        .subscribe(
            focused -> {
              overlay.setFocusShown(focused);
              drawOverlay();
            });
    viewModel.maskProperty().subscribe(m -> redraw());
    viewModel.spanProperty().subscribe(s -> redraw());
    viewModel.cellProperty().subscribe(c -> drawOverlay());
    viewModel.readoutProperty().subscribe(r -> setAccessibleText("Mask. " + r.cell()));
    viewModel.workbench().positionProperty().subscribe(p -> drawOverlay());
    viewModel.workbench().models().pretrainLengthProperty().subscribe(p -> redraw());
    viewModel.edges().addListener((ListChangeListener<MaskEdge>) c -> showEdges());
    showEdges();
  }

  void setPalette(MaskPalette newPalette) {
    palette = newPalette;
    redraw();
  }

  /** Where cells lie now. */
  MaskPlot plot() {
    double bottom = HANDLE_ROW * handleRows() + 8;
    return new MaskPlot(
        viewModel.spanProperty().get(),
        LEFT,
        TOP,
        Math.max(1, Math.floor(getWidth() - LEFT - RIGHT)),
        Math.max(1, Math.floor(getHeight() - TOP - bottom)));
  }

  /** Rows of labels below the picture: a second one for those that are in each other's way. */
  private int handleRows() {
    return (int)
        Math.min(2, handles.stream().filter(h -> h.edge().line() != MaskEdge.Line.QUERY).count());
  }

  private void showEdges() {
    List<MaskEdge> edges = viewModel.edges();
    boolean same = handles.size() == edges.size();
    for (int i = 0; same && i < edges.size(); i++) {
      same = handles.get(i).edge().key().equals(edges.get(i).key());
    }
    if (same) {
      for (int i = 0; i < edges.size(); i++) {
        handles.get(i).show(edges.get(i)); // one that is being dragged must stay
      }
    } else {
      getChildren().removeAll(handles);
      handles.clear();
      for (MaskEdge edge : edges) {
        MaskHandle[] self = new MaskHandle[1];
        self[0] =
            new MaskHandle(
                edge,
                (line, dx, dy) -> plot().change(line, dx, dy),
                value -> viewModel.setEdge(self[0].edge(), value));
        handles.add(self[0]);
      }
      getChildren().addAll(handles);
    }
    redraw();
  }

  private void redraw() {
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    for (Canvas canvas : List.of(picture, overlay)) {
      canvas.setWidth(getWidth());
      canvas.setHeight(getHeight());
    }
    placeHandles();
    picture.show(viewModel.maskProperty().get(), plot(), palette, viewModel.pretrainLength());
    drawOverlay();
  }

  /** Puts each label where its edge leaves the picture, and below another that is in the way. */
  private void placeHandles() {
    MaskPlot plot = plot();
    double[] ends = new double[2];
    List<MaskHandle> below = new ArrayList<>();
    for (MaskHandle handle : handles) {
      handle.autosize();
      if (handle.edge().line() == MaskEdge.Line.QUERY) {
        double y = Math.clamp(plot.y(handle.edge().value()), plot.top(), plot.bottom());
        double above = y - handle.getHeight() - 2;
        handle.relocate(plot.right() - handle.getWidth() - 6, above < plot.top() ? y + 2 : above);
      } else {
        below.add(handle);
      }
    }
    below.sort(Comparator.comparingDouble(h -> end(plot, h.edge())));
    for (MaskHandle handle : below) {
      double middle = Math.clamp(end(plot, handle.edge()), plot.left(), plot.right());
      double x =
          Math.clamp(middle - handle.getWidth() / 2, plot.left(), plot.right() - handle.getWidth());
      int row = x >= ends[0] ? 0 : 1;
      if (row == 1) {
        x = Math.max(x, ends[1]);
      }
      ends[row] = x + handle.getWidth() + 6;
      handle.relocate(x, plot.bottom() + 6 + row * HANDLE_ROW);
    }
  }

  /** Where an edge meets the picture's lower side. */
  private static double end(MaskPlot plot, MaskEdge edge) {
    return edge.line() == MaskEdge.Line.KEY
        ? plot.x(edge.value())
        : plot.diagonal(edge.value(), plot.span().queryTo() - 0.5);
  }

  private void drawOverlay() {
    Rectangle2D zoomed =
        zooming
            ? new Rectangle2D(
                Math.min(pressedX, draggedX),
                Math.min(pressedY, draggedY),
                Math.abs(draggedX - pressedX),
                Math.abs(draggedY - pressedY))
            : null;
    overlay.draw(plot(), palette, handles.stream().map(MaskHandle::edge).toList(), zoomed);
  }

  private @Nullable MaskEdge edgeAt(double x, double y) {
    MaskPlot plot = plot();
    if (plot.contains(x, y)) {
      for (MaskHandle handle : handles) {
        if (plot.distance(handle.edge(), x, y) <= GRIP) {
          return handle.edge();
        }
      }
    }
    return null;
  }

  private void hover(MouseEvent event) {
    MaskPlot plot = plot();
    MaskEdge edge = edgeAt(event.getX(), event.getY());
    boolean inside = plot.contains(event.getX(), event.getY());
    setCursor(
        edge == null
            ? inside ? Cursor.CROSSHAIR : Cursor.DEFAULT
            : edge.line() == MaskEdge.Line.QUERY ? Cursor.V_RESIZE : Cursor.H_RESIZE);
    if (inside) {
      viewModel.look((int) plot.query(event.getY()), (int) plot.key(event.getX()));
    }
  }

  private void press(MouseEvent event) {
    requestFocus();
    if (event.getButton() == MouseButton.PRIMARY) {
      pressedX = event.getX();
      pressedY = event.getY();
      held = edgeAt(pressedX, pressedY);
      heldValue = held == null ? 0 : held.value();
    }
  }

  private void drag(MouseEvent event) {
    if (event.getButton() != MouseButton.PRIMARY) {
      return;
    }
    MaskPlot plot = plot();
    MaskEdge edge = held;
    if (edge != null) {
      double by = plot.change(edge.line(), event.getX() - pressedX, event.getY() - pressedY);
      viewModel.setEdge(edge, (int) Math.round(heldValue + by));
    } else if (plot.contains(pressedX, pressedY)) {
      draggedX = Math.clamp(event.getX(), plot.left(), plot.right());
      draggedY = Math.clamp(event.getY(), plot.top(), plot.bottom());
      zooming = Math.abs(draggedX - pressedX) > 6 && Math.abs(draggedY - pressedY) > 6;
      drawOverlay();
    }
  }

  private void release(MouseEvent event) {
    MaskPlot plot = plot();
    if (zooming) {
      zooming = false;
      viewModel.show(
          new MaskSpan(
              (int) plot.query(Math.min(pressedY, draggedY)),
              (int) Math.ceil(plot.query(Math.max(pressedY, draggedY))),
              (int) plot.key(Math.min(pressedX, draggedX)),
              (int) Math.ceil(plot.key(Math.max(pressedX, draggedX)))));
    } else if (event.getButton() == MouseButton.PRIMARY
        && event.isStillSincePress()
        && plot.contains(event.getX(), event.getY())) {
      if (event.getClickCount() == 2) {
        viewModel.showWhole();
      } else {
        viewModel.select((int) plot.query(event.getY()));
      }
    }
    held = null;
    drawOverlay();
  }

  private void scroll(ScrollEvent event) {
    MaskPlot plot = plot();
    if (event.getDeltaY() != 0 && plot.contains(event.getX(), event.getY())) {
      viewModel.zoom(
          event.getDeltaY() > 0 ? 1 / WHEEL_STEP : WHEEL_STEP,
          plot.query(event.getY()),
          plot.key(event.getX()));
      event.consume();
    }
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    MaskSpan span = viewModel.spanProperty().get();
    int down = event.isShiftDown() ? Math.max(1, span.queries() / 8) : 1;
    int across = event.isShiftDown() ? Math.max(1, span.keys() / 8) : 1;
    switch (event.getCode()) {
      case UP -> viewModel.moveLook(-down, 0);
      case DOWN -> viewModel.moveLook(down, 0);
      case LEFT -> viewModel.moveLook(0, -across);
      case RIGHT -> viewModel.moveLook(0, across);
      case PLUS, EQUALS, ADD -> zoomAtCell(0.5);
      case MINUS, SUBTRACT -> zoomAtCell(2);
      case HOME, DIGIT0, NUMPAD0 -> viewModel.showWhole();
      case ENTER -> selectCell();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void zoomAtCell(double factor) {
    MaskViewModel.Cell cell = viewModel.cellProperty().get();
    MaskSpan span = viewModel.spanProperty().get();
    boolean seen = cell != null && span.contains(cell.query(), cell.key());
    viewModel.zoom(
        factor,
        seen && cell != null ? cell.query() + 0.5 : span.queryFrom() + span.queries() / 2.0,
        seen && cell != null ? cell.key() + 0.5 : span.keyFrom() + span.keys() / 2.0);
  }

  private void selectCell() {
    MaskViewModel.Cell cell = viewModel.cellProperty().get();
    if (cell != null) {
      viewModel.select(cell.query());
    }
  }
}
