package org.lambdascope.app.figure;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Lays a table out on a page as LaTeX's booktabs does: three rules, no vertical ones, names at the
 * left, numbers to the right of their columns.
 */
final class TablePage {

  private static final double MARGIN = 3;

  /** Distance of base lines, and room around a rule, in sizes of type. */
  private static final double LEADING = 1.5;

  private static final double RULE_ROOM = 0.55;

  /** Room between columns, in sizes of type: never less, and not more than this. */
  private static final double LEAST_GAP = 0.9;

  private static final double MOST_GAP = 2.6;

  private static final float HEAVY_RULE = 0.8f;
  private static final float LIGHT_RULE = 0.5f;
  private static final float UNDERLINE = 0.5f;

  /** Smaller type cannot be read. */
  private static final float LEAST_TYPE = 5;

  private final Graphics2D g2;
  private final Table table;
  private final ExportOptions options;
  private Font font;
  private double[] widths;
  private double gap;
  private double y;

  private TablePage(Graphics2D g2, Table table, ExportOptions options) {
    this.g2 = g2;
    this.table = table;
    this.options = options;
    float size = options.type().label();
    double room = options.size().widthPoints() - 2 * MARGIN;
    font = options.type().font().awt(size);
    widths = widths();
    // Many columns take smaller type rather than more than the page.
    while (natural(LEAST_GAP) > room && size > LEAST_TYPE) {
      size -= 0.5f;
      font = options.type().font().awt(size);
      widths = widths();
    }
    double free = room - natural(0);
    gap = Math.clamp(free / (widths.length - 1), 0, MOST_GAP * size);
  }

  /** A page that is as high as the table. */
  static FigureSize size(Table table, double widthMm, Typography type) {
    double size = type.label();
    double lines = 1.0;
    double rules = 2;
    for (Table.Section section : table.sections()) {
      lines += section.rows().size() + (section.title().isEmpty() ? 0 : 1);
      rules++;
    }
    double points = 2 * MARGIN + size * (lines * LEADING + rules * 2 * RULE_ROOM);
    return FigureSize.ofPoints(widthMm, points);
  }

  /** Draws a table over a whole page, in points. */
  static void draw(Graphics2D g2, Table table, ExportOptions options) {
    g2.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    new TablePage(g2, table, options).draw();
  }

  /** The widths of the columns; the first one holds the names. */
  private double[] widths() {
    FontMetrics metrics = g2.getFontMetrics(font);
    double[] most = new double[table.columns().size() + 1];
    most[0] = metrics.stringWidth(table.corner());
    for (int c = 0; c < table.columns().size(); c++) {
      most[c + 1] = metrics.stringWidth(table.columns().get(c));
    }
    for (Table.Section section : table.sections()) {
      for (int r = 0; r < section.rows().size(); r++) {
        most[0] = Math.max(most[0], metrics.stringWidth(section.rows().get(r).name()));
        for (int c = 0; c < table.columns().size(); c++) {
          most[c + 1] = Math.max(most[c + 1], metrics.stringWidth(section.text(r, c)));
        }
      }
    }
    return most;
  }

  private double natural(double gaps) {
    double sum = 0;
    for (double width : widths) {
      sum += width + gaps * font.getSize2D();
    }
    return sum - gaps * font.getSize2D();
  }

  private void draw() {
    FigureSize page = options.size();
    g2.setPaint(options.theme().background());
    g2.fill(new Rectangle2D.Double(0, 0, page.widthPoints(), page.heightPoints()));
    g2.setPaint(options.theme().text());
    g2.setFont(font);
    double width = natural(0) + gap * (widths.length - 1);
    double left = Math.max(MARGIN, (page.widthPoints() - width) / 2);
    y = MARGIN;
    rule(left, width, HEAVY_RULE);
    line(left, table.corner(), table.columns());
    for (Table.Section section : table.sections()) {
      rule(left, width, LIGHT_RULE);
      if (!section.title().isEmpty()) {
        line(left, section.title(), List.of());
      }
      for (int r = 0; r < section.rows().size(); r++) {
        row(left, section, r);
      }
    }
    rule(left, width, HEAVY_RULE);
  }

  private void rule(double left, double width, float weight) {
    y += RULE_ROOM * font.getSize2D();
    g2.setStroke(new BasicStroke(weight, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    g2.draw(new Line2D.Double(left, y, left + width, y));
    y += RULE_ROOM * font.getSize2D();
  }

  private void line(double left, String name, List<String> cells) {
    double base = base();
    g2.drawString(name, (float) left, (float) base);
    double right = left + widths[0];
    for (int c = 0; c < cells.size(); c++) {
      right += gap + widths[c + 1];
      cell(cells.get(c), right, base, false);
    }
  }

  private void row(double left, Table.Section section, int row) {
    double base = base();
    g2.drawString(section.rows().get(row).name(), (float) left, (float) base);
    double right = left + widths[0];
    for (int c = 0; c < table.columns().size(); c++) {
      right += gap + widths[c + 1];
      cell(section.text(row, c), right, base, section.isBest(row, c));
    }
  }

  private void cell(String text, double right, double base, boolean underlined) {
    double width = g2.getFontMetrics(font).stringWidth(text);
    g2.drawString(text, (float) (right - width), (float) base);
    if (underlined) {
      double under = base + 0.18 * font.getSize2D();
      g2.setStroke(new BasicStroke(UNDERLINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
      g2.draw(new Line2D.Double(right - width, under, right, under));
    }
  }

  /** The base line of the next line of text. */
  private double base() {
    double size = font.getSize2D();
    y += LEADING * size;
    // Digits stand about 0.7 sizes above their base line; what is left is split above and below.
    return y - (LEADING - 0.7) / 2 * size;
  }
}
