package org.lambdascope.app.mask;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.lambdascope.app.common.Formats;

/** The axes of a mask: keys along the top, queries down the left. */
final class MaskAxes {

  private static final Font FONT = Font.font("System", 12);
  private static final double TICK = 5;
  private static final double LEAST_ACROSS = 70;
  private static final double LEAST_DOWN = 34;

  private MaskAxes() {}

  static void draw(GraphicsContext g, MaskPlot plot, MaskPalette palette) {
    Color ink = colour(palette.mutedInk());
    g.setFont(FONT);
    g.setFill(ink);
    g.setStroke(ink);
    g.setLineWidth(1);
    g.strokeRect(plot.left() - 0.5, plot.top() - 0.5, plot.width() + 1, plot.height() + 1);
    MaskSpan span = plot.span();
    double cellWidth = plot.width() / span.keys();
    double cellHeight = plot.height() / span.queries();
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.BOTTOM);
    int across = step(span.keys(), plot.width() / LEAST_ACROSS);
    for (int key = firstTick(span.keyFrom(), across); key < span.keyTo(); key += across) {
      double x = Math.floor(plot.x(key) + cellWidth / 2) + 0.5;
      g.strokeLine(x, plot.top() - TICK, x, plot.top() - 1);
      g.fillText(Formats.count(key), x, plot.top() - TICK - 2);
    }
    g.setTextAlign(TextAlignment.RIGHT);
    g.setTextBaseline(VPos.CENTER);
    int down = step(span.queries(), plot.height() / LEAST_DOWN);
    for (int query = firstTick(span.queryFrom(), down); query < span.queryTo(); query += down) {
      double y = Math.floor(plot.y(query) + cellHeight / 2) + 0.5;
      g.strokeLine(plot.left() - TICK, y, plot.left() - 1, y);
      g.fillText(Formats.count(query), plot.left() - TICK - 3, y);
    }
    titles(g, plot);
  }

  private static void titles(GraphicsContext g, MaskPlot plot) {
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.TOP);
    g.fillText("key position j", plot.left() + plot.width() / 2, 2);
    g.save();
    g.translate(2, plot.top() + plot.height() / 2);
    g.rotate(-90);
    g.fillText("query position i", 0, 0);
    g.restore();
  }

  private static int firstTick(int from, int step) {
    return Math.ceilDiv(from, step) * step;
  }

  /** The round step of 1, 2 or 5 times a power of ten that gives at most {@code most} ticks. */
  static int step(int length, double most) {
    int power = 1;
    while (true) {
      for (int digit : new int[] {1, 2, 5}) {
        if (length / (double) (digit * power) <= Math.max(2, most)) {
          return digit * power;
        }
      }
      power *= 10;
    }
  }

  /** A colour of {@code 0xRRGGBB}. */
  static Color colour(int rgb) {
    return Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
  }
}
