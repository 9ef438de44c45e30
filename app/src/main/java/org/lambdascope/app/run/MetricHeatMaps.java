package org.lambdascope.app.run;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lambdascope.app.figure.AxisRange;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.ColourScale;
import org.lambdascope.app.figure.HeatMapSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.engine.study.Metric;

/** Heat maps over a metric's two coordinates, both shown as categories. */
final class MetricHeatMaps {

  private MetricHeatMaps() {}

  /** A panel per arm; where every arm is one place of a grid of its parameters, one panel. */
  static List<Panel> of(List<Metric> metrics, String label) {
    Map<String, List<Metric>> arms = MetricFigures.byArm(metrics);
    boolean grid = arms.size() > 1 && arms.values().stream().allMatch(of -> of.size() == 1);
    List<Panel> panels = new ArrayList<>();
    if (grid) {
      panels.add(panel(metrics.getFirst().arm().split(":", 2)[0], metrics, metrics, label));
    } else {
      arms.forEach(
          (arm, values) ->
              panels.add(
                  panel(MetricFigures.shortName(arm, arms.keySet()), values, metrics, label)));
    }
    return panels;
  }

  private static Panel panel(String title, List<Metric> metrics, List<Metric> all, String label) {
    List<String> names = List.copyOf(metrics.getFirst().at().keySet());
    double[] x = places(all, 0);
    double[] y = places(all, 1);
    double[][] values = new double[y.length][x.length];
    for (double[] row : values) {
      Arrays.fill(row, Double.NaN);
    }
    for (Metric metric : metrics) {
      values[Arrays.binarySearch(y, at(metric, 1))][Arrays.binarySearch(x, at(metric, 0))] =
          metric.value();
    }
    AxisRange range = AxisRange.of(all.stream().mapToDouble(Metric::value).toArray());
    boolean share = label.equals("accuracy");
    return new Panel(
        title,
        "",
        AxisSpec.categories(MetricFigures.label(names.get(0)), texts(x)),
        AxisSpec.categories(MetricFigures.label(names.get(1)), texts(y)),
        List.of(HeatMapSeries.of(title, values)),
        List.of(),
        new ColourScale(label, share || range == null ? new AxisRange(0, 1) : range, false));
  }

  private static double[] places(List<Metric> metrics, int coordinate) {
    return metrics.stream().mapToDouble(m -> at(m, coordinate)).distinct().sorted().toArray();
  }

  private static double at(Metric metric, int coordinate) {
    return List.copyOf(metric.at().values()).get(coordinate);
  }

  private static List<String> texts(double[] places) {
    DecimalFormat format =
        new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return Arrays.stream(places).mapToObj(format::format).toList();
  }
}
