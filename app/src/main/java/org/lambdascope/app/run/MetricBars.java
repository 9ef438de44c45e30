package org.lambdascope.app.run;

import java.util.List;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.Band;
import org.lambdascope.app.figure.BarSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.engine.study.Metric;

/** A bar per arm, for metrics without coordinates. */
final class MetricBars {

  private MetricBars() {}

  static Panel of(List<Metric> metrics, String label) {
    List<String> arms = metrics.stream().map(Metric::arm).toList();
    double[] low = metrics.stream().mapToDouble(Metric::low).toArray();
    double[] high = metrics.stream().mapToDouble(Metric::high).toArray();
    List<BarSeries> bars =
        BarSeries.grouped(
            List.of(label),
            new double[][] {metrics.stream().mapToDouble(Metric::value).toArray()},
            List.of(new Band(low, high)));
    return new Panel(
        "",
        "",
        AxisSpec.categories(
            "", arms.stream().map(arm -> MetricFigures.shortName(arm, arms)).toList()),
        AxisSpec.linear(label),
        List.copyOf(bars),
        List.of(),
        null);
  }
}
