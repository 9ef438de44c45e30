package org.lambdascope.app.common;

import java.util.function.IntToDoubleFunction;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/** Draws one token after another: its shade, its text, and the marks that it bears. */
final class TokenPainter {

  private final boolean dark;
  private final TokenScale nll;
  private final TokenScale difference;

  TokenPainter(boolean dark) {
    this.dark = dark;
    this.nll = TokenScale.nll(dark);
    this.difference = TokenScale.difference(dark);
  }

  /** Where a token stands on the canvas. */
  record Box(double x, double y, double width, double height) {}

  Color background() {
    return nll.shade(0);
  }

  Color accent() {
    return dark ? Color.web("#58a6ff") : Color.web("#0969da");
  }

  /** What was brushed in a plot. */
  private Color brush() {
    return dark ? Color.web("#e2c5ff") : Color.web("#8250df");
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
    IntToDoubleFunction differences = document.difference();
    Color shade =
        differences == null
            ? nll.shade(document.nll().applyAsDouble(position))
            : difference.shade(differences.applyAsDouble(position));
    g.setFill(shade);
    g.fillRect(at.x(), at.y(), at.width(), at.height());
    g.setFill(TokenScale.textOn(shade));
    g.fillText(label, at.x(), at.y() + at.height() / 2);
    if (position >= document.generatedFrom()) {
      g.setFill(accent());
      g.fillRect(at.x(), at.y() + at.height() - 1, at.width(), 2);
    }
    if (brushed) {
      g.setStroke(brush());
      g.setLineWidth(2);
      g.setLineDashes(3, 2);
      g.strokeRect(at.x() + 1, at.y() + 1, at.width() - 2, at.height() - 2);
      g.setLineDashes();
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
