package org.lambdascope.app.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.study.Metric;

/**
 * The three out-of-distribution factors of a run, with the arms over one another. Subtitles say
 * layers, heads and statistic, axes whether it is before or after the softmax.
 */
final class FactorFigures {

  private static final String SPREAD = "mean ± sd over documents, layers and heads";

  private FactorFigures() {}

  /** Attention logits of the last query by distance. */
  static Panel logits(ExperimentSpec.OodFactors spec, List<Metric> logits) {
    return MetricLines.of(logits, "attention logit (before softmax)")
        .withSubtitle(of(spec) + "; last query, running maximum over distance; " + SPREAD);
  }

  /**
   * Attention entropy by position.
   *
   * @param visible logarithms of the numbers of visible keys: the entropy of uniform attention
   */
  static Panel entropy(ExperimentSpec.OodFactors spec, List<Metric> entropy, List<Metric> visible) {
    Panel panel = MetricLines.of(entropy, "attention entropy (nats, after softmax)");
    return MetricLines.withReference(panel, visible, "ln(visible keys)")
        .withX(AxisSpec.linear("query position (tokens)"))
        .withSubtitle(of(spec) + "; " + SPREAD);
  }

  /**
   * Hidden states of the first document on their first two principal components, a panel per arm.
   *
   * @param metrics of the experiment, by name
   */
  static List<Panel> states(Map<String, List<Metric>> metrics) {
    return MetricScatters.of(metrics, "output of layer 0, first document");
  }

  private static String of(ExperimentSpec.OodFactors spec) {
    return some("layer", spec.layers()) + ", " + some("head", spec.heads());
  }

  private static String some(String what, int[] asked) {
    return switch (asked.length) {
      case 0 -> "all %ss".formatted(what);
      case 1 -> "%s %d".formatted(what, asked[0]);
      default ->
          Arrays.stream(asked)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", ", what + "s ", ""));
    };
  }
}
