package org.lambdascope.app.common;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.IntBuffer;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.BrushKey;
import org.lambdascope.app.figure.FigureCharts;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Panel;

/**
 * A chart and a picture of it, which can be made on any thread.
 *
 * @param plot the chart's axes and data
 * @param image pixels of the screen, several to one of the toolkit where the screen has more
 * @param info where on the picture the plot lies, in pixels of the toolkit
 * @param view what of the chart was wished for, and how large
 * @param x range of the horizontal axis on the picture; the plot's is another once it is zoomed
 * @param y range of the vertical axis on the picture
 */
record ChartPicture(
    XYPlot plot, Image image, ChartRenderingInfo info, View view, Range x, Range y) {

  private static final Font UNUSED = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  /**
   * What is to be seen of a chart.
   *
   * @param width in pixels of the toolkit
   * @param height in pixels of the toolkit
   * @param scale pixels of the screen to one of the toolkit
   * @param x range of the horizontal axis; null for that of the data
   * @param y range of the vertical axis; null for that of the data
   * @param brushed how brushed tokens are marked above it; null for no marks
   */
  record View(
      int width,
      int height,
      double scale,
      @Nullable Range x,
      @Nullable Range y,
      @Nullable BrushKey brushed) {}

  /** Draws a chart. */
  static ChartPicture of(Panel panel, FigureTheme theme, View view) {
    JFreeChart chart = FigureCharts.chart(panel, theme, view.brushed());
    XYPlot plot = chart.getXYPlot();
    if (view.x() != null) {
      plot.getDomainAxis().setRange(view.x());
    }
    if (view.y() != null) {
      plot.getRangeAxis().setRange(view.y());
    }
    int width = (int) Math.ceil(view.width() * view.scale());
    int height = (int) Math.ceil(view.height() * view.scale());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
    ChartRenderingInfo info = new ChartRenderingInfo();
    Graphics2D g2 = image.createGraphics();
    try {
      g2.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g2.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      g2.scale(view.scale(), view.scale());
      chart.draw(g2, new Rectangle2D.Double(0, 0, view.width(), view.height()), info);
    } finally {
      g2.dispose();
    }
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    PixelBuffer<IntBuffer> buffer =
        new PixelBuffer<>(
            width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
    return new ChartPicture(
        plot,
        new WritableImage(buffer),
        info,
        view,
        plot.getDomainAxis().getRange(),
        plot.getRangeAxis().getRange());
  }

  /** Whether the axes still have the ranges that the picture shows. */
  boolean showsItsRanges() {
    return plot.getDomainAxis().getRange().equals(x) && plot.getRangeAxis().getRange().equals(y);
  }

  /**
   * A chart of the same axes that, where it is to be drawn, only says so.
   *
   * @param draw shows the picture
   */
  JFreeChart chart(Runnable draw) {
    return new JFreeChart(null, UNUSED, plot, false) {
      private static final long serialVersionUID = 1;

      @Override
      public void draw(Graphics2D g2, Rectangle2D area, Point2D anchor, ChartRenderingInfo filled) {
        filled.setChartArea(info.getChartArea());
        filled.setEntityCollection(info.getEntityCollection());
        filled.getPlotInfo().setPlotArea(info.getPlotInfo().getPlotArea());
        filled.getPlotInfo().setDataArea(info.getPlotInfo().getDataArea());
        draw.run();
      }
    };
  }
}
