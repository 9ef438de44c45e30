package org.lambdascope.app.mask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.ArmMask;

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
  private final Canvas picture = new Canvas();
  private final Canvas overlay = new Canvas();
  private final List<MaskHandle> handles = new ArrayList<>();
  private MaskPalette palette = MaskPalette.LIGHT;
  private @Nullable MaskEdge held;
  private int heldValue;
  private double pressedX;
  private double pressedY;
  private double draggedX;
  private double draggedY;
  private boolean zooming;

  MaskCanvas(MaskViewModel viewModel) {
    this.viewModel = viewModel;
    setId("mask-canvas");
    getStyleClass().add("mask-canvas");
    setMinSize(320, 300);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    overlay.setMouseTransparent(true);
    picture.setMouseTransparent(true);
    getChildren().addAll(picture, overlay);
    addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
    addEventHandler(ScrollEvent.SCROLL, this::scroll);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    focusedProperty().subscribe(f -> drawOverlay());
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
    drawPicture();
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

  private void drawPicture() {
    GraphicsContext g = picture.getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    ArmMask mask = viewModel.maskProperty().get();
    MaskPlot plot = plot();
    if (mask == null || plot.width() < 2 || plot.height() < 2) {
      return;
    }
    double scale = outputScale();
    int width = (int) Math.ceil(plot.width() * scale);
    int height = (int) Math.ceil(plot.height() * scale);
    int[] pixels =
        new MaskPicture(mask, plot.span(), palette, viewModel.pretrainLength()).draw(width, height);
    WritableImage image = new WritableImage(width, height);
    image
        .getPixelWriter()
        .setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    g.drawImage(image, plot.left(), plot.top(), plot.width(), plot.height());
    MaskAxes.draw(g, plot, palette);
  }

  /** Pixels of the screen per unit of the window. */
  private double outputScale() {
    Window window = getScene() == null ? null : getScene().getWindow();
    return window == null ? 1 : Math.max(1, window.getOutputScaleX());
  }

  private void drawOverlay() {
    GraphicsContext g = overlay.getGraphicsContext2D();
    g.clearRect(0, 0, getWidth(), getHeight());
    if (viewModel.maskProperty().get() == null) {
      return;
    }
    MaskPlot plot = plot();
    g.save();
    g.beginPath();
    g.rect(plot.left(), plot.top(), plot.width(), plot.height());
    g.clip();
    for (MaskHandle handle : handles) {
      drawEdge(g, plot, handle.edge());
    }
    drawSelected(g, plot);
    drawCell(g, plot);
    if (zooming) {
      g.setStroke(ink());
      g.setLineDashes(4, 3);
      g.setLineWidth(1.5);
      g.strokeRect(
          Math.min(pressedX, draggedX),
          Math.min(pressedY, draggedY),
          Math.abs(draggedX - pressedX),
          Math.abs(draggedY - pressedY));
    }
    g.restore();
    if (isFocused()) {
      g.setLineDashes();
      g.setStroke(Color.web("#3b82c4"));
      g.setLineWidth(2);
      g.strokeRect(plot.left() - 2, plot.top() - 2, plot.width() + 4, plot.height() + 4);
    }
  }

  private Color ink() {
    return MaskAxes.colour(palette.ink());
  }

  private void drawEdge(GraphicsContext g, MaskPlot plot, MaskEdge edge) {
    g.setStroke(ink());
    g.setLineWidth(1.5);
    g.setLineDashes(edge.key().equals("ceiling") ? new double[] {6, 4} : new double[0]);
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
    g.setLineDashes();
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
    g.setStroke(ink().deriveColor(0, 1, 1, 0.45));
    g.setLineWidth(1);
    g.strokeLine(x + w / 2, plot.top(), x + w / 2, plot.bottom());
    g.strokeLine(plot.left(), y + h / 2, plot.right(), y + h / 2);
    g.setStroke(ink());
    g.setLineWidth(2);
    double least = 7;
    double side = Math.max(w, least);
    double rise = Math.max(h, least);
    g.strokeRect(x + (w - side) / 2, y + (h - rise) / 2, side, rise);
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
