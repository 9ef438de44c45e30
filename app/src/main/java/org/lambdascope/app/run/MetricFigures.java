package org.lambdascope.app.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.lambdascope.app.figure.AxisRange;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.ContextFigures;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.Marker;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.engine.experiment.context.ContextPoint;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.study.Metric;

/** Figures of experiments, as the papers have them, from their metrics. */
public final class MetricFigures {

  static final String NLL = "NLL (nats per token)";

  private static final double MIB = 1 << 20;

  /** A coordinate whose ends are further apart is shown on a logarithmic axis. */
  private static final double WIDE = 7;

  /** Factor by which a logarithmic axis goes beyond its data. */
  private static final double ROOM = 1.15;

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
    if (spec instanceof ExperimentSpec.Perplexity) {
      put(figures, name, marked(lines(metrics, "nll", NLL)));
      put(
          figures,
          name + "-milestones",
          marked(lines(metrics, "nll_windowed", "windowed " + NLL)),
          marked(lines(metrics, "nll_strided", "strided " + NLL)));
    } else if (spec instanceof ExperimentSpec.GenerationQuality) {
      put(
          figures,
          name,
          lines(metrics, "bleu", "BLEU (%)"),
          lines(metrics, "rouge_1", "ROUGE-1 (%)"),
          lines(metrics, "rouge_2", "ROUGE-2 (%)"),
          lines(metrics, "rouge_l", "ROUGE-L (%)"));
    } else if (spec instanceof ExperimentSpec.QuestionAnswering) {
      put(
          figures,
          name,
          lines(metrics, "accuracy", "accuracy"),
          lines(metrics, "exact_match", "exact match"),
          lines(metrics, "f1", "F1"));
    } else if (spec instanceof ExperimentSpec.Efficiency) {
      put(
          figures,
          name,
          logarithmic(lines(metrics, "encode_seconds", "time to read (s)")),
          logarithmic(lines(metrics, "decode_rate", "decoding (tokens/s)")),
          logarithmic(
              MetricLines.of(
                  divided(metrics.getOrDefault("cache_bytes", List.of()), MIB), "cache (MiB)")));
    } else if (spec instanceof ExperimentSpec.Retrieval) {
      places(figures, name, metrics.getOrDefault("accuracy", List.of()), "accuracy");
      put(figures, name + "-by-length", lines(metrics, "accuracy_pooled", "accuracy, all depths"));
    } else if (spec instanceof ExperimentSpec.FixedTargets fixed) {
      context(figures, name, fixed, new ContextMetrics(metrics, pretrainLength));
    } else if (spec instanceof ExperimentSpec.Ablation) {
      places(figures, name, metrics.getOrDefault("nll", List.of()), NLL);
    } else if (spec instanceof ExperimentSpec.OodFactors factors) {
      factors(figures, name, factors, metrics);
    }
    String bands = bands(spec, metrics);
    figures.replaceAll((file, figure) -> explained(figure, bands));
    return figures;
  }

  /** What bands and whiskers of an experiment are. */
  private static String bands(ExperimentSpec spec, Map<String, List<Metric>> metrics) {
    if (spec instanceof ExperimentSpec.Efficiency) {
      return "median, least and greatest of the repetitions";
    }
    LongSummaryStatistics n =
        metrics.values().stream()
            .filter(drawn -> drawn.stream().anyMatch(m -> !Double.isNaN(m.low())))
            .flatMap(List::stream) // those without an interval too: they are means of one
            .mapToLong(Metric::n)
            .summaryStatistics();
    boolean cut =
        metrics.values().stream()
            .flatMap(List::stream)
            .anyMatch(m -> m.low() == 0 && m.value() > 0 && m.high() > m.value());
    return "mean with its 95 % interval"
        + (cut ? " cut at 0" : "")
        + (n.getCount() == 0
            ? ""
            : n.getMin() == n.getMax()
                ? ", n = %,d".formatted(n.getMin())
                : ", n = %,d to %,d".formatted(n.getMin(), n.getMax()));
  }

  /** Says what bands are, where there are some and nothing is said yet. */
  private static Figure explained(Figure figure, String bands) {
    List<Panel> panels =
        figure.panels().stream()
            .map(
                panel ->
                    panel.subtitle().isEmpty()
                            && panel.series().stream().anyMatch(s -> s.band() != null)
                        ? panel.withSubtitle(bands)
                        : panel)
            .toList();
    return new Figure(figure.title(), panels, figure.columns(), figure.legend());
  }

  /** As the commands {@code context-scaling} and {@code context-controls} draw them. */
  private void context(
      Map<String, Figure> figures,
      String name,
      ExperimentSpec.FixedTargets spec,
      ContextMetrics metrics) {
    if (spec.controls()) {
      figures.put(name, ContextFigures.controls(metrics.controls()));
      return;
    }
    int beside = spec.targets() + spec.local();
    List<ContextPoint> points = metrics.scaling();
    List<Marker> markers = List.of(Marker.pretrainLength(pretrainLength));
    figures.put(name, ContextFigures.nll(points, beside, markers));
    figures.put(name + "-cost", ContextFigures.cost(points, beside));
  }

  /** A panel with a logarithmic vertical axis that leaves room around its data. */
  private static Panel logarithmic(Panel panel) {
    AxisRange data = panel.dataY();
    AxisSpec axis = AxisSpec.logarithmic(panel.y().label());
    return panel.withY(
        data == null || data.min() <= 0
            ? axis
            : axis.withRange(new AxisRange(data.min() / ROOM, data.max() * ROOM)));
  }

  private static List<Metric> divided(List<Metric> metrics, double by) {
    return metrics.stream().map(m -> m.times(1 / by)).toList();
  }

  /** A heat map per arm over two coordinates, or a line per arm over one. */
  private void places(
      Map<String, Figure> figures, String name, List<Metric> metrics, String label) {
    List<Metric> placed = metrics.stream().filter(m -> !m.at().isEmpty()).toList();
    if (placed.stream().anyMatch(m -> m.at().size() == 2)) {
      List<Panel> panels = MetricHeatMaps.of(placed, label);
      figures.put(name, Figure.sideBySide("", panels));
    } else {
      put(figures, name, MetricLines.of(placed, label));
    }
    List<Metric> beside = metrics.stream().filter(m -> m.at().isEmpty()).toList();
    if (!beside.isEmpty()) {
      put(figures, name + "-arms", MetricBars.of(beside, label));
    }
  }

  private void factors(
      Map<String, Figure> figures,
      String name,
      ExperimentSpec.OodFactors spec,
      Map<String, List<Metric>> metrics) {
    put(
        figures,
        name + "-logits",
        marked(FactorFigures.logits(spec, metrics.getOrDefault("attention_logit", List.of()))));
    put(
        figures,
        name + "-entropy",
        marked(
            FactorFigures.entropy(
                spec,
                metrics.getOrDefault("attention_entropy", List.of()),
                metrics.getOrDefault("log_visible_keys", List.of()))));
    List<Panel> panels = FactorFigures.states(metrics);
    if (!panels.isEmpty()) {
      figures.put(name + "-pca", Figure.sideBySide("", panels));
    }
  }

  private static void put(Map<String, Figure> figures, String name, Panel... panels) {
    List<Panel> there = Arrays.stream(panels).filter(p -> !p.isEmpty()).toList();
    if (!there.isEmpty()) {
      figures.put(
          name,
          there.size() == 1 ? Figure.of(there.getFirst()) : new Figure("", there, there.size()));
    }
  }

  private Panel marked(Panel panel) {
    return panel.isEmpty() ? panel : panel.withMarker(Marker.pretrainLength(pretrainLength));
  }

  private static Panel lines(Map<String, List<Metric>> metrics, String name, String label) {
    return MetricLines.of(metrics.getOrDefault(name, List.of()), label);
  }

  /** An axis of a coordinate with these places, with its unit. */
  static AxisSpec axis(String coordinate, double[] places) {
    AxisRange range = AxisRange.of(places);
    boolean sizes =
        switch (coordinate) {
          case "position", "distance", "depth" -> false;
          default -> true;
        };
    // Lengths and counts double from place to place; positions do not.
    boolean wide = range != null && range.min() > 0 && range.max() > WIDE * range.min();
    return sizes && wide
        ? AxisSpec.logarithmic(label(coordinate))
        : AxisSpec.linear(label(coordinate));
  }

  /** A coordinate with its unit. */
  static String label(String coordinate) {
    return switch (coordinate) {
      case "position", "distance", "length", "context", "global", "local", "ceiling" ->
          coordinate + " (tokens)";
      case "characters" -> "length (characters)";
      default -> coordinate;
    };
  }

  /** Metrics by arm, in the order of the arms. */
  static Map<String, List<Metric>> byArm(List<Metric> metrics) {
    Map<String, List<Metric>> arms = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      arms.computeIfAbsent(metric.arm(), arm -> new ArrayList<>()).add(metric);
    }
    return arms;
  }

  /** The kind of an arm where no other of the same kind is there, else the whole arm. */
  static String shortName(String arm, Iterable<String> all) {
    String kind = arm.split(":", 2)[0];
    int same = 0;
    for (String other : all) {
      same += other.split(":", 2)[0].equals(kind) ? 1 : 0;
    }
    return same == 1 ? kind : arm;
  }
}
