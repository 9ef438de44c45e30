package org.lambdascope.app.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Marker;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.Series;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.study.Metric;

/** Figures of experiments, as the papers have them, from their metrics. */
public final class MetricFigures {

  private final int pretrainLength;

  /** Figures that mark {@code L_pretrain}. */
  public MetricFigures(int pretrainLength) {
    this.pretrainLength = pretrainLength;
  }

  /**
   * The figures of an experiment, by file name without its ending.
   *
   * @param metrics of the experiment, by name
   */
  public Map<String, Figure> of(ExperimentSpec spec, Map<String, List<Metric>> metrics) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    String name = spec.header().name();
    switch (spec) {
      case ExperimentSpec.Perplexity s -> {
        put(figures, name, lines(metrics, "nll", "NLL (nats per token)", true));
        put(
            figures,
            name + "-milestones",
            lines(metrics, "nll_windowed", "NLL (nats per token)", true));
      }
      case ExperimentSpec.GenerationQuality s ->
          put(
              figures,
              name,
              lines(metrics, "bleu", "BLEU (%)", false),
              lines(metrics, "rouge_1", "ROUGE-1 (%)", false),
              lines(metrics, "rouge_2", "ROUGE-2 (%)", false),
              lines(metrics, "rouge_l", "ROUGE-L (%)", false));
      case ExperimentSpec.QuestionAnswering s ->
          put(
              figures,
              name,
              lines(metrics, "accuracy", "accuracy", false),
              lines(metrics, "f1", "F1", false));
      case ExperimentSpec.Efficiency s ->
          put(
              figures,
              name,
              lines(metrics, "encode_seconds", "time to read (s)", false),
              lines(metrics, "decode_rate", "decoding (tokens/s)", false),
              lines(metrics, "cache_bytes", "cache (bytes)", false));
      case ExperimentSpec.Retrieval s ->
          put(figures, name, lines(metrics, "accuracy", "accuracy", false));
      case ExperimentSpec.Ablation s ->
          put(figures, name, lines(metrics, "nll", "NLL (nats per token)", false));
      case ExperimentSpec.OodFactors s -> {
        put(
            figures,
            name + "-logits",
            lines(metrics, "attention_logit", "attention logit, before softmax", true));
        put(
            figures,
            name + "-entropy",
            lines(metrics, "attention_entropy", "attention entropy (nats)", true));
      }
    }
    return figures;
  }

  private static void put(Map<String, Figure> figures, String name, Panel... panels) {
    List<Panel> there = new ArrayList<>();
    for (Panel panel : panels) {
      if (!panel.isEmpty()) {
        there.add(panel);
      }
    }
    if (!there.isEmpty()) {
      figures.put(
          name, there.size() == 1 ? Figure.of(there.getFirst()) : new Figure("", there, there.size()));
    }
  }

  /** A line per arm over the metric's one coordinate. */
  private Panel lines(
      Map<String, List<Metric>> metrics, String name, String label, boolean marked) {
    Map<String, List<Metric>> arms = new LinkedHashMap<>();
    String across = "";
    for (Metric metric : metrics.getOrDefault(name, List.of())) {
      arms.computeIfAbsent(metric.arm(), arm -> new ArrayList<>()).add(metric);
      across = metric.at().keySet().stream().findFirst().orElse("");
    }
    List<Series> series = new ArrayList<>();
    arms.forEach(
        (arm, values) -> {
          double[] x =
              values.stream()
                  .mapToDouble(m -> m.at().values().stream().findFirst().orElse(0.0))
                  .toArray();
          series.add(
              LineSeries.of(
                      arm, x, values.stream().mapToDouble(Metric::value).toArray(), series.size())
                  .withBand(
                      values.stream().mapToDouble(Metric::low).toArray(),
                      values.stream().mapToDouble(Metric::high).toArray()));
        });
    return new Panel(
        "",
        "",
        AxisSpec.linear(axis(across)),
        AxisSpec.linear(label),
        series,
        marked ? List.of(Marker.pretrainLength(pretrainLength)) : List.of(),
        null);
  }

  private static String axis(String coordinate) {
    return switch (coordinate) {
      case "position", "distance", "length" -> coordinate + " (tokens)";
      default -> coordinate;
    };
  }
}
