package org.lambdascope.app.figure;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.ui.RectangleEdge;

/**
 * A linear axis with the finest round ticks whose labels stand apart: at least two where they fit,
 * at most eight. JFreeChart's own choice reckons with insets and leaves narrow axes with one tick.
 */
final class LinearAxis extends NumberAxis {

  private static final long serialVersionUID = 1L;
  private static final int MOST_TICKS = 8;

  /** Free room between labels, in their font's size. */
  private static final double GAP = 0.35;

  /** Room that a label takes upwards, in its font's size. */
  private static final double LINE = 1.7;

  private final transient RoundTicks ticks;

  LinearAxis(String label, boolean wholeNumbers) {
    super(label);
    ticks = new RoundTicks(wholeNumbers);
    setStandardTickUnits(ticks);
    setAutoRangeIncludesZero(false);
  }

  @Override
  protected void selectAutoTickUnit(Graphics2D g2, Rectangle2D area, RectangleEdge edge) {
    boolean horizontal = RectangleEdge.isTopOrBottom(edge);
    double length = horizontal ? area.getWidth() : area.getHeight();
    double extent = getRange().getLength();
    FontMetrics metrics = g2.getFontMetrics(getTickLabelFont());
    NumberTickUnit unit = (NumberTickUnit) ticks.getCeilingTickUnit(extent / MOST_TICKS);
    while (unit.getSize() < extent && !fits(unit, length, extent, horizontal, metrics)) {
      unit = (NumberTickUnit) ticks.getLargerTickUnit(unit);
    }
    setTickUnit(unit, false, false);
  }

  private boolean fits(
      NumberTickUnit unit, double length, double extent, boolean horizontal, FontMetrics metrics) {
    double apart = length * unit.getSize() / extent;
    double size = getTickLabelFont().getSize2D();
    if (!horizontal) {
      return apart >= LINE * size;
    }
    double first = Math.ceil(getLowerBound() / unit.getSize()) * unit.getSize();
    double last = Math.floor(getUpperBound() / unit.getSize()) * unit.getSize();
    double widest =
        Math.max(
            metrics.stringWidth(unit.valueToString(first)),
            metrics.stringWidth(unit.valueToString(last)));
    return apart >= widest + GAP * size;
  }
}
