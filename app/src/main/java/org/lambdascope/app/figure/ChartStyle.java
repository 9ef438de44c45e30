package org.lambdascope.app.figure;

/**
 * How a panel becomes a chart.
 *
 * @param theme colours
 * @param fontScale factor on the print sizes (7 to 8.5 points)
 * @param decimateAbove series with more points are drawn as the envelope of their columns
 * @param columnsPerUnit columns of that envelope per unit of length on the page (points or pixels)
 * @param legend whether the chart has its own title, legend and colour bar
 */
public record ChartStyle(
    FigureTheme theme, float fontScale, int decimateAbove, double columnsPerUnit, boolean legend) {

  /** For a window: pixels, two columns per pixel so that dense screens stay sharp. */
  public static ChartStyle screen(FigureTheme theme) {
    return new ChartStyle(theme, 1.45f, 2000, 2, true);
  }

  /** For a page in points, under a common legend: vector, at most about 4,000 points a series. */
  static ChartStyle page(FigureTheme theme) {
    return new ChartStyle(theme, 1f, 4000, 0, false);
  }
}
