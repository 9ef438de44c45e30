package org.lambdascope.app.inspector;

import java.util.Locale;
import java.util.function.Supplier;
import javafx.beans.property.IntegerProperty;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
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
import org.lambdascope.app.common.RenderScale;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.engine.experiment.TokenReading;
import org.lambdascope.engine.probe.HeadAttention;

/**
 * The attention of one query in every head: a thumbnail per layer and head. Bars are its shares by
 * distance, the query's own first, distances doubling from bar to bar; the ground is darker (on a
 * dark window, brighter) the more evenly attention is spread.
 */
final class HeadGrid extends Region implements ChartSource {

  private static final double LEFT = 62;
  private static final double TOP = 20;
  private static final double ROW = 34;
  private static final double MOST_WIDTH = 110;
  private static final Font FONT = Font.font("System", 11);

  private final IntegerProperty layer;
  private final IntegerProperty head;
  private final Canvas canvas = new Canvas();
  private final Tooltip tooltip = new Tooltip();
  private final MenuButton menu = new MenuButton("⋯");
  private @Nullable TokenReading reading;
  private String arm = "";
  private boolean dark;

  HeadGrid(IntegerProperty layer, IntegerProperty head, ChartActions actions) {
    this.layer = layer;
    this.head = head;
    setId("head-grid");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    getChildren().add(canvas);
    tooltip.setShowDelay(Duration.millis(120));
    Tooltip.install(canvas, tooltip);
    canvas.setOnMouseMoved(this::hover);
    canvas.setOnMousePressed(this::press);
    setOnKeyPressed(this::key);
    RenderScale.follow(this, this::requestLayout);
    layer.subscribe(l -> draw());
    head.subscribe(h -> draw());
    focusedProperty()
        .subscribe(
            focused -> {
              if (focused) {
                actions.used(this);
              }
              draw();
            });
    Supplier<String> name = () -> "attention-by-head";
    ContextMenu context = new ContextMenu();
    context.getItems().addAll(ChartMenu.items(this, name, actions));
    setOnContextMenuRequested(
        e -> {
          if (reading != null) {
            context.show(this, e.getScreenX(), e.getScreenY());
          }
        });
    menu.setId("head-grid-menu");
    menu.getItems().addAll(ChartMenu.items(this, name, actions));
    menu.getStyleClass().addAll("figure-menu", "flat", "small");
    menu.setAccessibleText("Copy, export or open as figure: attention by layer and head");
    Tips.on(
        menu,
        "Copy, export or open as a figure: the entropy of every layer and head as a heat map");
    menu.setDisable(true);
  }

  /** What can be done with the picture; it stands beside its heading. */
  MenuButton menu() {
    return menu;
  }

  @Override
  public @Nullable Panel panel() {
    TokenReading now = reading;
    return now == null ? null : AttentionPanels.entropies(arm, now);
  }

  void setDark(boolean newDark) {
    dark = newDark;
    draw();
  }

  /**
   * Shows a reading.
   *
   * @param of whose it is
   */
  void show(@Nullable TokenReading newReading, String of) {
    reading = newReading;
    arm = of;
    menu.setDisable(newReading == null);
    requestLayout();
  }

  @Override
  protected double computePrefHeight(double width) {
    return TOP + ROW * (reading == null ? 1 : reading.layers()) + 4;
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    draw();
  }

  private double cellWidth() {
    int heads = reading == null ? 1 : reading.heads();
    return Math.min(MOST_WIDTH, (getWidth() - LEFT) / heads);
  }

  private void draw() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    TokenReading now = reading;
    if (now == null) {
      return;
    }
    setAccessibleText(describe(now, layer.get(), head.get()));
    double width = cellWidth();
    g.setFont(FONT);
    g.setFill(muted());
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.CENTER);
    int step = width < 22 ? 4 : 1;
    for (int h = 0; h < now.heads(); h += step) {
      g.fillText((width > 56 ? "head " : "") + h, LEFT + (h + 0.5) * width, TOP / 2);
    }
    for (int l = 0; l < now.layers(); l++) {
      g.setTextAlign(TextAlignment.LEFT);
      g.setFill(muted());
      g.fillText("layer " + l, 2, TOP + (l + 0.5) * ROW);
      for (int h = 0; h < now.heads(); h++) {
        cell(g, now.attention(l, h), LEFT + h * width, TOP + l * ROW, width, now.query());
      }
    }
    if (layer.get() < now.layers() && head.get() < now.heads()) {
      g.setStroke(accent());
      g.setLineWidth(isFocused() ? 3 : 2);
      g.strokeRect(LEFT + head.get() * width + 1, TOP + layer.get() * ROW + 1, width - 2, ROW - 2);
    }
    if (isFocused()) {
      g.setStroke(accent());
      g.setLineWidth(1.5);
      g.strokeRect(1, 1, getWidth() - 2, getHeight() - 2);
    }
  }

  private void cell(
      GraphicsContext g, HeadAttention attention, double x, double y, double width, int query) {
    g.setFill(ground(attention.spread()));
    g.fillRect(x + 1, y + 1, width - 2, ROW - 2);
    int bins = HeadAttention.bin(Math.max(1, query)) + 1;
    double bar = (width - 6) / bins;
    g.setFill(ink());
    for (int b = 0; b < bins; b++) {
      double height = attention.profile()[b] * (ROW - 8);
      if (height > 0) {
        g.fillRect(
            x + 3 + b * bar,
            y + ROW - 3 - Math.max(0.5, height),
            Math.max(1, bar - 1),
            Math.max(0.5, height));
      }
    }
  }

  private Color ground(double spread) {
    Color from = dark ? Color.web("#20252c") : Color.web("#f4f6f8");
    Color to = dark ? Color.web("#b4691a") : Color.web("#fdb56f");
    return from.interpolate(to, Math.clamp(spread, 0, 1));
  }

  private Color ink() {
    return dark ? Color.web("#e6eaef") : Color.web("#24292f");
  }

  private Color muted() {
    return dark ? Color.web("#9aa4af") : Color.web("#57606a");
  }

  private Color accent() {
    return dark ? Color.web("#58a6ff") : Color.web("#0969da");
  }

  private static String describe(TokenReading reading, int layer, int head) {
    if (layer >= reading.layers() || head >= reading.heads()) {
      return "Heads";
    }
    HeadAttention a = reading.attention(layer, head);
    return String.format(
        Locale.ROOT,
        "layer %d, head %d · entropy %.2f of at most %.2f nats · largest probability %s, of %,d visible keys",
        layer,
        head,
        a.entropy(),
        Math.log(a.visible()),
        Candidate.percent(a.most()),
        a.visible());
  }

  private int layerAt(MouseEvent event) {
    return (int) Math.floor((event.getY() - TOP) / ROW);
  }

  private int headAt(MouseEvent event) {
    return (int) Math.floor((event.getX() - LEFT) / cellWidth());
  }

  private boolean inside(int l, int h) {
    TokenReading now = reading;
    return now != null && l >= 0 && l < now.layers() && h >= 0 && h < now.heads();
  }

  private void hover(MouseEvent event) {
    int l = layerAt(event);
    int h = headAt(event);
    TokenReading now = reading;
    tooltip.setText(
        now != null && inside(l, h)
            ? describe(now, l, h)
            : "Bars: share of the attention by distance, doubling from bar to bar; the first is the token itself.");
  }

  private void press(MouseEvent event) {
    requestFocus();
    event.consume(); // a scroll pane around it would take the focus for itself
    choose(layerAt(event), headAt(event));
  }

  private void choose(int l, int h) {
    if (inside(l, h)) {
      layer.set(l);
      head.set(h);
    }
  }

  private void key(KeyEvent event) {
    if (event.isAltDown() || event.isShortcutDown()) {
      return;
    }
    switch (event.getCode()) {
      case UP -> choose(layer.get() - 1, head.get());
      case DOWN -> choose(layer.get() + 1, head.get());
      case LEFT -> choose(layer.get(), head.get() - 1);
      case RIGHT -> choose(layer.get(), head.get() + 1);
      default -> {
        return;
      }
    }
    event.consume();
  }
}
