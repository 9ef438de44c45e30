package org.lambdascope.app.settings;

/**
 * How the window was left. Positions of dividers are shares of the room that they divide, 0 to 1.
 *
 * @param x left edge on the screen; NaN where the system may choose
 * @param y upper edge on the screen; NaN where the system may choose
 * @param width of the content, in pixels; NaN for that of a first start
 * @param height of the content, in pixels; NaN for that of a first start
 * @param maximized whether it filled the screen
 * @param library whether the tree on the left is shown
 * @param bottom whether the jobs and the log are shown
 * @param libraryDivider between the tree and the pages
 * @param sideDivider between the pages and the settings of the arm
 * @param bottomDivider between the pages and the jobs
 */
public record WindowLayout(
    double x,
    double y,
    double width,
    double height,
    boolean maximized,
    boolean library,
    boolean bottom,
    double libraryDivider,
    double sideDivider,
    double bottomDivider) {

  /** That of a first start, made for 1280 × 800. */
  public static final WindowLayout FIRST =
      new WindowLayout(
          Double.NaN, Double.NaN, Double.NaN, Double.NaN, false, true, false, 0.155, 0.715, 0.7);
}
