package org.lambdascope.app.settings;

import java.util.Map;

/**
 * How the window was left. Positions of dividers are shares of the room that they divide, 0 to 1.
 *
 * @param x left edge on the screen; NaN where the system may choose
 * @param y upper edge on the screen; NaN where the system may choose
 * @param width of the content, in pixels; NaN for that of a first start
 * @param height of the content, in pixels; NaN for that of a first start
 * @param maximized whether it filled the screen
 * @param library whether the tree on the left is shown
 * @param side whether the settings of the arm and the selected token are shown
 * @param bottom whether the jobs and the log are shown
 * @param libraryDivider between the tree and the pages
 * @param sideDivider between the pages and the settings of the arm
 * @param bottomDivider between the pages and the jobs
 * @param armDivider between the settings of the arm and the selected token
 * @param windows pages and parts that stood in windows of their own, by their names
 */
public record WindowLayout(
    double x,
    double y,
    double width,
    double height,
    boolean maximized,
    boolean library,
    boolean side,
    boolean bottom,
    double libraryDivider,
    double sideDivider,
    double bottomDivider,
    double armDivider,
    Map<String, WindowBounds> windows) {

  public WindowLayout {
    windows = Map.copyOf(windows);
  }

  /** That of a first start, made for 1280 × 800. */
  public static final WindowLayout FIRST =
      new WindowLayout(
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          false,
          true,
          true,
          false,
          0.14,
          0.725,
          0.7,
          0.38,
          Map.of());

  /** The same parts in a window at another place. */
  public WindowLayout placed(
      double newX, double newY, double newWidth, double newHeight, boolean nowMaximized) {
    return new WindowLayout(
        newX,
        newY,
        newWidth,
        newHeight,
        nowMaximized,
        library,
        side,
        bottom,
        libraryDivider,
        sideDivider,
        bottomDivider,
        armDivider,
        windows);
  }

  /** The same window with other parts shown. */
  public WindowLayout showing(boolean newLibrary, boolean newSide, boolean newBottom) {
    return new WindowLayout(
        x,
        y,
        width,
        height,
        maximized,
        newLibrary,
        newSide,
        newBottom,
        libraryDivider,
        sideDivider,
        bottomDivider,
        armDivider,
        windows);
  }

  /** The same window with its parts divided otherwise. */
  public WindowLayout divided(double newLibrary, double newSide, double newBottom, double newArm) {
    return new WindowLayout(
        x,
        y,
        width,
        height,
        maximized,
        library,
        side,
        bottom,
        newLibrary,
        newSide,
        newBottom,
        newArm,
        windows);
  }

  /** The same window with other parts of it in windows of their own. */
  public WindowLayout apart(Map<String, WindowBounds> newWindows) {
    return new WindowLayout(
        x,
        y,
        width,
        height,
        maximized,
        library,
        side,
        bottom,
        libraryDivider,
        sideDivider,
        bottomDivider,
        armDivider,
        newWindows);
  }
}
