package org.lambdascope.app.workbench;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.lambdascope.app.common.RenderScale;
import org.lambdascope.app.common.TokenScale;
import org.lambdascope.app.common.TokenShading;

/** What the shades and marks of tokens mean. */
public final class TokenLegend extends HBox {

  private static final double WIDTH = 64;
  private static final double HEIGHT = 10;
  private static final double TOOLTIP_WIDTH = 480;

  private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
  private final Label low = caption();
  private final Label high = caption();
  private final Region mark = new Region();
  private final Label generated = caption();
  private final Label differs = caption();
  private final Label note = caption();
  private final Tooltip tooltip = new Tooltip();
  private boolean dark;
  private TokenShading shading = TokenShading.NLL;

  /** Follows what shades the tokens of a workbench. */
  public TokenLegend(ArmComparison comparison) {
    super(6);
    setAlignment(Pos.CENTER_RIGHT);
    mark.getStyleClass().add("generated-mark");
    mark.setMinSize(18, 3);
    mark.setMaxSize(18, 3);
    generated.setText("generated");
    differs.setText("⚑ first difference");
    // Where there is little room, these go first: the tooltip says them too.
    generated.setMinWidth(0);
    differs.setMinWidth(0);
    note.getStyleClass().add("shading-note");
    getChildren().addAll(low, canvas, high, mark, generated, differs, note);
    tooltip.setWrapText(true);
    tooltip.setMaxWidth(TOOLTIP_WIDTH);
    Tooltip.install(this, tooltip);
    comparison.noteProperty().subscribe(this::setNote);
    comparison.shadingProperty().subscribe(this::setShading);
    RenderScale.follow(canvas, this::draw);
  }

  /** Sets the colours. */
  public void setDark(boolean newDark) {
    dark = newDark;
    draw();
  }

  /** Says what the shades are of, or what they wait for; empty for nothing. */
  private void setNote(String words) {
    note.setText(words);
    boolean said = !words.isEmpty();
    note.setVisible(said);
    note.setManaged(said);
    for (Node node : List.of(mark, generated, differs)) {
      node.setVisible(!said); // there is room for one of them
      node.setManaged(!said);
    }
  }

  private void setShading(TokenShading newShading) {
    shading = newShading;
    draw();
  }

  private void draw() {
    TokenScale scale = shading.scale(dark);
    low.setText(shading.low());
    high.setText(shading.high());
    tooltip.setText(
        shading.meaning()
            + "\nUnderlined tokens were generated (greedy). The flag stands before the first generated token that differs from the reference arm’s; under the reference, from any other arm’s. Tokens between two purple lines are brushed.");
    GraphicsContext g = canvas.getGraphicsContext2D();
    for (int x = 0; x < WIDTH; x++) {
      g.setFill(scale.at(x / (WIDTH - 1)));
      g.fillRect(x, 0, 1, HEIGHT);
    }
    g.setStroke(scale.at(0.5));
    g.strokeRect(0.5, 0.5, WIDTH - 1, HEIGHT - 1);
  }

  private static Label caption() {
    Label label = new Label();
    label.getStyleClass().addAll("text-muted", "caption");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }
}
