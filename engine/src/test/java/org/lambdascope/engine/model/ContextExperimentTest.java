package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ContextTile;
import org.lambdascope.engine.experiment.ContextTiles;
import org.lambdascope.engine.experiment.ScoreListener;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.experiment.context.ContextControl;
import org.lambdascope.engine.experiment.context.ContextCost;
import org.lambdascope.engine.experiment.context.ContextExperiment;
import org.lambdascope.engine.experiment.context.ContextMeasurement;
import org.lambdascope.engine.experiment.context.ContextPoint;
import org.lambdascope.engine.experiment.context.ContextSpec;
import org.lambdascope.engine.experiment.context.RandomCheckpoint;
import org.lambdascope.engine.experiment.context.Targets;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.probe.CrossAttentionSummary;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;

/** The experiments on what context is worth, against the arms' own definitions. */
final class ContextExperimentTest {

  private static final int BOS = 1;
  private static final int TARGETS = 12;
  private static final String CEPE = "cepe:chunk=8,context=131072,window=16";

  private static LoadedDecoder open() throws IOException {
    return ModelLoader.openDecoder(ReferenceFixture.folder("cepe-gqa"), 2);
  }

  private static List<int[]> documents() {
    Random random = new Random(11);
    return IntStream.range(0, 3).mapToObj(d -> random.ints(90 + 7 * d, 3, 19).toArray()).toList();
  }

  private static Targets targets(int local, int longest) {
    return Targets.spread(documents(), TARGETS, local, longest, 2);
  }

  private static ContextSpec spec(
      List<String> arms, List<Integer> contexts, List<ContextControl> controls) {
    return new ContextSpec(
        arms.stream().map(FixtureModels::arm).toList(), contexts, controls, 5, 3, 7, null);
  }

  private static List<ContextMeasurement> run(Targets targets, ContextSpec spec)
      throws IOException {
    try (LoadedDecoder model = open()) {
      return ContextExperiment.run(
          model.decoder(), targets, spec, m -> {}, Progress.NONE, Cancellation.NONE);
    }
  }

  /** Mean over the last targets of a text that is scored whole. */
  private static double lastTargets(Decoder decoder, Arm arm, int[] text) {
    ScoreResult result =
        Scoring.score(
            decoder, arm, text, ScoreOptions.DEFAULT, ScoreListener.NONE, Cancellation.NONE);
    return result.meanNll(text.length - 1 - TARGETS, text.length - 1);
  }

  private static int[] text(Targets targets, ContextMeasurement m, int context) {
    int[] document = targets.documents().get(m.document());
    int from = m.start() - targets.local() - context;
    int[] text = new int[1 + m.start() + TARGETS - from];
    text[0] = BOS;
    System.arraycopy(document, from, text, 1, text.length - 1);
    return text;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"vanilla", "lm-infinite:global=2,local=9,ceiling=9", "truncate:local=20,stride=5"})
  void otherArmsReadTheContextRightAfterBos(String arm) throws IOException {
    Targets targets = targets(2, 40);
    List<ContextMeasurement> found =
        run(targets, spec(List.of(arm), List.of(0, 8, 40), List.of(ContextControl.TRUE)));
    assertThat(found).hasSize(3 * 6);
    try (LoadedDecoder model = open()) {
      for (ContextMeasurement m : found) {
        int[] text = text(targets, m, m.context());
        assertThat(m.nll())
            .as("%s", m)
            .isCloseTo(lastTargets(model.decoder(), FixtureModels.arm(arm), text), within(1e-4));
      }
    }
  }

  /** A text whose second window begins at the first target has the very same context. */
  @Test
  void cepeEncodesTheContext() throws IOException {
    Targets targets = targets(0, 64);
    List<ContextMeasurement> found =
        run(targets, spec(List.of(CEPE), List.of(0, 16, 64), List.of(ContextControl.TRUE)));
    try (LoadedDecoder model = open()) {
      for (ContextMeasurement m : found) {
        int[] withBos = text(targets, m, m.context());
        int[] text = m.context() == 0 ? withBos : Arrays.copyOfRange(withBos, 1, withBos.length);
        assertThat(m.nll())
            .as("%s", m)
            .isCloseTo(lastTargets(model.decoder(), FixtureModels.arm(CEPE), text), within(1e-4));
        assertThat(m.decoded()).isEqualTo(3);
        assertThat(m.bytes()).isPositive();
      }
    }
  }

  @Test
  void withoutContextCepeIsVanilla() throws IOException {
    List<ContextMeasurement> found =
        run(
            targets(2, 24),
            spec(List.of(CEPE, "vanilla"), List.of(0), List.of(ContextControl.TRUE)));
    for (int i = 0; i < found.size(); i += 2) {
      assertThat(found.get(i).nll()).isEqualTo(found.get(i + 1).nll());
    }
  }

  @Test
  void controlsChangeWhatTheySay() throws IOException {
    Targets targets = targets(2, 29); // the first chunk is a short one
    List<ContextControl> controls = List.of(ContextControl.values());
    List<ContextMeasurement> found =
        run(targets, spec(List.of(CEPE, "vanilla"), List.of(29), controls));
    List<ContextPoint> points = ContextPoint.of(found);
    assertThat(points).hasSize(10);
    for (ContextPoint p : points) {
      assertThat(p.nll().count()).isEqualTo(3);
      boolean cepe = p.arm().kind().needsEncoder();
      double change = Math.abs(p.change().mean());
      switch (p.control()) {
        case TRUE -> assertThat(change).isZero();
        case PERMUTED -> {
          if (cepe) {
            assertThat(change).isLessThan(1e-5);
          } else {
            assertThat(change).isGreaterThan(1e-4);
          }
        }
        case NONE, OTHER_DOCUMENT, SCRAMBLED -> assertThat(change).isGreaterThan(1e-4);
      }
    }
    assertThat(run(targets, spec(List.of(CEPE, "vanilla"), List.of(29), controls)))
        .extracting(ContextMeasurement::nll)
        .isEqualTo(found.stream().map(ContextMeasurement::nll).toList());
  }

  @Test
  void replugFindsItsPassagesInTheContext() throws IOException {
    List<ContextMeasurement> found =
        run(
            targets(0, 40),
            spec(
                List.of("replug:passages=2,chunk=8,window=16", CEPE),
                List.of(0, 40),
                List.of(ContextControl.TRUE)));
    assertThat(found.get(0).nll()).isCloseTo(found.get(2).nll(), within(1e-5));
    assertThat(found.get(1).nll()).isNotEqualTo(found.get(0).nll());
  }

  @Test
  void aCancelledRunKeepsWhatItHas() throws IOException {
    Targets targets = targets(0, 40);
    ContextSpec spec = spec(List.of(CEPE), List.of(0, 40), List.of(ContextControl.TRUE));
    List<ContextMeasurement> heard = new ArrayList<>();
    try (LoadedDecoder model = open()) {
      List<ContextMeasurement> found =
          ContextExperiment.run(
              model.decoder(), targets, spec, heard::add, Progress.NONE, () -> heard.size() == 5);
      assertThat(found).isEqualTo(heard).hasSize(5);
      assertThat(ContextPoint.of(found).get(1).nll().count()).isEqualTo(1);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Targets.spread(documents(), TARGETS, 0, 200, 1))
        .hasMessageContaining("expected a document of at least 213 tokens")
        .hasMessageContaining("found at most 104");
    Targets targets = targets(4, 40);
    assertThatThrownBy(
            () -> run(targets, spec(List.of(CEPE), List.of(0), List.of(ContextControl.TRUE))))
        .hasMessageContaining("than window = 16, found 16");
    assertThatThrownBy(() -> run(targets, spec(List.of("vanilla"), List.of(41), List.of())))
        .hasMessageContaining("expected at most 40 tokens");
    Targets single = Targets.spread(documents().subList(0, 1), TARGETS, 0, 8, 1);
    assertThatThrownBy(
            () ->
                run(
                    single,
                    spec(List.of("vanilla"), List.of(8), List.of(ContextControl.OTHER_DOCUMENT))))
        .hasMessageContaining("expected at least 2 documents");
  }

  @Test
  void aQuerysShareOfEachChunkIsThatOfTheDiagnostics() throws IOException {
    Arm arm = FixtureModels.arm("cepe:chunk=8,context=48,window=16");
    int[] text = documents().get(0);
    try (LoadedDecoder model = open()) {
      CrossAttentionSummary summary =
          Objects.requireNonNull(
              Scoring.score(
                      model.decoder(),
                      arm,
                      text,
                      new ScoreOptions(7, CaptureOptions.PAPER),
                      ScoreListener.NONE,
                      Cancellation.NONE)
                  .diagnostics()
                  .crossAttention());
      for (int query : new int[] {3, 15, 40, 88}) {
        ContextTile tile = ContextTiles.row(model.decoder(), arm, text, query, Cancellation.NONE);
        int start = (query + 1) / 16 * 16;
        assertThat(tile.chunks()).isEqualTo(Math.min(start, 48) / 8);
        assertThat(tile.mass(0, ContextTile.ALL, tile.firstChunk())).isNaN();
        for (int c = 0; c < tile.chunks(); c++) {
          int chunk = tile.firstChunk() + c;
          assertThat(tile.mass(1, ContextTile.ALL, chunk))
              .isCloseTo(summary.mass(1, query, chunk), within(1e-5));
        }
      }
    }
  }

  /** Arms and questions over the same context share its encoding; what is appended is added. */
  @Test
  void aContextIsEncodedOnce() throws IOException {
    int[] text = documents().get(0);
    try (LoadedDecoder model = open()) {
      ContextDecoder decoder = (ContextDecoder) model.decoder();
      List<int[]> chunks = new ArrayList<>();
      for (int from = 0; from < 80; from += 8) {
        chunks.add(Arrays.copyOfRange(text, from, from + 8));
      }
      List<EncodedChunk> first = null;
      for (String arm :
          List.of(
              "cepe:chunk=8,context=131072,window=16",
              "cepe-distilled:chunk=8,context=40,window=32")) {
        for (int length : new int[] {60, text.length}) {
          Scoring.score(
              decoder,
              FixtureModels.arm(arm),
              Arrays.copyOf(text, length),
              ScoreOptions.DEFAULT,
              ScoreListener.NONE,
              Cancellation.NONE);
          List<EncodedChunk> now =
              decoder.encoder().encode(chunks.subList(0, 5), Cancellation.NONE);
          if (first != null) {
            for (int c = 0; c < now.size(); c++) {
              assertThat(now.get(c)).isSameAs(first.get(c));
            }
          }
          first = now;
        }
      }
    }
  }

  @Test
  void costIsMeasuredByLength(@TempDir Path folder) throws IOException {
    RandomCheckpoint.write(folder, RandomCheckpoint.Shape.TINY, 3);
    try (LoadedDecoder model = ModelLoader.openDecoder(folder, 2)) {
      List<ContextCost.Point> points =
          ContextCost.measure(
              model.decoder(),
              new ContextCost.Spec(
                  List.of(ContextCost.Way.values()), List.of(256, 600), 2, 64, 32, 64, 600),
              p -> {},
              Progress.NONE,
              Cancellation.NONE);
      assertThat(points).hasSize(6).allMatch(p -> p.decodeTokensPerSecond() > 0);
      assertThat(points.get(0).readSeconds()).isPositive();
      assertThat(points.get(1).readSeconds()).isNaN(); // made up, not read
      // Keys and values of two layers, 64 wide, in pages; Φ once, 48 wide, in blocks of 64 tokens.
      assertThat(points.get(1).bytes()).isGreaterThanOrEqualTo(602L * 2 * 2 * 64 * Float.BYTES);
      assertThat(points.get(3).bytes() - points.get(2).bytes())
          .isEqualTo((640L - 256) * 48 * Float.BYTES);
    }
  }
}
