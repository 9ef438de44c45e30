package org.lambdascope.app.workbench;

import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.lambdascope.app.common.NllScale;

/** What the shades of tokens mean. */
final class NllLegend extends HBox {

  private static final double WIDTH = 120;
  private static final double HEIGHT = 10;

  private final Canvas canvas = new Canvas(WIDTH, HEIGHT);

  NllLegend() {
    super(6);
    setAlignment(Pos.CENTER_RIGHT);
    Label low = caption("NLL 0");
    Label high = caption("≥ %.0f nats".formatted(NllScale.MOST));
    Region mark = new Region();
    mark.getStyleClass().add("generated-mark");
    mark.setMinSize(18, 3);
    mark.setMaxSize(18, 3);
    Label generated = caption("generated");
    getChildren().addAll(low, canvas, high, mark, generated);
    Tooltip.install(
        this,
        new Tooltip(
            "Negative log-likelihood of each token: 0 is certain, 8 nats is about 1 in 3,000.\nUnderlined tokens were generated (greedy)."));
    setDark(false);
  }

  void setDark(boolean dark) {
    NllScale scale = new NllScale(dark);
    GraphicsContext g = canvas.getGraphicsContext2D();
    for (int x = 0; x < WIDTH; x++) {
      g.setFill(scale.shade(NllScale.MOST * x / (WIDTH - 1)));
      g.fillRect(x, 0, 1, HEIGHT);
    }
    g.setStroke(scale.shade(NllScale.MOST / 2));
    g.strokeRect(0.5, 0.5, WIDTH - 1, HEIGHT - 1);
  }

  private static Label caption(String text) {
    Label label = new Label(text);
    label.getStyleClass().addAll("text-muted", "caption");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }
}
