package org.lambdascope.app.common;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.util.Subscription;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.ColourScale;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Panel;

/** One chart with its menu: copy, export, zoom; a click picks a place on it. */
public final class FigureView extends StackPane implements ChartSource {

  /** Takes a place on a chart, in the units of its axes. */
  @FunctionalInterface
  public interface PickHandler {
    void picked(double x, double y);
  }

  /** Says what lies at a place on a chart, in the units of its axes. */
  @FunctionalInterface
  public interface Describer {
    /** Empty where there is nothing to say. */
    String describe(double x, double y);
  }

  private static final double WINDOW_WIDTH = 900;
  private static final double WINDOW_HEIGHT = 560;

  private final String name;
  private final ChartActions actions;
  private final ChartPane viewer;
  private final ChartBrush brush;
  private final Label empty = new Label();
  private final Label staleMark = new Label("stale");
  private final MenuButton menuButton = new MenuButton("⋯");
  private FigureTheme theme = FigureTheme.LIGHT;
  private UnaryOperator<String> subtitle = UnaryOperator.identity();
  private boolean compact;
  private boolean stale;

  /** Whether it looks stale: the picture of what is new may not be there yet. */
  private boolean dimmed;

  private @Nullable Panel panel;
  private @Nullable ContextMenu context;
  private @Nullable PickHandler picks;
  private @Nullable Describer describer;
  private @Nullable Brushing brushing;

  /** What is brushed, and where it lies. */
  private record Brushing(
      Supplier<@Nullable TokenPlaces> places, ObjectProperty<PositionSet> brushed) {}

  /** The same chart in other windows. */
  private final List<FigureView> mirrors = new ArrayList<>();

  /**
   * An empty chart.
   *
   * @param name what it shows, for file names and screen readers
   */
  public FigureView(String name, ChartActions actions) {
    this.name = name;
    this.actions = actions;
    viewer = new ChartPane(actions, this::pictureShown);
    brush = new ChartBrush(viewer);
    getStyleClass().add("figure-view");
    empty.getStyleClass().add("figure-empty");
    empty.setWrapText(true);
    // The page around the chart scrolls with the wheel; a chart that zooms instead is a trap.
    viewer.getCanvas().setOnScroll(null);
    viewer.setMinSize(0, 0);
    viewer.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
    viewer.setAccessibleText(name);
    viewer.setOnContextMenuRequested(
        e -> {
          if (panel != null) {
            contextMenu().show(viewer, e.getScreenX(), e.getScreenY());
          }
        });
    addItems(menuButton.getItems());
    menuButton.getStyleClass().addAll("figure-menu", "flat", "small");
    menuButton.setAccessibleText("Copy, export or open as figure: " + name);
    Tips.on(menuButton, "Copy, export or open this chart as a figure");
    addEventFilter(MouseEvent.MOUSE_PRESSED, e -> actions.used(this));
    focusWithinProperty()
        .subscribe(
            focused -> {
              if (focused) {
                actions.used(this);
              }
            });
    setAlignment(menuButton, Pos.TOP_RIGHT);
    staleMark.getStyleClass().add("stale-mark");
    staleMark.setMouseTransparent(true);
    staleMark.setVisible(false);
    setAlignment(staleMark, Pos.TOP_LEFT);
    getChildren().addAll(viewer, brush.overlay(), empty, staleMark, menuButton);
    setPanel(null, "");
  }

  @Override
  public @Nullable Panel panel() {
    return panel;
  }

  /** What it shows. */
  public String name() {
    return name;
  }

  /**
   * Shows a panel.
   *
   * @param newPanel null for none
   * @param why what to say when there is none
   */
  public void setPanel(@Nullable Panel newPanel, String why) {
    boolean there = newPanel != null;
    mirrors.forEach(mirror -> mirror.setPanel(newPanel, why));
    empty.setText(why);
    if (newPanel != null && newPanel.equals(panel)) {
      return;
    }
    panel = newPanel;
    empty.setVisible(!there);
    viewer.setVisible(there);
    menuButton.setVisible(there);
    if (there) {
      redraw();
    } else {
      viewer.clear();
    }
    markStale();
  }

  /**
   * Leaves out what the headings around the chart say already; exports keep it.
   *
   * @param newSubtitle what of the subtitle is left
   */
  public void setCompact(UnaryOperator<String> newSubtitle) {
    compact = true;
    subtitle = newSubtitle;
  }

  /**
   * Marks brushed tokens, and lets a drag with Shift brush others.
   *
   * @param places gives where tokens lie now; null while they lie nowhere
   * @return ends following what is brushed
   */
  public Subscription setBrushing(
      Supplier<@Nullable TokenPlaces> places, ObjectProperty<PositionSet> brushed) {
    brushing = new Brushing(places, brushed);
    return brush.of(places, brushed);
  }

  /** Sets the colours. */
  public void setTheme(FigureTheme newTheme) {
    mirrors.forEach(mirror -> mirror.setTheme(newTheme));
    if (theme != newTheme) {
      theme = newTheme;
      brush.overlay().setTheme(newTheme);
      redraw();
    }
  }

  /** Dims and marks what belongs to earlier settings. */
  public void setStale(boolean newStale) {
    stale = newStale;
    mirrors.forEach(mirror -> mirror.setStale(newStale));
    markStale();
  }

  /** Whether what is drawn is what is to be shown, at the size that it has. */
  public boolean isUpToDate() {
    return panel == null || viewer.getWidth() == 0 || viewer.upToDate();
  }

  private void pictureShown() {
    markStale();
    brush.draw();
  }

  private void markStale() {
    dimmed = stale || (dimmed && panel != null && !viewer.upToDate());
    viewer.setOpacity(dimmed ? 0.4 : 1);
    staleMark.setVisible(dimmed && panel != null);
  }

  /** Sets what happens when a place on the chart is clicked. */
  public void setOnPick(PickHandler handler) {
    picks = handler;
  }

  /** Opens the chart in a window of its own, where it goes on following this one. */
  public Stage openWindow() {
    FigureView mirror = new FigureView(name, actions);
    mirror.setTheme(theme);
    mirror.setPanel(panel, empty.getText());
    mirror.setStale(stale);
    mirror.setOnPick(
        (x, y) -> {
          PickHandler handler = picks;
          if (handler != null) {
            handler.picked(x, y);
          }
        });
    Describer words = describer;
    if (words != null) {
      mirror.setDescriber(words);
    }
    Brushing same = brushing;
    Subscription marks =
        same == null ? Subscription.EMPTY : mirror.setBrushing(same.places(), same.brushed());
    mirrors.add(mirror);
    return DetachedWindow.open(
        getScene(),
        mirror,
        new DetachedWindow.Frame(
            name.replace('-', ' ') + " – Lambdascope", WINDOW_WIDTH, WINDOW_HEIGHT),
        () -> {
          marks.unsubscribe();
          mirrors.remove(mirror);
        });
  }

  /** Sets what a tooltip says of the place that is pointed at. */
  public void setDescriber(Describer describer) {
    this.describer = describer;
    Tooltip tooltip = new Tooltip();
    tooltip.setWrapText(true);
    tooltip.setMaxWidth(480);
    viewer.addEventHandler(
        MouseEvent.MOUSE_MOVED,
        event -> {
          String[] said = {""};
          at(event, (x, y) -> said[0] = describer.describe(x, y));
          tooltip.setText(said[0]);
          Tooltip.uninstall(viewer, tooltip);
          if (!said[0].isEmpty()) {
            Tooltip.install(viewer, tooltip);
          }
        });
  }

  private void redraw() {
    Panel now = panel;
    if (now != null) {
      Panel drawn = compact ? shortened(now) : now;
      viewer.show(drawn, theme);
    }
    brush.draw();
  }

  private Panel shortened(Panel panel) {
    AxisSpec y = panel.y();
    ColourScale scale = panel.scale();
    String label = y.label().replaceFirst("^attention ", "");
    return new Panel(
        "",
        subtitle.apply(panel.subtitle()),
        panel.x(),
        y.withLabel(label),
        panel.series(),
        panel.markers(),
        scale == null ? null : scale.withLabel(scale.label().replaceFirst("^cross-", "")));
  }

  /** Made when it is asked for: a menu is a window, and pages have many charts. */
  private ContextMenu contextMenu() {
    ContextMenu there = context;
    if (there == null) {
      there = new ContextMenu();
      addItems(there.getItems());
      context = there;
    }
    return there;
  }

  private void addItems(List<MenuItem> items) {
    items.addAll(ChartMenu.items(this, () -> name, actions));
    MenuItem window = new MenuItem("Open in a _window");
    window.setOnAction(e -> openWindow());
    MenuItem reset = new MenuItem("_Reset zoom");
    reset.setOnAction(e -> redraw());
    items.add(new SeparatorMenuItem());
    items.add(window);
    items.add(reset);
  }

  private void clicked(MouseEvent event) {
    if (event.getButton() != MouseButton.PRIMARY || !event.isStillSincePress()) {
      return;
    }
    if (event.getClickCount() == 2) {
      redraw();
      return;
    }
    PickHandler handler = picks;
    if (handler != null) {
      at(event, handler);
    }
  }

  /** Hands on the place of an event, if it lies within the plot. */
  private void at(MouseEvent event, PickHandler handler) {
    JFreeChart chart = viewer.getChart();
    if (chart == null || !(chart.getPlot() instanceof XYPlot plot)) {
      return;
    }
    Rectangle2D area = viewer.getRenderingInfo().getPlotInfo().getDataArea();
    if (area != null && area.contains(event.getX(), event.getY())) {
      handler.picked(
          plot.getDomainAxis().java2DToValue(event.getX(), area, plot.getDomainAxisEdge()),
          plot.getRangeAxis().java2DToValue(event.getY(), area, plot.getRangeAxisEdge()));
    }
  }
}
