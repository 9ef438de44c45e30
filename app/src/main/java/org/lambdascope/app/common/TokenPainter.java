package org.lambdascope.app.common;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import org.lambdascope.app.figure.FigureTheme;

/** Draws one token after another: its shade, its text, and the marks that it bears. */
final class TokenPainter {

  private final boolean dark;
  private final Map<TokenShading, TokenScale> scales = new EnumMap<>(TokenShading.class);

  TokenPainter(boolean dark) {
    this.dark = dark;
    for (TokenShading shading : TokenShading.values()) {
      scales.put(shading, shading.scale(dark));
    }
  }

  /**
   * Where a token stands on the canvas.
   *
   * @param baseline of its letters, below {@code y}
   */
  record Box(double x, double y, double width, double height, double baseline) {}

  Color background() {
    return TokenScale.nll(dark).at(0);
  }

  Color accent() {
    return dark ? Color.web("#58a6ff") : Color.web("#0969da");
  }

  /** What cannot be seen, or is said beside the text. */
  Color muted() {
    return dark ? Color.web("#8b949e") : Color.web("#57606a");
  }

  /** What was brushed in a plot. */
  private Color brush() {
    java.awt.Color c = (dark ? FigureTheme.DARK : FigureTheme.LIGHT).brush();
    return Color.rgb(c.getRed(), c.getGreen(), c.getBlue());
  }

  /**
   * Draws a token.
   *
   * @param selected whether it is the selected one
   * @param brushed whether it was brushed in a plot
   */
  void draw(
      GraphicsContext g,
      TokenDocument document,
      int position,
      String label,
      Box at,
      boolean selected,
      boolean brushed) {
    double value = document.values().applyAsDouble(position);
    Color shade = Objects.requireNonNull(scales.get(document.shading())).shade(value);
    // What has no value must not read as 0: it is not known yet, or nothing predicts it.
    boolean unknown =
        Double.isNaN(value) || (document.shading() == TokenShading.ATTENTION && value == 0);
    g.setFill(shade);
    g.fillRect(at.x(), at.y(), at.width(), at.height());
    g.setFill(unknown ? muted() : TokenScale.textOn(shade));
    g.fillText(label, at.x(), at.y() + at.baseline());
    if (position >= document.generatedFrom()) {
      g.setFill(accent());
      g.fillRect(at.x(), at.y() + at.height() - 1, at.width(), 2);
    }
    if (brushed) {
      // Above and below only: sides would cover the letters of a short token.
      g.setFill(brush());
      g.fillRect(at.x(), at.y(), at.width(), 2);
      g.fillRect(at.x(), at.y() + at.height() - 2, at.width(), 2);
    }
    if (position == document.divergesAt()) {
      divergence(g, at);
    }
    if (selected) {
      g.setStroke(accent());
      g.setLineWidth(2);
      g.strokeRect(at.x(), at.y(), at.width(), at.height());
    }
  }

  /** Says in the upper right corner what the shades wait for. */
  void drawNote(GraphicsContext g, String words, double textWidth, double right) {
    double width = textWidth + 12;
    g.setFill(background());
    g.fillRect(right - width, 0, width, 20);
    g.setStroke(muted());
    g.setLineWidth(1);
    g.strokeRect(right - width + 0.5, 0.5, width - 1, 19);
    g.setFill(muted());
    g.fillText(words, right - width + 6, 10);
  }

  /** A flag before the token: a shape, so that it needs no colour. */
  private void divergence(GraphicsContext g, Box at) {
    g.setFill(dark ? Color.web("#ff9bce") : Color.web("#bf3989"));
    double flag = 6;
    double x = at.x() - 1;
    double y = at.y() - 3;
    g.fillRect(x, y, 2, at.height() + 4);
    g.fillPolygon(new double[] {x, x + flag + 2, x}, new double[] {y, y + flag / 2, y + flag}, 3);
  }
}
