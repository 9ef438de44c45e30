package org.lambdascope.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.context.ContextControl;
import org.lambdascope.engine.experiment.context.ContextPoint;
import org.lambdascope.engine.experiment.context.Interval;
import org.lambdascope.engine.study.Metric;

/** Points of experiments on context from their metrics. */
final class ContextMetrics {

  private final Map<String, List<Metric>> metrics;
  private final int pretrainLength;

  ContextMetrics(Map<String, List<Metric>> metrics, int pretrainLength) {
    this.metrics = metrics;
    this.pretrainLength = pretrainLength;
  }

  /** Of {@code context-scaling}, by arm and context. */
  List<ContextPoint> scaling() {
    List<ContextPoint> points = new ArrayList<>();
    List<Metric> nll = of("nll");
    for (int i = 0; i < nll.size(); i++) {
      points.add(
          point(
              nll.get(i),
              of("nll_change").get(i),
              ContextControl.TRUE,
              of("read_seconds").get(i).value(),
              of("decode_rate").get(i).value(),
              (long) of("context_bytes").get(i).value()));
    }
    return points;
  }

  /** Of {@code context-controls}, by control and arm. */
  List<ContextPoint> controls() {
    List<ContextPoint> points = new ArrayList<>();
    for (ContextControl control : ContextControl.values()) {
      String name = control.id().replace('-', '_');
      List<Metric> nll = of("nll_" + name);
      List<Metric> change = of("change_" + name);
      for (int i = 0; i < nll.size(); i++) {
        points.add(point(nll.get(i), change.get(i), control, Double.NaN, Double.NaN, 0));
      }
    }
    return points;
  }

  private ContextPoint point(
      Metric nll,
      Metric change,
      ContextControl control,
      double readSeconds,
      double decodeRate,
      long bytes) {
    return new ContextPoint(
        ArmParser.parse(nll.arm(), pretrainLength),
        nll.at().getOrDefault("context", 0.0).intValue(),
        control,
        interval(nll),
        interval(change),
        readSeconds,
        decodeRate,
        bytes);
  }

  private static Interval interval(Metric metric) {
    return new Interval(metric.value(), metric.high() - metric.value(), (int) metric.n());
  }

  private List<Metric> of(String name) {
    return metrics.getOrDefault(name, List.of());
  }
}
