package org.lambdascope.app.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.run.RunStore.StoredMetric;

/** Metrics of several runs beside one another. */
public final class RunComparison {

  private final List<String> labels;
  private final List<List<StoredMetric>> metrics;

  /**
   * Compares runs.
   *
   * @param labels of the runs, each another
   * @param metrics of each run
   */
  public RunComparison(List<String> labels, List<List<StoredMetric>> metrics) {
    this.labels = List.copyOf(labels);
    this.metrics = metrics.stream().map(List::copyOf).toList();
    if (labels.size() != metrics.size()) {
      throw new IllegalArgumentException(
          "expected metrics of %d runs, found of %d".formatted(labels.size(), metrics.size()));
    }
  }

  /**
   * What can be compared: a metric of an experiment.
   *
   * @param unit empty for a plain number
   * @param coordinates names of its coordinates, at most two
   */
  public record Quantity(String experiment, String metric, String unit, List<String> coordinates) {
    public Quantity {
      coordinates = List.copyOf(coordinates);
    }

    /** Metric and unit, for an axis. */
    public String label() {
      String words =
          switch (metric) {
            case "nll" -> "NLL";
            case "nll_windowed" -> "windowed NLL";
            case "nll_strided" -> "strided NLL";
            case "nll_cumulative" -> "cumulative NLL";
            case "nll_change" -> "change in NLL";
            case "bleu" -> "BLEU";
            case "rouge_1" -> "ROUGE-1";
            case "rouge_2" -> "ROUGE-2";
            case "rouge_l" -> "ROUGE-L";
            case "f1" -> "F1";
            case "perplexity_windowed" -> "windowed perplexity";
            case "accuracy_pooled" -> "accuracy, all depths";
            case "log_visible_keys" -> "ln(visible keys)";
            default -> metric.replace('_', ' ');
          };
      return unit.isEmpty() ? words : "%s (%s)".formatted(words, unit);
    }

    boolean has(StoredMetric m) {
      return m.experiment().equals(experiment) && m.metric().equals(metric);
    }
  }

  /**
   * A place of a metric: experiment, arm and coordinates.
   *
   * @param place by which values of several runs are matched
   * @param metric one of those that stand there, for its arm and coordinates
   * @param values of each run; NaN where it has none
   */
  public record Row(String place, StoredMetric metric, double[] values) {

    /** Difference of a run to the first. */
    public double delta(int run) {
      return values[run] - values[0];
    }
  }

  /** The runs' labels. */
  public List<String> labels() {
    return labels;
  }

  /** What at least one of the runs has, in their order. */
  public List<Quantity> quantities() {
    Map<String, Quantity> quantities = new LinkedHashMap<>();
    for (List<StoredMetric> of : metrics) {
      for (StoredMetric m : of) {
        Quantity found = new Quantity(m.experiment(), m.metric(), m.unit(), coordinates(m));
        // What stands on a grid has coordinates; the same of the arms beside the grid has none.
        quantities.merge(
            m.experiment() + "/" + m.metric(),
            found,
            (a, b) -> b.coordinates().size() > a.coordinates().size() ? b : a);
      }
    }
    return List.copyOf(quantities.values());
  }

  private static List<String> coordinates(StoredMetric m) {
    List<String> names = new ArrayList<>();
    addName(names, m.xName());
    addName(names, m.yName());
    return names;
  }

  private static void addName(List<String> names, @Nullable String name) {
    if (name != null) {
      names.add(name);
    }
  }

  /** The values of a quantity, a row per place. */
  public List<Row> rows(Quantity quantity) {
    return rows(quantity::has);
  }

  /** The values of a metric in all experiments, a row per place. */
  public List<Row> rows(String metric) {
    return rows(m -> m.metric().equals(metric));
  }

  private List<Row> rows(Predicate<StoredMetric> wanted) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (int r = 0; r < metrics.size(); r++) {
      for (StoredMetric m : metrics.get(r)) {
        if (wanted.test(m)) {
          rows.computeIfAbsent(m.place(), place -> new Row(place, m, nothing())).values()[r] =
              m.value();
        }
      }
    }
    return List.copyOf(rows.values());
  }

  private double[] nothing() {
    double[] values = new double[metrics.size()];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** The metrics of a run that are of a quantity. */
  List<StoredMetric> of(int run, Quantity quantity) {
    return metrics.get(run).stream().filter(quantity::has).toList();
  }

  /**
   * Rows as CSV: place, the value of each run, and the difference of each further run to the first.
   * What is not there is empty.
   */
  public String csv(List<Row> rows) {
    StringBuilder out = new StringBuilder("place");
    labels.forEach(label -> out.append(',').append(label));
    labels.stream().skip(1).forEach(label -> out.append(",delta_").append(label));
    out.append('\n');
    for (Row row : rows) {
      out.append('"').append(row.place()).append('"');
      for (double value : row.values()) {
        out.append(',').append(number(value));
      }
      for (int r = 1; r < row.values().length; r++) {
        out.append(',').append(number(row.delta(r)));
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
