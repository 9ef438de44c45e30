package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * Draws a heat map as one image within the vector figure. Cells as vector rectangles would show
 * hairlines where viewers smooth their common edges, and grow the file with each cell.
 */
final class HeatMapPainter {

  /**
   * Least pixels along the longer side. Some viewers blur an image that they enlarge, whatever the
   * file asks for; a blur of single pixels of many is not seen.
   */
  private static final int PIXELS = 768;

  private HeatMapPainter() {}

  static void draw(
      Graphics2D g2, HeatMapSeries map, Panel panel, ChartStyle style, PlotArea area) {
    AxisRange x = AxisRange.of(map.x());
    AxisRange y = AxisRange.of(map.y());
    ColourScale scale = panel.scale();
    if (x == null || y == null || scale == null) {
      return;
    }
    double stepX = 2 * map.reachX();
    double stepY = 2 * map.reachY();
    int columns = (int) Math.round((x.max() - x.min()) / stepX) + 1;
    int rows = (int) Math.round((y.max() - y.min()) / stepY) + 1;
    int enlarged = Math.max(1, Math.ceilDiv(PIXELS, Math.max(columns, rows)));
    BufferedImage image =
        new BufferedImage(columns * enlarged, rows * enlarged, BufferedImage.TYPE_INT_RGB);
    Graphics2D cells = image.createGraphics();
    try {
      cells.setPaint(style.theme().background());
      cells.fillRect(0, 0, image.getWidth(), image.getHeight());
      for (int i = 0; i < map.x().length; i++) {
        if (Double.isFinite(map.value()[i])) {
          int column = (int) Math.round((map.x()[i] - x.min()) / stepX);
          int row = rows - 1 - (int) Math.round((map.y()[i] - y.min()) / stepY);
          cells.setPaint(scale.at(map.value()[i], style.theme()));
          cells.fillRect(column * enlarged, row * enlarged, enlarged, enlarged);
        }
      }
    } finally {
      cells.dispose();
    }
    double[] acrossX = area.x(new double[] {x.min() - map.reachX(), x.max() + map.reachX()});
    double[] acrossY = area.y(new double[] {y.max() + map.reachY(), y.min() - map.reachY()});
    AffineTransform placed = AffineTransform.getTranslateInstance(acrossX[0], acrossY[0]);
    placed.scale(
        (acrossX[1] - acrossX[0]) / image.getWidth(),
        (acrossY[1] - acrossY[0]) / image.getHeight());
    Shape clip = g2.getClip();
    g2.clip(area.area());
    g2.drawImage(image, placed, null);
    g2.setClip(clip);
  }
}
