package org.lambdascope.app.common;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.lambdascope.app.figure.Panel;

/** What can be done with a chart besides looking at it. */
public interface ChartActions {

  /** Puts an image of the chart on the clipboard. */
  void copy(Panel panel);

  /**
   * Asks for a file and writes the chart there.
   *
   * @param format file extension without the dot: svg, pdf, png or csv
   * @param name suggested name of the file, without extension
   */
  void export(Panel panel, String format, String name);

  /** Takes note of the chart that was pressed or focused last. */
  void used(ChartSource chart);

  /**
   * Opens the chart as a figure whose title, labels, ranges and page can be set.
   *
   * @param name suggested name of its files, without extension
   */
  void openAsFigure(Panel panel, String name);

  /**
   * Draws in the background.
   *
   * @param work draws
   * @param done takes what it drew, on the user-interface thread
   * @param failed is called there instead if it cannot be drawn
   */
  <T> void draw(Callable<T> work, Consumer<? super T> done, Runnable failed);
}
