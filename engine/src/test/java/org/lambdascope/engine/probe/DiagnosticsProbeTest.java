package org.lambdascope.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.AttentionTiles;
import org.lambdascope.engine.experiment.ScoreListener;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.model.LoadedDecoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.task.Cancellation;
import smile.feature.extraction.PCA;

/** The streamed summaries against exact rows, recomputed one query at a time. */
final class DiagnosticsProbeTest {

  private static final int TOKENS = 61;

  private static LoadedDecoder open() throws IOException, URISyntaxException {
    return ModelLoader.openDecoder(
        Path.of(
            Objects.requireNonNull(DiagnosticsProbeTest.class.getResource("/reference/gqa"))
                .toURI()),
        2);
  }

  private static int[] tokens(ModelConfig config) {
    return new Random(5).ints(TOKENS, 0, config.vocabularySize()).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vanilla|1000|1000",
        "vanilla|7|9",
        "lm-infinite:global=4,local=16,ceiling=12|1000|1000",
        "lm-infinite:global=4,local=16,ceiling=12|10|8",
        "streaming-llm:sink=3,recent=9|20|20",
        "truncate:local=16,stride=8|1000|1000",
      })
  void summariesAreThoseOfTheExactRows(String text, int distanceBins, int positionBins)
      throws Exception {
    try (LoadedDecoder loaded = open()) {
      ModelConfig config = loaded.decoder().config();
      int[] tokens = tokens(config);
      Arm arm = ArmParser.parse(text, 16);
      Diagnostics diagnostics =
          Scoring.score(
                  loaded.decoder(),
                  arm,
                  tokens,
                  new ScoreOptions(
                      13,
                      new CaptureOptions(true, true, true, distanceBins, positionBins, 0, 4096)),
                  ScoreListener.NONE,
                  Cancellation.NONE)
              .diagnostics();
      LogitsByDistance logits = Objects.requireNonNull(diagnostics.logitsByDistance());
      EntropyByPosition entropy = Objects.requireNonNull(diagnostics.entropy());
      for (int layer = 0; layer < config.layers(); layer++) {
        for (int head = 0; head < config.heads(); head++) {
          check(loaded, arm, tokens, layer, head, logits, entropy);
        }
      }
    }
  }

  private static void check(
      LoadedDecoder loaded,
      Arm arm,
      int[] tokens,
      int layer,
      int head,
      LogitsByDistance logits,
      EntropyByPosition entropy) {
    List<DoubleSummaryStatistics> local = statistics(logits.bins());
    List<DoubleSummaryStatistics> global = statistics(logits.bins());
    List<DoubleSummaryStatistics> last = statistics(logits.bins());
    List<DoubleSummaryStatistics> entropies = statistics(entropy.bins());
    for (int query = 0; query < tokens.length; query++) {
      AttentionTile tile =
          AttentionTiles.row(loaded.decoder(), arm, tokens, layer, head, query, Cancellation.NONE);
      double h = 0;
      double total = 0;
      for (int k = 0; k < tile.keys().length; k++) {
        int bin = (query - tile.keys()[k]) / logits.binWidth();
        (tile.global()[k] ? global : local).get(bin).accept(tile.logits()[k]);
        if (query == tokens.length - 1) {
          last.get(bin).accept(tile.logits()[k]);
        }
        double p = tile.probabilities()[k];
        total += p;
        h -= p > 0 ? p * Math.log(p) : 0;
      }
      assertThat(total).isCloseTo(1, within(1e-5));
      entropies.get(query / entropy.binWidth()).accept(h);
    }
    compare(logits.local(), layer, head, local);
    compare(logits.lastQuery(), layer, head, last);
    if (logits.global() != null) {
      compare(logits.global(), layer, head, global);
    } else {
      assertThat(global).allMatch(s -> s.getCount() == 0);
    }
    for (int b = 0; b < entropy.bins(); b++) {
      assertThat(entropy.mean(layer, head, b))
          .isCloseTo(entropies.get(b).getAverage(), within(1e-4));
    }
  }

  private static void compare(
      DistanceSeries series, int layer, int head, List<DoubleSummaryStatistics> expected) {
    for (int b = 0; b < expected.size(); b++) {
      DoubleSummaryStatistics e = expected.get(b);
      assertThat(series.count(layer, head, b)).isEqualTo(e.getCount());
      if (e.getCount() == 0) {
        assertThat(series.mean(layer, head, b)).isNaN();
        assertThat(series.max(layer, head, b)).isNaN();
      } else {
        assertThat(series.mean(layer, head, b)).isCloseTo(e.getAverage(), within(1e-4));
        assertThat(series.min(layer, head, b)).isCloseTo(e.getMin(), within(1e-4));
        assertThat(series.max(layer, head, b)).isCloseTo(e.getMax(), within(1e-4));
        assertThat(series.sd(layer, head, b)).isBetween(0.0, e.getMax() - e.getMin() + 1e-4);
      }
    }
  }

  private static List<DoubleSummaryStatistics> statistics(int n) {
    List<DoubleSummaryStatistics> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(new DoubleSummaryStatistics());
    }
    return all;
  }

  @Test
  void principalComponentsFollowTheVariance() {
    Random random = new Random(3);
    double[][] rows = new double[500][8];
    for (double[] row : rows) {
      double a = random.nextGaussian() * 10;
      double b = random.nextGaussian() * 3;
      for (int f = 0; f < row.length; f++) {
        row[f] = random.nextGaussian() * 0.1;
      }
      row[2] += a;
      row[5] += b;
    }
    HiddenPca pca = Objects.requireNonNull(fit(rows));
    assertThat(pca.explained()[0]).isBetween(0.88, 0.95);
    assertThat(pca.explained()[1]).isBetween(0.05, 0.12);
    double mean = 0;
    for (double[] row : rows) {
      mean += row[2] / rows.length;
    }
    for (int i = 0; i < rows.length; i++) {
      assertThat(pca.points()[i][0]).isCloseTo(rows[i][2] - mean, within(0.6));
    }
  }

  @Test
  void wideRowsGiveTheComponentsOfAFullDecomposition() {
    Random random = new Random(7);
    int features = 600;
    double[][] rows = new double[300][features];
    double[][] loadings = new double[40][features];
    for (double[] loading : loadings) {
      Arrays.setAll(loading, f -> random.nextGaussian() / Math.sqrt(features));
    }
    for (double[] row : rows) {
      for (int k = 0; k < loadings.length; k++) {
        double score = random.nextGaussian() * 10 * Math.pow(0.8, k);
        for (int f = 0; f < features; f++) {
          row[f] += score * loadings[k][f] + 0.001 * random.nextGaussian();
        }
      }
    }
    HiddenPca wide = Objects.requireNonNull(fit(rows));
    PCA full = PCA.fit(rows);
    double[][] expected = full.getProjection(2).apply(rows);
    for (int c = 0; c < 2; c++) {
      assertThat(wide.explained()[c]).isCloseTo(full.varianceProportion()[c], within(1e-6));
      double sign = Math.signum(expected[0][c] * wide.points()[0][c]);
      for (int i = 0; i < rows.length; i++) {
        assertThat(wide.points()[i][c]).isCloseTo(sign * expected[i][c], within(1e-4));
      }
    }
  }

  private static @Nullable HiddenPca fit(double[][] rows) {
    int features = rows[0].length;
    float[] flat = new float[rows.length * features];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / features][i % features];
    }
    return PrincipalComponents.fit(0, flat, rows.length, features);
  }

  @Test
  void tooFewRowsOrBrokenOnesGiveNoPca() {
    assertThat(fit(new double[][] {{1, 2}, {2, 3}})).isNull();
    assertThat(fit(new double[][] {{1, 2}, {2, Double.NaN}, {3, 4}})).isNull();
    assertThat(fit(new double[][] {{1, 2}, {2, Double.POSITIVE_INFINITY}, {3, 4}})).isNull();
  }

  @Test
  void predictedBytesAreWhatIsCaptured() {
    CaptureOptions options = CaptureOptions.PAPER;
    assertThat(options.predictedBytes(5, 8, 64, 8192, true))
        .isGreaterThan(options.predictedBytes(5, 8, 64, 8192, false))
        .isLessThan(64L << 20);
    assertThat(CaptureOptions.NONE.predictedBytes(5, 8, 64, 8192, true)).isZero();
  }
}
