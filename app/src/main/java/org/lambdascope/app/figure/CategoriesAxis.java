package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;

/** Names at the places 0, 1, …; where they do not fit, at every second one, every third, …. */
final class CategoriesAxis extends NumberAxis {

  private static final long serialVersionUID = 1L;

  private final transient List<String> names;

  CategoriesAxis(String label, List<String> names) {
    super(label);
    this.names = names;
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D g2, AxisState state, Rectangle2D area, RectangleEdge edge) {
    List<List<FittedTicks.Place>> sets = new ArrayList<>();
    for (int step = 1; step <= names.size(); step++) {
      List<FittedTicks.Place> places = new ArrayList<>();
      for (int i = 0; i < names.size(); i += step) {
        if (getRange().contains(i)) {
          places.add(new FittedTicks.Place(i, names.get(i)));
        }
      }
      sets.add(places);
    }
    return FittedTicks.first(sets, this, g2, area, edge);
  }
}
