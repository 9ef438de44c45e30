package org.lambdascope.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lambdascope.app.figure.AxisRange;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.ColourScale;
import org.lambdascope.app.figure.DiagnosticFigures;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.ScatterSeries;
import org.lambdascope.engine.study.Metric;

/** Two metrics against each other, a panel per arm, coloured by position. */
final class MetricScatters {

  private MetricScatters() {}

  /**
   * Panels of {@code pca_1} and {@code pca_2}.
   *
   * @param metrics of an experiment, by name
   * @param subtitle of what
   */
  static List<Panel> of(Map<String, List<Metric>> metrics, String subtitle) {
    Map<String, List<Metric>> across =
        MetricFigures.byArm(metrics.getOrDefault("pca_1", List.of()));
    Map<String, List<Metric>> up = MetricFigures.byArm(metrics.getOrDefault("pca_2", List.of()));
    List<Panel> panels = new ArrayList<>();
    across.forEach(
        (arm, x) -> {
          List<Metric> y = up.getOrDefault(arm, List.of());
          if (y.size() == x.size()) {
            panels.add(
                panel(MetricFigures.shortName(arm, across.keySet()), x, y)
                    .withSubtitle(subtitle)
                    .withX(component(1, arm, metrics))
                    .withY(component(2, arm, metrics))
                    .withoutOutliers());
          }
        });
    return panels;
  }

  private static AxisSpec component(int which, String arm, Map<String, List<Metric>> metrics) {
    return metrics.getOrDefault("pca_%d_explained".formatted(which), List.of()).stream()
        .filter(m -> m.arm().equals(arm))
        .findFirst()
        .map(m -> AxisSpec.linear(DiagnosticFigures.component(which, m.value())))
        .orElseGet(() -> AxisSpec.linear("PC " + which));
  }

  private static Panel panel(String title, List<Metric> x, List<Metric> y) {
    double[] positions = x.stream().mapToDouble(m -> m.at().values().iterator().next()).toArray();
    AxisRange range = AxisRange.of(positions);
    return new Panel(
        title,
        "",
        AxisSpec.linear(""),
        AxisSpec.linear(""),
        List.of(
            new ScatterSeries(
                title,
                x.stream().mapToDouble(Metric::value).toArray(),
                y.stream().mapToDouble(Metric::value).toArray(),
                positions)),
        List.of(),
        new ColourScale("position (tokens)", range == null ? new AxisRange(0, 1) : range, true));
  }
}
