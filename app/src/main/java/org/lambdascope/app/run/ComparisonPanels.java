package org.lambdascope.app.run;

import java.util.ArrayList;
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
    boolean grid = true;
    for (List<Metric> run : byRun) {
      Map<String, List<Metric>> byArm = MetricFigures.byArm(run);
      arms.addAll(byArm.keySet());
      grid &= run.isEmpty() || (byArm.size() > 1 && byArm.size() == run.size());
    }
    List<Series> series = new ArrayList<>();
    int curves = grid ? byRun.size() : arms.size() * byRun.size();
    for (int r = 0; r < byRun.size(); r++) {
      if (grid) {
        // Every arm is one place of a grid of its parameters: a line per run.
        add(series, comparison.labels().get(r), "", byRun.get(r), r, r, curves);
        continue;
      }
      Map<String, List<Metric>> byArm = MetricFigures.byArm(byRun.get(r));
      int a = 0;
      for (String arm : arms) {
        List<Metric> values = byArm.getOrDefault(arm, List.of());
        String shortArm = MetricFigures.shortName(arm, arms);
        if (byRun.size() == 1) {
          add(series, shortArm, "", values, a, a, curves);
        } else if (arms.size() == 1) {
          add(series, comparison.labels().get(r), "", values, r, r, curves);
        } else {
          add(series, shortArm, comparison.labels().get(r), values, a, r, curves);
        }
        a++;
      }
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

  private static void add(
      List<Series> series,
      String group,
      String variant,
      List<Metric> metrics,
      int colour,
      int dash,
      int curves) {
    if (metrics.isEmpty()) {
      return;
    }
    boolean banded = curves <= MOST_BANDS && metrics.stream().anyMatch(m -> !Double.isNaN(m.low()));
    LineSeries line =
        new LineSeries(
            group,
            variant,
            values(metrics, ComparisonPanels::place),
            values(metrics, Metric::value),
            banded ? new Band(values(metrics, Metric::low), values(metrics, Metric::high)) : null,
            new SeriesColour.Palette(colour),
            LineSeries.Dash.of(dash));
    // With a variant the dash is the run's; the mark is still the arm's.
    series.add(variant.isEmpty() ? line.withLook(colour) : line.withMark(Mark.of(colour)));
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
