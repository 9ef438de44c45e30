package org.lambdascope.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.LineSeries.Dash;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.run.RunStore.StoredMetric;

class ComparisonPanelsTest {

  private static void put(List<StoredMetric> run, String arm, double... values) {
    for (int i = 0; i < values.length; i++) {
      run.add(
          new StoredMetric(
              "perplexity",
              "nll",
              "nats/token",
              arm,
              "length",
              256 << i,
              null,
              Double.NaN,
              values[i],
              Double.NaN,
              Double.NaN,
              1));
    }
  }

  private static List<LineSeries> lines(List<String> labels, List<List<StoredMetric>> runs) {
    RunComparison comparison = new RunComparison(labels, runs);
    List<Panel> panels = ComparisonPanels.of(comparison, comparison.quantities().getFirst());
    assertThat(panels).hasSize(1);
    return panels.getFirst().series().stream().map(LineSeries.class::cast).toList();
  }

  @Test
  void runsOfWhichAnArmHasTheSameValuesShareALine() {
    List<StoredMetric> a = new ArrayList<>();
    put(a, "vanilla", 1.1, 1.5);
    put(a, "window:local=256", 1.1, 1.2);
    List<StoredMetric> b = new ArrayList<>();
    put(b, "vanilla", 1.1, 1.5);
    put(b, "window:local=512", 1.1, 1.0);
    List<LineSeries> lines = lines(List.of("a", "b"), List.of(a, b));
    assertThat(lines)
        .extracting(LineSeries::name)
        .containsExactly("vanilla, a and b", "window:local=256, a", "window:local=512, b");
    assertThat(lines)
        .extracting(LineSeries::dash)
        .containsExactly(Dash.SOLID, Dash.DASHED, Dash.DOTTED);
  }

  @Test
  void otherwiseTheDashIsThatOfTheRun() {
    List<StoredMetric> a = new ArrayList<>();
    put(a, "vanilla", 1.1, 1.5);
    put(a, "window", 1.1, 1.2);
    List<StoredMetric> b = new ArrayList<>();
    put(b, "vanilla", 1.1, 1.6);
    put(b, "window", 1.1, 1.3);
    List<LineSeries> lines = lines(List.of("a", "b"), List.of(a, b));
    assertThat(lines)
        .extracting(LineSeries::name)
        .containsExactly("vanilla, a", "vanilla, b", "window, a", "window, b");
    assertThat(lines)
        .extracting(LineSeries::dash)
        .containsExactly(Dash.SOLID, Dash.DASHED, Dash.SOLID, Dash.DASHED);
    assertThat(lines(List.of("a"), List.of(a)))
        .extracting(LineSeries::name)
        .containsExactly("vanilla", "window");
  }
}
