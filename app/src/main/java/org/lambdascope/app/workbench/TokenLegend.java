package org.lambdascope.app.workbench;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.lambdascope.app.common.TokenScale;

/** What the shades and marks of tokens mean. */
final class TokenLegend extends HBox {

  private static final double WIDTH = 64;
  private static final double HEIGHT = 10;

  private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
  private final Label low = caption();
  private final Label high = caption();
  private final Tooltip tooltip = new Tooltip();
  private boolean dark;
  private ArmComparison.Shading shading = ArmComparison.Shading.NLL;

  TokenLegend() {
    super(6);
    setAlignment(Pos.CENTER_RIGHT);
    Region mark = new Region();
    mark.getStyleClass().add("generated-mark");
    mark.setMinSize(18, 3);
    mark.setMaxSize(18, 3);
    Label generated = caption();
    generated.setText("generated");
    Label differs = caption();
    differs.setText("⚑ first difference");
    // Where there is little room, these go first: the tooltip says them too.
    generated.setMinWidth(0);
    differs.setMinWidth(0);
    getChildren().addAll(low, canvas, high, mark, generated, differs);
    Tooltip.install(this, tooltip);
    draw();
  }

  void setDark(boolean newDark) {
    dark = newDark;
    draw();
  }

  void setShading(ArmComparison.Shading newShading) {
    shading = newShading;
    draw();
  }

  private void draw() {
    boolean difference = shading == ArmComparison.Shading.DIFFERENCE;
    TokenScale scale = difference ? TokenScale.difference(dark) : TokenScale.nll(dark);
    low.setText(difference ? nats("≤ %+.0f", scale.least()) : "0");
    high.setText(difference ? nats("≥ %+.0f", scale.most()) : nats("≥ %.0f nats", scale.most()));
    tooltip.setText(
        (difference
                ? "Negative log-likelihood of each token in nats, less that under the reference arm: blue is less surprised than the reference, orange more."
                : "Negative log-likelihood of each token: 0 is certain, 8 nats is about 1 in 3,000.")
            + "\nUnderlined tokens were generated (greedy). The flag stands before the first generated token that differs from the reference arm's; under the reference, from any other arm's.");
    GraphicsContext g = canvas.getGraphicsContext2D();
    for (int x = 0; x < WIDTH; x++) {
      double share = x / (WIDTH - 1);
      g.setFill(scale.shade(scale.least() + share * (scale.most() - scale.least())));
      g.fillRect(x, 0, 1, HEIGHT);
    }
    g.setStroke(scale.shade(scale.most() / 2));
    g.strokeRect(0.5, 0.5, WIDTH - 1, HEIGHT - 1);
  }

  private static String nats(String format, double value) {
    return String.format(Locale.ROOT, format, value).replace('-', '−');
  }

  private static Label caption() {
    Label label = new Label();
    label.getStyleClass().addAll("text-muted", "caption");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }
}
