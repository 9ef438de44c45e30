package org.lambdascope.app.figure;

import java.awt.Font;

/**
 * How a panel becomes a chart.
 *
 * @param theme colours
 * @param type fonts and their sizes in print
 * @param fontScale factor on the sizes of print
 * @param decimateAbove series with more points are drawn as the envelope of their columns
 * @param columnsPerUnit columns of that envelope per unit of length on the page (points or pixels)
 * @param legend whether the chart has its own title, legend and colour bar
 */
public record ChartStyle(
    FigureTheme theme,
    Typography type,
    float fontScale,
    int decimateAbove,
    double columnsPerUnit,
    boolean legend) {

  /** For a window: pixels, two columns per pixel so that dense screens stay sharp. */
  public static ChartStyle screen(FigureTheme theme) {
    return new ChartStyle(theme, Typography.DEFAULT, 1.45f, 2000, 2, true);
  }

  /** For a page in points, under a common legend: vector, at most about 4,000 points a series. */
  static ChartStyle page(FigureTheme theme, Typography type) {
    return new ChartStyle(theme, type, 1f, 4000, 0, false);
  }

  /** The font of tick labels and the legend. */
  Font small() {
    return type.font().awt(type.small() * fontScale);
  }

  /** The font of axis labels and the titles of panels. */
  Font label() {
    return type.font().awt(type.label() * fontScale);
  }

  /** The font of the title above everything. */
  Font title() {
    return type.font().awt(type.title() * fontScale);
  }
}
