package org.lambdascope.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lambdascope.engine.study.Metric;

/**
 * The metrics of a run for people: a table per metric, its arms in rows and its places in columns.
 * Curves are too long for that and are left to the figures.
 */
final class MetricTables {

  /** More columns than that are a curve. */
  private static final int MOST_COLUMNS = 12;

  private static final int LEAST_WIDTH = 9;

  private final Map<String, List<Metric>> tables = new LinkedHashMap<>();

  MetricTables(List<Metric> metrics) {
    for (Metric metric : metrics) {
      String unit = metric.unit().isEmpty() ? "" : " (" + metric.unit() + ")";
      tables
          .computeIfAbsent(
              "%s: %s%s".formatted(metric.experiment(), metric.name(), unit),
              title -> new ArrayList<>())
          .add(metric);
    }
  }

  void print(PrintWriter out) {
    tables.forEach((title, rows) -> print(out, title, rows));
    out.flush();
  }

  private static void print(PrintWriter out, String title, List<Metric> metrics) {
    Set<Double> columns = new LinkedHashSet<>();
    Map<String, Map<Double, Metric>> rows = new LinkedHashMap<>();
    String across = "";
    for (Metric metric : metrics) {
      List<Map.Entry<String, Double>> at = List.copyOf(metric.at().entrySet());
      double column = at.isEmpty() ? Double.NaN : at.getLast().getValue();
      if (!at.isEmpty()) {
        across = at.getLast().getKey();
      }
      columns.add(column);
      rows.computeIfAbsent(row(metric, at), name -> new TreeMap<>()).put(column, metric);
    }
    if (columns.size() > MOST_COLUMNS) {
      return;
    }
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    out.println(title);
    StringBuilder heading = new StringBuilder(pad(across, width));
    for (double column : columns) {
      heading.append(cell(Double.isNaN(column) ? "" : number(column)));
    }
    out.println(heading.toString().stripTrailing());
    rows.forEach(
        (name, values) -> {
          StringBuilder line = new StringBuilder(pad(name, width));
          for (double column : columns) {
            Metric metric = values.get(column);
            line.append(cell(metric == null ? "-" : number(metric.value())));
          }
          out.println(line.toString().stripTrailing());
        });
    out.println();
  }

  /** The arm, or, for a place with two coordinates, the first of them as well. */
  private static String row(Metric metric, List<Map.Entry<String, Double>> at) {
    if (at.size() < 2) {
      return metric.arm();
    }
    Map.Entry<String, Double> first = at.getFirst();
    String place = "%s=%s".formatted(first.getKey(), number(first.getValue()));
    // On a grid of an arm's own parameters every cell is another arm.
    return metric.arm().contains(place)
        ? "%s, %s".formatted(metric.arm().split(":", 2)[0], place)
        : "%s, %s".formatted(metric.arm(), place);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String cell(String text) {
    return " ".repeat(Math.max(1, LEAST_WIDTH + 1 - text.length())) + text;
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.3f" : "%.4g", value);
  }
}
