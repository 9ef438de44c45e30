package org.lambdascope.app.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a line lies on others of its panel, all of them take turns: whichever is drawn last would
 * hide the rest. Lines of one colour are told apart by their dashes, and count as one.
 */
final class Turns {

  /** Lines that are nearer than that cannot be told apart, in points at a font scale of 1. */
  private static final double NEAR = 0.35;

  private final double[] x;
  private final double[] y;
  private final SeriesColour own;
  private final double near;
  private final List<Other> others = new ArrayList<>();

  /** Another line: its abscissae, and its ordinates on the page. */
  private record Other(SeriesColour colour, double[] x, double[] y) {}

  /**
   * A share.
   *
   * @param turn whose it is, from 0
   * @param of how many take turns; 1 for a line on its own
   */
  record Share(int turn, int of) {
    static final Share ALL = new Share(0, 1);
  }

  /**
   * The turns of a line.
   *
   * @param y its ordinates on the page, {@code [n]}
   */
  Turns(LineSeries line, double[] y, Panel panel, PlotArea page, double fontScale) {
    x = line.x();
    this.y = y;
    own = line.colour();
    near = NEAR * fontScale;
    for (Series series : panel.series()) {
      if (series == line) {
        others.add(new Other(own, x, y)); // its place among them
      } else if (series instanceof LineSeries other) {
        others.add(new Other(other.colour(), other.x(), page.y(other.y())));
      }
    }
  }

  /** The share at a point. */
  Share at(int i) {
    return between(i, i);
  }

  /** The share from a point to another. */
  Share between(int i, int j) {
    if (others.size() == 1) {
      return Share.ALL; // only the line itself
    }
    Map<SeriesColour, Integer> turns = new LinkedHashMap<>();
    for (Other other : others) {
      if (meets(other, i) && meets(other, j)) {
        turns.putIfAbsent(other.colour(), turns.size());
      }
    }
    Integer turn = turns.get(own);
    return turn == null ? Share.ALL : new Share(turn, turns.size());
  }

  private boolean meets(Other other, int i) {
    // A comparison with NaN is false: nothing meets in a gap.
    return i < other.x().length && other.x()[i] == x[i] && Math.abs(other.y()[i] - y[i]) <= near;
  }
}
