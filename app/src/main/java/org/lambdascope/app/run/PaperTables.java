package org.lambdascope.app.run;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lambdascope.app.figure.Table;
import org.lambdascope.app.figure.Table.Best;
import org.lambdascope.app.figure.Table.Row;
import org.lambdascope.app.figure.Table.Section;
import org.lambdascope.engine.experiment.context.ContextControl;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.study.Metric;

/** Tables of experiments, as the papers have them, from their metrics. */
public final class PaperTables {

  /** More columns are a curve. */
  private static final int MOST_COLUMNS = 12;

  private static final double MIB = 1 << 20;

  /**
   * A quantity of a table.
   *
   * @param metric its name
   * @param divisor from the metric's unit to the table's
   */
  private record Quantity(String metric, String title, int decimals, Best best, double divisor) {
    Quantity(String metric, String title, int decimals, Best best) {
      this(metric, title, decimals, best, 1);
    }
  }

  private final Map<String, List<Metric>> metrics;

  private PaperTables(Map<String, List<Metric>> metrics) {
    this.metrics = metrics;
  }

  /**
   * The tables of an experiment, by file name without its ending.
   *
   * @param metrics of the experiment, by name
   */
  public static Map<String, Table> of(ExperimentSpec spec, Map<String, List<Metric>> metrics) {
    PaperTables tables = new PaperTables(metrics);
    Map<String, Table> all = new LinkedHashMap<>();
    String name = spec.header().name();
    if (spec instanceof ExperimentSpec.Ablation) {
      tables.ablation(all, name);
    } else if (spec instanceof ExperimentSpec.FixedTargets s && s.controls()) {
      tables.controls(all, name, s);
    } else {
      put(all, name, tables.byPlace(title(spec), quantities(spec)));
    }
    return all;
  }

  private static String title(ExperimentSpec spec) {
    return switch (spec) {
      case ExperimentSpec.Perplexity s -> "Perplexity at milestones";
      case ExperimentSpec.GenerationQuality s ->
          "Continuations of %d tokens against the text's own".formatted(s.newTokens());
      case ExperimentSpec.Retrieval s -> "Share of answers found (%s)".formatted(s.header().kind());
      case ExperimentSpec.QuestionAnswering s -> "Questions by number of passages";
      case ExperimentSpec.Efficiency s -> "Time and memory by length of the text";
      case ExperimentSpec.FixedTargets s -> "The same targets by context";
      case ExperimentSpec.Ablation s -> "Ablation of %s".formatted(s.header().name());
      case ExperimentSpec.OodFactors s -> "";
    };
  }

  private static List<Quantity> quantities(ExperimentSpec spec) {
    return switch (spec) {
      case ExperimentSpec.Perplexity s ->
          List.of(
              new Quantity(
                  "perplexity_windowed",
                  "perplexity, last %d tokens".formatted(s.window()),
                  2,
                  Best.LOWEST),
              new Quantity("nll_cumulative", MetricFigures.NLL + ", whole text", 3, Best.LOWEST),
              new Quantity("nll_strided", MetricFigures.NLL + ", strided", 3, Best.LOWEST));
      case ExperimentSpec.GenerationQuality s ->
          List.of(
              new Quantity("bleu", "BLEU (%)", 1, Best.HIGHEST),
              new Quantity("rouge_1", "ROUGE-1 (%)", 1, Best.HIGHEST),
              new Quantity("rouge_2", "ROUGE-2 (%)", 1, Best.HIGHEST),
              new Quantity("rouge_l", "ROUGE-L (%)", 1, Best.HIGHEST));
      case ExperimentSpec.Retrieval s ->
          List.of(
              new Quantity("accuracy_pooled", "accuracy, all depths", 2, Best.HIGHEST),
              new Quantity("accuracy", "accuracy", 2, Best.HIGHEST));
      case ExperimentSpec.QuestionAnswering s ->
          List.of(
              new Quantity("accuracy", "accuracy", 2, Best.HIGHEST),
              new Quantity("exact_match", "exact match", 2, Best.HIGHEST),
              new Quantity("f1", "F1", 2, Best.HIGHEST));
      case ExperimentSpec.Efficiency s ->
          List.of(
              new Quantity("encode_seconds", "time to read (s)", 2, Best.LOWEST),
              new Quantity("encode_speedup", "reading, times as fast", 2, Best.NONE),
              new Quantity("decode_rate", "decoding (tokens/s)", 0, Best.HIGHEST),
              new Quantity("decode_speedup", "decoding, times as fast", 2, Best.NONE),
              new Quantity("cache_bytes", "cache (MiB)", 2, Best.LOWEST, MIB));
      case ExperimentSpec.FixedTargets s ->
          List.of(
              new Quantity("nll", MetricFigures.NLL, 3, Best.LOWEST),
              new Quantity("read_seconds", "time until the first token (s)", 2, Best.LOWEST),
              new Quantity("decode_rate", "decoding (tokens/s)", 0, Best.HIGHEST),
              new Quantity("context_bytes", "caches and context (MiB)", 2, Best.LOWEST, MIB));
      case ExperimentSpec.Ablation s -> List.of();
      case ExperimentSpec.OodFactors s -> List.of();
    };
  }

  private static void put(Map<String, Table> tables, String name, List<Table> there) {
    for (Table table : there) {
      tables.put(name + "-table", table);
    }
  }

  /** A row per arm, a column per place; none where there is no metric or too many places. */
  private List<Table> byPlace(String title, List<Quantity> quantities) {
    List<Quantity> there = quantities.stream().filter(q -> !of(q.metric()).isEmpty()).toList();
    if (there.isEmpty()) {
      return List.of();
    }
    String coordinate = coordinates(of(there.getFirst().metric())).getFirst();
    // Of metrics over two coordinates, only what is pooled over one is a table.
    there = there.stream().filter(q -> coordinates(of(q.metric())).size() == 1).toList();
    double[] places =
        there.stream()
            .flatMap(q -> of(q.metric()).stream())
            .mapToDouble(m -> at(m, coordinate))
            .distinct()
            .sorted()
            .toArray();
    if (places.length == 0 || places.length > MOST_COLUMNS) {
      return List.of();
    }
    List<Section> sections = new ArrayList<>();
    for (Quantity quantity : there) {
      Map<String, List<Metric>> arms = MetricFigures.byArm(of(quantity.metric()));
      List<Row> rows = new ArrayList<>();
      arms.forEach(
          (arm, metrics) ->
              rows.add(
                  row(
                      MetricFigures.shortName(arm, arms.keySet()),
                      metrics,
                      coordinate,
                      places,
                      quantity.divisor())));
      sections.add(new Section(quantity.title(), quantity.decimals(), quantity.best(), rows));
    }
    return List.of(new Table(title, MetricFigures.label(coordinate), texts(places), sections));
  }

  /** The grid, and the arms beside it. */
  private void ablation(Map<String, Table> tables, String name) {
    List<Metric> grid = of("nll").stream().filter(m -> !m.at().isEmpty()).toList();
    List<Metric> beside = of("nll").stream().filter(m -> m.at().isEmpty()).toList();
    List<String> coordinates = coordinates(grid);
    if (!coordinates.isEmpty()) {
      String across = coordinates.getLast();
      double[] places = grid.stream().mapToDouble(m -> at(m, across)).distinct().sorted().toArray();
      Map<String, List<Metric>> rows = new LinkedHashMap<>();
      String kind = grid.getFirst().arm().split(":", 2)[0];
      boolean line = coordinates.size() == 1;
      for (Metric metric : grid) {
        String first = coordinates.getFirst();
        String row = line ? kind : "%s = %s".formatted(first, text(at(metric, first)));
        rows.computeIfAbsent(row, r -> new ArrayList<>()).add(metric);
      }
      List<Row> found = new ArrayList<>();
      rows.forEach((row, metrics) -> found.add(row(row, metrics, across, places, 1)));
      String title = line ? MetricFigures.NLL : kind + ", " + MetricFigures.NLL;
      tables.put(
          name + "-table",
          new Table(
              "Ablation of " + kind,
              MetricFigures.label(across),
              texts(places),
              List.of(new Section(title, 3, Best.LOWEST, found))));
    }
    if (!beside.isEmpty()) {
      List<String> arms = beside.stream().map(Metric::arm).toList();
      tables.put(
          name + "-arms-table",
          new Table(
              "Arms beside the ablation",
              "arm",
              List.of(MetricFigures.NLL),
              List.of(
                  new Section(
                      "",
                      3,
                      Best.LOWEST,
                      beside.stream()
                          .map(m -> new Row(MetricFigures.shortName(m.arm(), arms), m.value()))
                          .toList()))));
    }
  }

  private void controls(Map<String, Table> tables, String name, ExperimentSpec.FixedTargets spec) {
    List<String> columns = Arrays.stream(ContextControl.values()).map(ContextControl::id).toList();
    List<Section> sections = new ArrayList<>();
    for (String quantity : List.of("nll_", "change_")) {
      Map<String, double[]> rows = new LinkedHashMap<>();
      for (ContextControl control : ContextControl.values()) {
        for (Metric metric : of(quantity + control.id().replace('-', '_'))) {
          rows.computeIfAbsent(
                      metric.arm(),
                      arm -> {
                        double[] row = new double[columns.size()];
                        Arrays.fill(row, Double.NaN);
                        return row;
                      })[columns.indexOf(control.id())] =
              metric.value();
        }
      }
      List<Row> found = new ArrayList<>();
      rows.forEach(
          (arm, row) -> found.add(new Row(MetricFigures.shortName(arm, rows.keySet()), row)));
      if (!found.isEmpty()) {
        boolean loss = quantity.equals("nll_");
        sections.add(
            new Section(
                loss ? MetricFigures.NLL : "against the true context (nats per token)",
                3,
                Best.NONE,
                found));
      }
    }
    if (!sections.isEmpty()) {
      tables.put(
          name + "-table",
          new Table(
              "The same targets with controls in place of %d tokens of context"
                  .formatted(spec.contexts()[0]),
              "context",
              columns,
              sections));
    }
  }

  private List<Metric> of(String metric) {
    return metrics.getOrDefault(metric, List.of());
  }

  private static List<String> coordinates(List<Metric> metrics) {
    return metrics.isEmpty() ? List.of() : List.copyOf(metrics.getFirst().at().keySet());
  }

  private static double at(Metric metric, String coordinate) {
    return metric.at().getOrDefault(coordinate, Double.NaN);
  }

  private static Row row(
      String name, List<Metric> metrics, String coordinate, double[] places, double divisor) {
    double[] values = new double[places.length];
    Arrays.fill(values, Double.NaN);
    for (Metric metric : metrics) {
      values[Arrays.binarySearch(places, at(metric, coordinate))] = metric.value() / divisor;
    }
    return new Row(name, values);
  }

  private static List<String> texts(double[] places) {
    return Arrays.stream(places).mapToObj(PaperTables::text).toList();
  }

  private static String text(double place) {
    return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(place);
  }
}
