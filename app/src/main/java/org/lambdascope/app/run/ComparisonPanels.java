package org.lambdascope.app.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.Band;
import org.lambdascope.app.figure.BarSeries;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Mark;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.Series;
import org.lambdascope.app.figure.SeriesColour;
import org.lambdascope.app.run.RunComparison.Quantity;
import org.lambdascope.app.run.RunStore.StoredMetric;
import org.lambdascope.engine.study.Metric;

/**
 * Draws a quantity of several runs: over one coordinate as overlaid lines, over two as heat maps
 * side by side, without any as bars.
 */
public final class ComparisonPanels {

  /** More bands than that cover one another. */
  private static final int MOST_BANDS = 6;

  /** More heat maps than that are too small to compare. */
  private static final int MOST_MAPS = 12;

  private final RunComparison comparison;
  private final Quantity quantity;
  private final List<List<Metric>> byRun = new ArrayList<>();

  private ComparisonPanels(RunComparison comparison, Quantity quantity) {
    this.comparison = comparison;
    this.quantity = quantity;
    for (int r = 0; r < comparison.labels().size(); r++) {
      byRun.add(
          comparison.of(r, quantity).stream()
              .map(StoredMetric::toMetric)
              .filter(m -> m.at().size() == quantity.coordinates().size())
              .toList());
    }
  }

  /** The panels; empty if there is nothing to draw. */
  public static List<Panel> of(RunComparison comparison, Quantity quantity) {
    ComparisonPanels panels = new ComparisonPanels(comparison, quantity);
    List<Panel> drawn =
        switch (quantity.coordinates().size()) {
          case 0 -> List.of(panels.bars());
          case 1 -> List.of(panels.lines());
          default -> panels.maps();
        };
    return drawn.stream().filter(p -> !p.isEmpty()).toList();
  }

  private Panel lines() {
    Set<String> arms = new LinkedHashSet<>();
    boolean grid = true; // every arm is one place of a grid of its parameters
    for (List<Metric> run : byRun) {
      Map<String, List<Metric>> byArm = MetricFigures.byArm(run);
      arms.addAll(byArm.keySet());
      grid &= run.isEmpty() || (byArm.size() > 1 && byArm.size() == run.size());
    }
    List<Series> series = new ArrayList<>();
    int curves = grid ? byRun.size() : arms.size() * byRun.size();
    if (grid || arms.size() == 1) {
      for (int r = 0; r < byRun.size(); r++) {
        String group =
            byRun.size() == 1 && !grid
                ? MetricFigures.shortName(arms.iterator().next(), arms)
                : comparison.labels().get(r);
        add(series, new Curve(group, "", byRun.get(r), r, r), curves);
      }
    } else {
      curves(arms).forEach(curve -> add(series, curve, curves));
    }
    double[] places =
        byRun.stream().flatMap(List::stream).mapToDouble(ComparisonPanels::place).toArray();
    return new Panel(
        quantity.experiment(),
        "",
        MetricFigures.axis(quantity.coordinates().getFirst(), places),
        AxisSpec.linear(quantity.label()),
        series,
        List.of(),
        null);
  }

  /**
   * A line to be.
   *
   * @param colour the arm's
   * @param dash that of the runs that have the line
   */
  private record Curve(String group, String variant, List<Metric> metrics, int colour, int dash) {}

  /** A line per arm and run; runs of which an arm has the same values share one. */
  private List<Curve> curves(Set<String> arms) {
    Map<Integer, Map<List<Integer>, List<Metric>>> byArm = new LinkedHashMap<>();
    int a = 0;
    for (String arm : arms) {
      byArm.put(a++, shared(arm));
    }
    // What all runs share is solid, so that without anything shared the first run is.
    List<List<Integer>> variants =
        byArm.values().stream()
            .flatMap(of -> of.keySet().stream())
            .distinct()
            .sorted(
                Comparator.comparingInt((List<Integer> runs) -> -runs.size())
                    .thenComparing(List::getFirst))
            .toList();
    List<String> names = List.copyOf(arms);
    List<Curve> curves = new ArrayList<>();
    byArm.forEach(
        (index, of) ->
            of.forEach(
                (runs, metrics) ->
                    curves.add(
                        new Curve(
                            MetricFigures.shortName(names.get(index), arms),
                            byRun.size() == 1 ? "" : labels(runs),
                            metrics,
                            index,
                            variants.indexOf(runs)))));
    return curves;
  }

  /** The values of an arm, by the runs that have just these. */
  private Map<List<Integer>, List<Metric>> shared(String arm) {
    Map<List<Metric>, List<Integer>> runs = new LinkedHashMap<>();
    for (int r = 0; r < byRun.size(); r++) {
      List<Metric> values = MetricFigures.byArm(byRun.get(r)).getOrDefault(arm, List.of());
      if (!values.isEmpty()) {
        runs.computeIfAbsent(values, v -> new ArrayList<>()).add(r);
      }
    }
    Map<List<Integer>, List<Metric>> shared = new LinkedHashMap<>();
    runs.forEach((values, of) -> shared.put(List.copyOf(of), values));
    return shared;
  }

  private String labels(List<Integer> runs) {
    List<String> labels = runs.stream().map(r -> comparison.labels().get(r)).toList();
    int last = labels.size() - 1;
    return last == 0
        ? labels.getFirst()
        : String.join(", ", labels.subList(0, last)) + " and " + labels.get(last);
  }

  private static void add(List<Series> series, Curve curve, int curves) {
    List<Metric> metrics = curve.metrics();
    if (metrics.isEmpty()) {
      return;
    }
    boolean banded = curves <= MOST_BANDS && metrics.stream().anyMatch(m -> !Double.isNaN(m.low()));
    LineSeries line =
        new LineSeries(
            curve.group(),
            curve.variant(),
            values(metrics, ComparisonPanels::place),
            values(metrics, Metric::value),
            banded ? new Band(values(metrics, Metric::low), values(metrics, Metric::high)) : null,
            new SeriesColour.Palette(curve.colour()),
            LineSeries.Dash.of(curve.dash()));
    // With a variant the dash is that of its runs; the mark is still the arm's.
    series.add(
        curve.variant().isEmpty()
            ? line.withLook(curve.colour())
            : line.withMark(Mark.of(curve.colour())));
  }

  private List<Panel> maps() {
    List<Panel> maps = new ArrayList<>();
    for (int r = 0; r < byRun.size(); r++) {
      if (!byRun.get(r).isEmpty()) {
        for (Panel panel : MetricHeatMaps.of(byRun.get(r), quantity.label())) {
          maps.add(
              byRun.size() == 1
                  ? panel
                  : panel.withTitle(comparison.labels().get(r) + ": " + panel.title()));
        }
      }
    }
    return Figure.share(maps.subList(0, Math.min(MOST_MAPS, maps.size())));
  }

  private Panel bars() {
    Set<String> arms = new LinkedHashSet<>();
    byRun.forEach(run -> run.forEach(m -> arms.add(m.arm())));
    double[][] values = new double[byRun.size()][];
    List<@Nullable Band> bands = new ArrayList<>();
    for (int r = 0; r < byRun.size(); r++) {
      values[r] = byArm(byRun.get(r), arms, Metric::value);
      bands.add(
          new Band(
              byArm(byRun.get(r), arms, Metric::low), byArm(byRun.get(r), arms, Metric::high)));
    }
    return new Panel(
        quantity.experiment(),
        "",
        AxisSpec.categories(
            "", arms.stream().map(arm -> MetricFigures.shortName(arm, arms)).toList()),
        AxisSpec.linear(quantity.label()),
        List.copyOf(BarSeries.grouped(comparison.labels(), values, bands)),
        List.of(),
        null);
  }

  private static double[] byArm(
      List<Metric> metrics, Set<String> arms, ToDoubleFunction<Metric> value) {
    return arms.stream()
        .mapToDouble(
            arm ->
                metrics.stream()
                    .filter(m -> m.arm().equals(arm))
                    .mapToDouble(value)
                    .findFirst()
                    .orElse(Double.NaN))
        .toArray();
  }

  private static double[] values(List<Metric> metrics, ToDoubleFunction<Metric> value) {
    return metrics.stream().mapToDouble(value).toArray();
  }

  private static double place(Metric metric) {
    return metric.at().values().stream().findFirst().orElse(0.0);
  }
}
