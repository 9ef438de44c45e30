package org.lambdascope.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lambdascope.app.figure.AxisRange;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.ColourScale;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.ScatterSeries;
import org.lambdascope.engine.study.Metric;

/** Two metrics against each other, a panel per arm, coloured by position. */
final class MetricScatters {

  private MetricScatters() {}

  static List<Panel> of(List<Metric> first, List<Metric> second) {
    Map<String, List<Metric>> across = MetricFigures.byArm(first);
    Map<String, List<Metric>> up = MetricFigures.byArm(second);
    List<Panel> panels = new ArrayList<>();
    across.forEach(
        (arm, x) -> {
          List<Metric> y = up.getOrDefault(arm, List.of());
          if (y.size() == x.size()) {
            panels.add(panel(MetricFigures.shortName(arm, across.keySet()), x, y));
          }
        });
    return panels;
  }

  private static Panel panel(String title, List<Metric> x, List<Metric> y) {
    double[] positions = x.stream().mapToDouble(m -> m.at().values().iterator().next()).toArray();
    AxisRange range = AxisRange.of(positions);
    Panel all =
        new Panel(
            title,
            "",
            AxisSpec.linear("first component"),
            AxisSpec.linear("second component"),
            List.of(
                new ScatterSeries(
                    title,
                    x.stream().mapToDouble(Metric::value).toArray(),
                    y.stream().mapToDouble(Metric::value).toArray(),
                    positions)),
            List.of(),
            new ColourScale(
                "position (tokens)", range == null ? new AxisRange(0, 1) : range, true));
    return all.withoutOutliers();
  }
}
