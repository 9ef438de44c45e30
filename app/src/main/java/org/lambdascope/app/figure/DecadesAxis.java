package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;

/**
 * A logarithmic axis with ticks at 1, 2 and 5 times powers of ten where they fit, else at powers of
 * ten, else at every second one, …. Between two powers of two, as lengths of text are, the ticks
 * are powers of two too.
 */
final class DecadesAxis extends LogAxis {

  private static final long serialVersionUID = 1L;
  private static final List<List<Integer>> WITHIN =
      List.of(List.of(1, 2, 5), List.of(1, 3), List.of(1));
  private static final int MOST_STEPS = 12;
  private static final int MOST_TICKS = 10;
  private static final double LEAST_POWER = 32;

  private final transient NumberFormat format = RoundTicks.format(0);

  DecadesAxis(String label) {
    super(label);
    format.setMaximumFractionDigits(9);
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D g2, AxisState state, Rectangle2D area, RectangleEdge edge) {
    List<List<FittedTicks.Place>> sets = new ArrayList<>();
    if (isPower(getLowerBound()) && isPower(getUpperBound())) {
      for (int factor : new int[] {2, 4, 16}) {
        sets.add(powers(factor));
      }
    }
    for (List<Integer> digits : WITHIN) {
      List<FittedTicks.Place> places = places(digits, 1);
      if (places.size() <= MOST_TICKS) {
        sets.add(places);
      }
    }
    for (int step = 2; step <= MOST_STEPS; step++) {
      sets.add(places(List.of(1), step));
    }
    return FittedTicks.first(sets, this, g2, area, edge);
  }

  /** Whether a bound is a power of two of the size that lengths of text have. */
  private static boolean isPower(double value) {
    return value >= LEAST_POWER && value == Math.rint(value) && Long.bitCount((long) value) == 1;
  }

  private List<FittedTicks.Place> powers(int factor) {
    List<FittedTicks.Place> places = new ArrayList<>();
    for (double value = getLowerBound(); value <= getUpperBound(); value *= factor) {
      places.add(new FittedTicks.Place(value, format.format(value)));
    }
    return places;
  }

  private List<FittedTicks.Place> places(List<Integer> digits, int step) {
    List<FittedTicks.Place> places = new ArrayList<>();
    int last = (int) Math.floor(Math.log10(getUpperBound()));
    for (int e = (int) Math.floor(Math.log10(getLowerBound())); e <= last; e++) {
      for (int digit : digits) {
        double value = digit * Math.pow(10, e);
        if (Math.floorMod(e, step) == 0 && getRange().contains(value)) {
          places.add(new FittedTicks.Place(value, format.format(value)));
        }
      }
    }
    return places;
  }
}
