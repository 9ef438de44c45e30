package org.lambdascope.app.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Arrays;

/** Draws lines, their bands and their marks. */
final class LinePainter {

  private static final int BAND_ALPHA = 40;
  private static final int DENSE = 400;

  /** Marks on a longer line, about; on a narrow plot as many as stand so far apart, in points. */
  private static final int MARKS = 6;

  private static final int LEAST_MARKS = 3;
  private static final double MARK_EVERY = 25;

  private final Panel panel;
  private final ChartStyle style;

  LinePainter(Panel panel, ChartStyle style) {
    this.panel = panel;
    this.style = style;
  }

  /** Draws a line and its marks; {@code index} keeps the marks of several lines apart. */
  void line(Graphics2D g2, LineSeries line, int index, PlotArea page) {
    double[] x = page.x(line.x());
    double[] y = page.y(line.y());
    int[] kept = kept(x, y, page);
    Turns turns = new Turns(line, y, panel, page, style.fontScale());
    Path2D path = new Path2D.Double();
    Turns.Share share = Turns.Share.ALL;
    boolean open = false;
    int run = 0;
    double lastX = 0;
    double lastY = 0;
    float width = style.fontScale() * (x.length > DENSE ? 0.7f : 1f);
    g2.setPaint(Colours.of(line.colour(), panel, style.theme()));
    double r = 1.3 * style.fontScale();
    for (int j = 0; j <= kept.length; j++) {
      boolean gap =
          j == kept.length || !Double.isFinite(x[kept[j]]) || !Double.isFinite(y[kept[j]]);
      if (gap) {
        if (run == 1) {
          // A single point has no length: a dot keeps it from vanishing, where it has no mark.
          g2.fill(new Ellipse2D.Double(lastX - r, lastY - r, 2 * r, 2 * r));
        }
        open = false;
        run = 0;
        continue;
      }
      if (open) {
        Turns.Share next = turns.between(kept[j - 1], kept[j]);
        if (!next.equals(share)) {
          g2.setStroke(Strokes.of(line.dash(), share, width));
          g2.draw(path);
          path = new Path2D.Double();
          path.moveTo(lastX, lastY);
          share = next;
        }
        path.lineTo(x[kept[j]], y[kept[j]]);
      } else {
        path.moveTo(x[kept[j]], y[kept[j]]);
        open = true;
      }
      lastX = x[kept[j]];
      lastY = y[kept[j]];
      run++;
    }
    g2.setStroke(Strokes.of(line.dash(), share, width));
    g2.draw(path);
    if (line.mark() != Mark.NONE) {
      marks(g2, line, index, x, y, page, turns);
    }
  }

  /**
   * On every point of a short line, in turns where it shares points with others; else on a few at
   * even distances on the page.
   */
  private void marks(
      Graphics2D g2,
      LineSeries line,
      int index,
      double[] x,
      double[] y,
      PlotArea page,
      Turns turns) {
    double many = Math.rint(page.width() / (MARK_EVERY * style.fontScale()));
    double step =
        line.isMarkedThroughout() ? 0 : page.width() / Math.clamp(many, LEAST_MARKS, MARKS);
    double next = page.left() + step * (0.3 + 0.618034 * index % 1);
    g2.setStroke(Strokes.thin(style.fontScale()));
    Color fill = (Color) g2.getPaint();
    for (int i = 0; i < x.length; i++) {
      Turns.Share share = step == 0 ? turns.at(i) : Turns.Share.ALL;
      if (Double.isFinite(x[i])
          && page.holds(x[i], y[i])
          && (step == 0 ? i % share.of() == share.turn() : x[i] >= next)) {
        Shape shape = line.mark().at(x[i], y[i], 2.1 * style.fontScale());
        g2.setPaint(fill);
        g2.fill(shape);
        // A thin edge in the colour of the page keeps marks readable where lines cross them.
        g2.setPaint(style.theme().background());
        g2.draw(shape);
        while (step > 0 && next <= x[i]) {
          next += step;
        }
      }
    }
  }

  /** Draws the band of a line, if it has one. */
  void band(Graphics2D g2, LineSeries line, PlotArea page) {
    Band band = line.band();
    if (band == null) {
      return;
    }
    double[] x = page.x(line.x());
    double[] low = page.y(band.low());
    double[] high = page.y(band.high());
    Color c = Colours.of(line.colour(), panel, style.theme());
    g2.setPaint(new Color(c.getRed(), c.getGreen(), c.getBlue(), BAND_ALPHA));
    int i = 0;
    while (i < x.length) {
      int from = i;
      while (i < x.length
          && Double.isFinite(x[i])
          && Double.isFinite(low[i])
          && Double.isFinite(high[i])) {
        i++;
      }
      if (i - from > 1) {
        g2.fill(band(x, low, high, from, i, page));
      }
      i++;
    }
  }

  private Path2D band(double[] x, double[] low, double[] high, int from, int to, PlotArea page) {
    double[] part = Arrays.copyOfRange(x, from, to);
    double[] lower = Arrays.copyOfRange(low, from, to);
    double[] upper = Arrays.copyOfRange(high, from, to);
    Path2D path = new Path2D.Double();
    int[] there = kept(part, upper, page);
    for (int j = 0; j < there.length; j++) {
      if (j == 0) {
        path.moveTo(part[there[j]], upper[there[j]]);
      } else {
        path.lineTo(part[there[j]], upper[there[j]]);
      }
    }
    int[] back = kept(part, lower, page);
    for (int j = back.length - 1; j >= 0; j--) {
      path.lineTo(part[back[j]], lower[back[j]]);
    }
    path.closePath();
    return path;
  }

  private int[] kept(double[] x, double[] y, PlotArea page) {
    if (x.length <= style.decimateAbove()) {
      int[] all = new int[x.length];
      Arrays.setAll(all, i -> i);
      return all;
    }
    double perUnit =
        style.columnsPerUnit() > 0
            ? style.columnsPerUnit()
            : style.decimateAbove() / (4 * page.width());
    double[] columns = new double[x.length];
    Arrays.setAll(columns, i -> (x[i] - page.left()) * perUnit);
    return Envelope.indices(columns, y, page.width() * perUnit);
  }
}
