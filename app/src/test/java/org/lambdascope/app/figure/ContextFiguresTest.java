package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.context.ContextControl;
import org.lambdascope.engine.experiment.context.ContextCost;
import org.lambdascope.engine.experiment.context.ContextPoint;
import org.lambdascope.engine.experiment.context.Interval;

class ContextFiguresTest {

  private static ContextPoint point(ArmKind kind, int context, double nll) {
    return new ContextPoint(
        Arm.withDefaults(kind, 256),
        context,
        ContextControl.TRUE,
        new Interval(nll, 0.1, 4),
        new Interval(0, 0, 4),
        context * 1e-3,
        50,
        1 << 20);
  }

  private static final List<ContextPoint> POINTS =
      List.of(
          point(ArmKind.CEPE, 0, 2),
          point(ArmKind.CEPE, 256, 1.5),
          point(ArmKind.VANILLA, 0, 2),
          point(ArmKind.VANILLA, 256, 3));

  @Test
  void nllLiesOverTheLengthOfTheTextWithItsInterval() {
    Figure figure =
        ContextFigures.nll(
            POINTS, 255, List.of(Marker.pretrainLength(256), Marker.pretrainLength(4096)));
    Panel panel = figure.panels().getFirst();
    assertThat(panel.subtitle()).contains("95 % interval, 4 documents");
    assertThat(panel.markers()).hasSize(1); // the other one lies beyond the data
    LineSeries cepe = (LineSeries) panel.series().getFirst();
    assertThat(cepe.x()).containsExactly(255, 511);
    assertThat(cepe.y()).containsExactly(2, 1.5);
    assertThat(Objects.requireNonNull(cepe.band()).high()).containsExactly(2.1, 1.6);
  }

  @Test
  void intervalsOfLossesEndAtZeroAndSaySo() {
    Panel uncut = ContextFigures.nll(POINTS, 255, List.of()).panels().getFirst();
    assertThat(uncut.subtitle()).doesNotContain("cut");
    List<ContextPoint> points =
        List.of(point(ArmKind.CEPE, 0, 0.05), point(ArmKind.CEPE, 256, 0.3));
    Panel panel = ContextFigures.nll(points, 255, List.of()).panels().getFirst();
    Band band = Objects.requireNonNull(panel.series().getFirst().band());
    assertThat(band.low()[0]).isZero();
    assertThat(band.low()[1]).isEqualTo(0.3 - 0.1);
    assertThat(band.high()[0]).isEqualTo(0.05 + 0.1);
    assertThat(panel.subtitle()).contains("95 % interval cut at 0");
    Band bars =
        Objects.requireNonNull(
            ContextFigures.controls(points.subList(0, 1))
                .panels()
                .getFirst()
                .series()
                .getFirst()
                .band());
    assertThat(bars.low()).containsExactly(0);
  }

  @Test
  void costHasAPanelPerQuantity() {
    assertThat(ContextFigures.cost(POINTS, 255).panels())
        .extracting(p -> p.y().label())
        .containsExactly(
            "time until the first token (s)", "decoding (tokens/s)", "caches and context (MiB)");
    Figure ways =
        ContextFigures.cost(
            List.of(
                new ContextCost.Point(ContextCost.Way.VANILLA, 1024, 1, 10, 4 << 20, 0),
                new ContextCost.Point(ContextCost.Way.CEPE_ABSORBED, 1024, 1, 20, 1 << 20, 0)));
    assertThat(ways.panels().getLast().series())
        .extracting(Series::name)
        .containsExactly("vanilla", "cepe absorbed");
    assertThat(ways.panels().getLast().series().getFirst().y()).containsExactly(4);
  }
}
