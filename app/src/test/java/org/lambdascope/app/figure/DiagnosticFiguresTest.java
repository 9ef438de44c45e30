package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.engine.attention.Branch;
import org.lambdascope.engine.attention.LogitTile;
import org.lambdascope.engine.attention.SoftmaxRow;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.kernels.KernelsProvider;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.probe.Diagnostics;
import org.lambdascope.engine.probe.DiagnosticsProbe;
import org.lambdascope.engine.probe.LogitsByDistance;
import org.lambdascope.engine.probe.Tap;

final class DiagnosticFiguresTest {

  private static final int TOKENS = 8;

  @TempDir Path folder;

  /** The query's own key and the one before; logit = head + distance. */
  private static LogitTile tile(int query, int head) {
    float[] logits = query == 0 ? new float[] {head} : new float[] {head + 1, head};
    int keys = logits.length;
    return new LogitTile(
        query,
        1,
        Math.max(0, query - 1),
        Branch.LOCAL,
        logits,
        keys,
        new int[] {0},
        new int[] {keys});
  }

  private record Sums(int query, int head) implements SoftmaxRow {
    @Override
    public int visibleKeys() {
      return Math.min(2, query + 1);
    }

    @Override
    public float weightSum() {
      return query == 0 ? 1 : 1 + (float) Math.exp(-1);
    }

    @Override
    public float maxLogit() {
      return query == 0 ? head : head + 1;
    }

    @Override
    public double weightedLogits() {
      return query == 0 ? 0 : -Math.exp(-1);
    }
  }

  private static Diagnostics diagnostics(int layers) {
    CaptureOptions options = new CaptureOptions(true, true, true, 4, 4, 0, TOKENS);
    DiagnosticsProbe probe =
        new DiagnosticsProbe(KernelsProvider.load(), options, layers, 2, 3, TOKENS, false);
    for (int t = 0; t < TOKENS; t++) {
      for (int l = 0; l < layers; l++) {
        for (int h = 0; h < 2; h++) {
          probe.logits(l, h, tile(t, h));
          probe.softmax(l, h, new Sums(t, h));
          probe.attentionEnded(l, h);
        }
      }
      float[] state = {t, t * t, 1};
      probe.hidden(Tap.LAYER_OUTPUT, 0, t, 1, state, 0, 3);
    }
    return probe.result();
  }

  private static LogitsByDistance logits(int layers) {
    return Objects.requireNonNull(diagnostics(layers).logitsByDistance());
  }

  @Test
  void paperPresetIsMeanAndSdOverHeadsOfTheRunningMaximum() {
    Panel panel = DiagnosticFigures.logits("vanilla", logits(2), LogitsView.PAPER, List.of());
    assertThat(panel.title()).isEqualTo("vanilla");
    assertThat(panel.subtitle())
        .isEqualTo("all layers, mean ± sd over heads, last query, running maximum over distance");
    assertThat(panel.y().label()).contains("before softmax");
    LineSeries line = (LineSeries) panel.series().getFirst();
    assertThat(line.group()).isEqualTo("layer 0");
    assertThat(line.x()).containsExactly(0.5, 2.5, 4.5, 6.5);
    // Heads have maxima 1 and 2; nothing is visible past distance 1.
    assertThat(line.y()).containsExactly(1.5, Double.NaN, Double.NaN, Double.NaN);
    Band band = Objects.requireNonNull(line.band());
    assertThat(band.low()[0]).isEqualTo(1);
    assertThat(band.high()[0]).isEqualTo(2);
  }

  @Test
  void layersDifferInMoreThanColour() {
    for (Panel panel :
        List.of(
            DiagnosticFigures.logits("vanilla", logits(2), LogitsView.PAPER, List.of()),
            DiagnosticFigures.entropy(
                "vanilla",
                Objects.requireNonNull(diagnostics(2).entropy()),
                EntropyView.ALL_LAYERS,
                List.of()))) {
      assertThat(panel.series().subList(0, 2))
          .extracting(s -> ((LineSeries) s).mark())
          .containsExactly(Mark.CIRCLE, Mark.SQUARE);
    }
  }

  @Test
  void oneHeadOfOneLayerHasNoBand() {
    LogitsView view = new LogitsView(LogitsView.Statistic.MIN, 1, 1);
    Panel panel = DiagnosticFigures.logits("vanilla", logits(2), view, List.of());
    assertThat(panel.subtitle()).isEqualTo("layer 1, head 1, minimum over queries");
    assertThat(panel.series()).hasSize(1);
    assertThat(((LineSeries) panel.series().getFirst()).band()).isNull();
    assertThat(panel.series().getFirst().y())
        .containsExactly(1, Double.NaN, Double.NaN, Double.NaN);
  }

  @Test
  void initialKeysAreCalledWhatTheArmCallsThem() {
    LogitsByDistance local = logits(1);
    LogitsByDistance data =
        new LogitsByDistance(
            local.layers(),
            local.heads(),
            local.tokens(),
            local.bins(),
            local.binWidth(),
            local.local(),
            local.local(),
            local.lastQuery());
    LogitsView view = new LogitsView(LogitsView.Statistic.MEAN, 0, 0);
    for (var expected :
        Map.of("streaming-llm:sink=4", "sinks", "lambda-mask", "global branch").entrySet()) {
      Panel panel = DiagnosticFigures.logits(expected.getKey(), data, view, List.of());
      assertThat(((LineSeries) panel.series().getLast()).variant()).isEqualTo(expected.getValue());
    }
  }

  @Test
  void manyLayersAreColouredOnAScale() {
    Panel panel = DiagnosticFigures.logits("vanilla", logits(12), LogitsView.PAPER, List.of());
    assertThat(Objects.requireNonNull(panel.scale()).range()).isEqualTo(new AxisRange(0, 11));
    assertThat(panel.subtitle()).contains("mean over heads").doesNotContain("sd");
  }

  @Test
  void anUnknownLayerIsRefused() {
    LogitsView view = new LogitsView(LogitsView.Statistic.MEAN, 2, LogitsView.ALL);
    assertThatThrownBy(() -> DiagnosticFigures.logits("a", logits(2), view, List.of()))
        .hasMessageContaining("layer: expected one of 0 to 1");
  }

  @Test
  void entropyHasTheUniformEntropyAsReference() {
    Diagnostics d = diagnostics(2);
    Panel panel =
        DiagnosticFigures.entropy(
            "vanilla",
            Objects.requireNonNull(d.entropy()),
            EntropyView.ALL_LAYERS,
            List.of(Marker.pretrainLength(4)));
    assertThat(panel.y().label()).contains("nats, after softmax");
    assertThat(panel.series()).extracting(Series::name).contains("ln(visible keys)");
    double uniform = panel.series().getLast().y()[3];
    assertThat(uniform).isCloseTo(Math.log(2), within(1e-6));
    assertThat(panel.series().getFirst().y()[3]).isBetween(0.5, uniform);
  }

  @Test
  void pcaNamesTheVarianceThatItExplains() {
    Diagnostics d = diagnostics(1);
    Panel panel = DiagnosticFigures.pca("vanilla", Objects.requireNonNull(d.hiddenPca()));
    assertThat(panel.x().label()).matches("PC 1 \\(\\d+\\.\\d % of variance\\)");
    assertThat(panel.series().getFirst().x()).hasSize(TOKENS);
  }

  @Test
  void tablesHoldWhatWasCaptured() throws IOException {
    ScoreResult result =
        new ScoreResult(
            ArmParser.parse("lm-infinite:global=0,local=2", 4),
            new float[TOKENS - 1],
            TOKENS - 1,
            1,
            1,
            diagnostics(2));
    ScoreResult without =
        new ScoreResult(
            ArmParser.parse("vanilla", 4),
            new float[TOKENS - 1],
            TOKENS - 1,
            1,
            1,
            new Diagnostics(null, null, null));
    List<ScoreResult> results = List.of(result, without);

    Path file = folder.resolve("l.csv");
    DiagnosticCsv.logitsByDistance(file, results);
    List<List<String>> rows = FigureCsvTest.parse(Files.readString(file));
    assertThat(rows.getFirst())
        .containsExactly(
            "arm",
            "layer",
            "head",
            "branch",
            "distance_from",
            "distance_to",
            "count",
            "mean",
            "sd",
            "min",
            "max");
    assertThat(rows).hasSize(1 + 2 * 2 * 2);
    assertThat(rows.get(1))
        .startsWith("lm-infinite:global=0,local=2,ceiling=4", "0", "0", "local", "0", "1", "15")
        .endsWith("0.0", "1.0");

    DiagnosticCsv.entropy(file, results);
    rows = FigureCsvTest.parse(Files.readString(file));
    assertThat(rows).hasSize(1 + 2 * 2 * 4);
    assertThat(rows.getLast()).contains("6", "7");

    DiagnosticCsv.pca(file, results);
    rows = FigureCsvTest.parse(Files.readString(file));
    assertThat(rows).hasSize(1 + TOKENS);
    assertThat(rows.get(3).get(2)).isEqualTo("2");
  }
}
