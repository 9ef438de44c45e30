package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.LengthConstraintType;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.Size2D;
import org.jspecify.annotations.Nullable;

/** A vertical colour bar with its axis, at the right of a plot. */
final class ColourBar extends Title {

  private static final long serialVersionUID = 1L;
  private static final int STRIPS = 96;

  private final transient ChartStyle style;
  private final ColourMap map;
  private final NumberAxis axis;

  ColourBar(ColourScale scale, ChartStyle style) {
    this.style = style;
    map = scale.map();
    axis = new NumberAxis(scale.label());
    AxisRange range = scale.range().proper();
    axis.setRange(range.min(), range.max());
    axis.setStandardTickUnits(new RoundTicks(scale.wholeNumbers()));
    Axes.dress(axis, false, style);
    setPosition(RectangleEdge.RIGHT);
  }

  /** Room that the bar takes at the right, in units of the page. */
  double width() {
    return 44 * style.fontScale();
  }

  @Override
  public Size2D arrange(Graphics2D g2, RectangleConstraint constraint) {
    LengthConstraintType type = constraint.getHeightConstraintType();
    double height = 100 * style.fontScale();
    if (type.equals(LengthConstraintType.FIXED)) {
      height = constraint.getHeight();
    } else if (type.equals(LengthConstraintType.RANGE)) {
      height = constraint.getHeightRange().getUpperBound();
    }
    return new Size2D(width(), height);
  }

  @Override
  public void draw(Graphics2D g2, Rectangle2D area) {
    draw(g2, area, null);
  }

  @Override
  public @Nullable Object draw(Graphics2D g2, Rectangle2D area, @Nullable Object params) {
    float s = style.fontScale();
    double top = area.getY() + 6 * s;
    double height = Math.max(1, area.getHeight() - 32 * s);
    drawBar(g2, new Rectangle2D.Double(area.getX() + 2 * s, top, 6 * s, height), area);
    return null;
  }

  /** Draws the bar beside a plot of known place, so that both have the same height. */
  void drawBar(Graphics2D g2, Rectangle2D bar, Rectangle2D area) {
    for (int i = 0; i < STRIPS; i++) {
      // Each strip reaches to the bottom: abutting edges would leave hairlines when smoothed.
      double y = bar.getY() + bar.getHeight() * i / STRIPS;
      g2.setPaint(map.colour(1 - (i + 0.5) / STRIPS, style.theme()));
      g2.fill(new Rectangle2D.Double(bar.getX(), y, bar.getWidth(), bar.getMaxY() - y));
    }
    axis.draw(g2, bar.getMaxX(), area, bar, RectangleEdge.RIGHT, null);
  }
}
