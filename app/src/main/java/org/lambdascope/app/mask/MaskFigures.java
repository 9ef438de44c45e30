package org.lambdascope.app.mask;

import java.util.Arrays;
import java.util.List;
import org.lambdascope.app.figure.AxisRange;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.ColourScale;
import org.lambdascope.app.figure.HeatMapSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.engine.experiment.ArmMask;
import org.lambdascope.engine.experiment.MaskRun;
import org.lambdascope.engine.experiment.Reach;

/** A mask as a chart of a paper: cells of queries and keys, coloured by effective distance. */
final class MaskFigures {

  /** Cells along an axis at most: more are finer than print. */
  private static final int MOST_CELLS = 192;

  private MaskFigures() {}

  /**
   * The part of a mask that is shown. A cell stands for the query in its middle; it is coloured if
   * that query sees any of its keys, so that a branch narrower than a cell does not vanish.
   *
   * @param pretrainLength {@code L_pretrain}: the end of the colour scale, or beyond it the longest
   *     distance
   */
  static Panel of(ArmMask mask, MaskSpan span, int pretrainLength) {
    int rows = Math.min(MOST_CELLS, span.queries());
    int columns = Math.min(MOST_CELLS, span.keys());
    double height = (double) span.queries() / rows;
    double width = (double) span.keys() / columns;
    double[] x = new double[rows * columns];
    double[] y = new double[x.length];
    double[] value = new double[x.length];
    Arrays.fill(value, Double.NaN);
    boolean others = false;
    double longest = Math.max(1, pretrainLength);
    for (int r = 0; r < rows; r++) {
      int query = span.queryFrom() + (int) ((r + 0.5) * height);
      for (int c = 0; c < columns; c++) {
        x[r * columns + c] = span.keyFrom() + (c + 0.5) * width - 0.5;
        y[r * columns + c] = span.queryFrom() + (r + 0.5) * height - 0.5;
      }
      for (MaskRun run : mask.row(query)) {
        if (placed(run)) {
          longest = Math.max(longest, fill(value, r * columns, columns, run, query, span, width));
        } else {
          others = true;
        }
      }
    }
    return new Panel(
        mask.arm().toString(),
        others ? "keys that are retrieved, or reached by cross-attention, are not drawn" : "",
        AxisSpec.linear("key position (tokens)"),
        AxisSpec.linear("query position (tokens)"),
        List.of(new HeatMapSeries("visible keys", x, y, value)),
        List.of(),
        new ColourScale("effective distance (tokens)", new AxisRange(0, longest), true));
  }

  /** Whether keys of a run are visible for where they stand, and so have a distance. */
  private static boolean placed(MaskRun run) {
    return run.reach() == Reach.LOCAL || run.reach() == Reach.GLOBAL || run.reach() == Reach.MIDDLE;
  }

  /** Colours the cells of a row that hold keys of a run; returns the longest of its distances. */
  private static double fill(
      double[] value, int from, int columns, MaskRun run, int query, MaskSpan span, double width) {
    double longest = 0;
    int first = (int) Math.max(0, Math.floor((run.from() - span.keyFrom()) / width));
    for (int c = first; c < columns && span.keyFrom() + c * width < run.to(); c++) {
      int middle = span.keyFrom() + (int) ((c + 0.5) * width);
      double distance = run.effectiveDistance(query, Math.clamp(middle, run.from(), run.to() - 1));
      value[from + c] = distance;
      longest = Math.max(longest, distance);
    }
    return longest;
  }
}
