package org.lambdascope.app.figure;

import java.text.NumberFormat;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/** Makes axes that look the same in every locale. */
final class Axes {

  private Axes() {}

  /** The range in which an axis is drawn. */
  static Range range(AxisSpec axis, Panel panel, boolean horizontal) {
    AxisRange data = horizontal ? panel.dataX() : panel.dataY();
    AxisRange range = axis.range();
    if (range == null && data != null) {
      range = horizontal ? panel.roomX() : panel.roomY();
    }
    if (range == null || (axis.log() && range.max() <= 0)) {
      range = axis.log() ? new AxisRange(1, 10) : new AxisRange(0, 1);
    }
    if (axis.log()) {
      double min = range.min() > 0 ? range.min() : Math.min(1, range.max());
      return min < range.max() ? new Range(min, range.max()) : new Range(min / 2, range.max() * 2);
    }
    AxisRange proper = range.proper();
    return new Range(proper.min(), proper.max());
  }

  static ValueAxis axis(AxisSpec spec, Range range, boolean horizontal, ChartStyle style) {
    ValueAxis axis;
    if (!spec.categories().isEmpty()) {
      SymbolAxis symbols = new SymbolAxis(spec.label(), spec.categories().toArray(String[]::new));
      symbols.setGridBandsVisible(false);
      axis = symbols;
    } else if (spec.log()) {
      LogAxis log = new LogAxis(spec.label());
      log.setNumberFormatOverride(logNumbers());
      axis = log;
    } else {
      NumberAxis linear = new NumberAxis(spec.label());
      linear.setAutoRangeIncludesZero(false);
      linear.setStandardTickUnits(new RoundTicks(false));
      axis = linear;
    }
    axis.setDefaultAutoRange(range);
    axis.setLowerMargin(0);
    axis.setUpperMargin(0);
    axis.setAutoRangeMinimumSize(Double.MIN_NORMAL);
    axis.setRange(range);
    dress(axis, horizontal, style);
    return axis;
  }

  static void dress(ValueAxis axis, boolean horizontal, ChartStyle style) {
    FigureTheme theme = style.theme();
    float s = style.fontScale();
    axis.setLabelFont(style.label());
    axis.setTickLabelFont(style.small());
    axis.setLabelPaint(theme.text());
    axis.setTickLabelPaint(theme.text());
    axis.setAxisLinePaint(theme.text());
    axis.setAxisLineStroke(Strokes.thin(s));
    axis.setTickMarkPaint(theme.text());
    axis.setTickMarkStroke(Strokes.thin(s));
    axis.setTickMarkOutsideLength(2.2f * s);
    axis.setLabelInsets(new RectangleInsets(1.5 * s, 1.5 * s, 1.5 * s, 1.5 * s));
    // Wide insets along the axis keep ticks few; across it they would only cost room.
    RectangleInsets insets =
        horizontal
            ? new RectangleInsets(1 * s, 3.5 * s, 1 * s, 3.5 * s)
            : new RectangleInsets(4 * s, 2 * s, 4 * s, 2 * s);
    axis.setTickLabelInsets(insets);
  }

  private static NumberFormat logNumbers() {
    NumberFormat format = RoundTicks.format(0);
    format.setMaximumFractionDigits(9);
    return format;
  }
}
