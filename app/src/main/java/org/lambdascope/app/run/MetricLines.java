package org.lambdascope.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.Series;
import org.lambdascope.app.figure.SeriesColour;
import org.lambdascope.engine.study.Metric;

/** Lines with bands over a metric's one coordinate. */
final class MetricLines {

  private MetricLines() {}

  /** A line per arm; where every arm is one place of a grid of its parameters, one line. */
  static Panel of(List<Metric> metrics, String label) {
    Map<String, List<Metric>> arms = MetricFigures.byArm(metrics);
    boolean grid = arms.size() > 1 && arms.values().stream().allMatch(of -> of.size() == 1);
    List<Series> series = new ArrayList<>();
    if (grid) {
      series.add(line(metrics.getFirst().arm().split(":", 2)[0], metrics, 0));
    } else {
      arms.forEach(
          (arm, values) ->
              series.add(line(MetricFigures.shortName(arm, arms.keySet()), values, series.size())));
    }
    return new Panel(
        "",
        "",
        MetricFigures.axis(
            metrics.isEmpty() ? "" : coordinate(metrics.getFirst()),
            values(metrics, MetricLines::place)),
        AxisSpec.linear(label),
        series,
        List.of(),
        null);
  }

  /**
   * A panel with reference values: one neutral line where all arms have the same, else a dotted one
   * in the colour of each arm.
   *
   * @param panel of the same arms
   */
  static Panel withReference(Panel panel, List<Metric> reference, String name) {
    Map<String, List<Metric>> arms = MetricFigures.byArm(reference);
    boolean alike = arms.values().stream().map(MetricLines::boxed).distinct().count() <= 1;
    List<Series> series = new ArrayList<>(panel.series());
    int index = 0;
    for (Map.Entry<String, List<Metric>> arm : arms.entrySet()) {
      if (alike && index > 0) {
        break;
      }
      String group = alike ? name : MetricFigures.shortName(arm.getKey(), arms.keySet());
      series.add(
          new LineSeries(
              group,
              alike ? "" : name,
              values(arm.getValue(), MetricLines::place),
              values(arm.getValue(), Metric::value),
              null,
              alike ? new SeriesColour.Neutral() : new SeriesColour.Palette(index),
              LineSeries.Dash.DOTTED));
      index++;
    }
    return new Panel(
        panel.title(),
        panel.subtitle(),
        panel.x(),
        panel.y(),
        series,
        panel.markers(),
        panel.scale());
  }

  private static List<Double> boxed(List<Metric> metrics) {
    return metrics.stream().map(Metric::value).toList();
  }

  private static LineSeries line(String name, List<Metric> metrics, int index) {
    LineSeries line =
        LineSeries.of(
            name, values(metrics, MetricLines::place), values(metrics, Metric::value), index);
    boolean banded = metrics.stream().anyMatch(m -> !Double.isNaN(m.low()));
    return (banded
            ? line.withBand(values(metrics, Metric::low), values(metrics, Metric::high))
            : line)
        .withLook(index);
  }

  private static double[] values(List<Metric> metrics, ToDoubleFunction<Metric> value) {
    return metrics.stream().mapToDouble(value).toArray();
  }

  private static double place(Metric metric) {
    return metric.at().values().stream().findFirst().orElse(0.0);
  }

  private static String coordinate(Metric metric) {
    return metric.at().keySet().stream().findFirst().orElse("");
  }
}
