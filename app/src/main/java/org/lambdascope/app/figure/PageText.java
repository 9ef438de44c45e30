package org.lambdascope.app.figure;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.Size2D;
import org.jfree.data.Range;

/** Draws and measures titles and the labels of axes on a page. */
final class PageText {

  private final Graphics2D g2;
  private final ChartStyle style;

  PageText(Graphics2D g2, ChartStyle style) {
    this.g2 = g2;
    this.style = style;
  }

  /** Draws a line or more of centred text, or only measures it when y is NaN. */
  double draw(String text, Font font, double left, double right, double y) {
    if (text.isEmpty()) {
      return 0;
    }
    TextTitle title = new TextTitle(text, font);
    title.setPaint(style.theme().text());
    title.setPadding(0, 0, 2, 0);
    double width = right - left;
    Size2D measured =
        title.arrange(g2, new RectangleConstraint(new Range(0, width), new Range(0, 1000)));
    if (!Double.isNaN(y)) {
      title.draw(g2, new Rectangle2D.Double(left, y, width, measured.height));
    }
    return measured.height;
  }

  /** The label of a vertical axis, broken before its unit where the plot is too low for it. */
  List<String> yLabelLines(Panel panel, double plotHeight) {
    String label = panel.y().label();
    int unit = label.indexOf(" (");
    boolean fits = labelMetrics().stringWidth(label) <= plotHeight;
    return fits || unit < 0
        ? List.of(label)
        : List.of(label.substring(0, unit), label.substring(unit + 1));
  }

  /** Draws the label of a vertical axis in the middle of its height. */
  void yLabel(List<String> lines, double x, double y, double height) {
    g2.setFont(style.label());
    g2.setPaint(style.theme().text());
    AffineTransform saved = g2.getTransform();
    for (int i = 0; i < lines.size(); i++) {
      double length = labelMetrics().stringWidth(lines.get(i));
      g2.translate(x + (i + 0.8) * lineHeight(), y + (height + length) / 2);
      g2.rotate(-Math.PI / 2);
      g2.drawString(lines.get(i), 0f, 0f);
      g2.setTransform(saved);
    }
  }

  double lineHeight() {
    return style.type().label() * 1.2;
  }

  private FontMetrics labelMetrics() {
    return g2.getFontMetrics(style.label());
  }
}
