package org.lambdascope.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.inspector.EngineAttentionLoader;
import org.lambdascope.app.inspector.ReadingLoader;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.shell.TinyModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.AttentionTiles;
import org.lambdascope.engine.experiment.ContextTile;
import org.lambdascope.engine.experiment.ContextTiles;
import org.lambdascope.engine.experiment.Equivalences;
import org.lambdascope.engine.experiment.PredictiveEntropies;
import org.lambdascope.engine.experiment.TextWindows;
import org.lambdascope.engine.experiment.TokenReadings;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.task.Cancellation;

/** What is read once more when it is looked at is read as the run read it. */
class EngineLoadersTest {

  private static final Arm ARM = ArmParser.parse("lm-infinite:global=2,local=9,ceiling=9", 64);
  private static final int TEXT = 40;
  private static final int QUERY = 30;

  @TempDir Path folder;

  private SharedModel model;
  private int[] tokens;

  @BeforeEach
  void open() throws IOException {
    model = new SharedModel(ModelLoader.open(TinyModel.in(folder)));
    int vocabulary = model.model().config().vocabularySize();
    tokens = new Random(4).ints(TEXT + 5, 0, vocabulary).toArray();
  }

  @AfterEach
  void close() {
    model.retire();
  }

  private ArmSnapshot run(Arm arm, CacheType cache) {
    int[] text = new int[TEXT];
    int[] generated = new int[tokens.length - TEXT];
    System.arraycopy(tokens, 0, text, 0, TEXT);
    System.arraycopy(tokens, TEXT, generated, 0, generated.length);
    return new ArmSnapshot(
        arm,
        cache,
        text,
        new float[TEXT - 1],
        TEXT - 1,
        null,
        generated,
        new float[generated.length],
        generated.length);
  }

  private float[] logits(ArmSnapshot run, int query) {
    return attention(run, query).logits();
  }

  private AttentionTile attention(ArmSnapshot run, int query) {
    return new EngineAttentionLoader().load(model, run, 1, 0, query, Cancellation.NONE);
  }

  @Test
  void attentionRowsAreThoseOfTheRunsCache() {
    Decoder rounding = model.model().decoder().storing(CacheType.Q8);
    float[] expected =
        AttentionTiles.row(rounding, ARM, tokens, 1, 0, QUERY, Cancellation.NONE).logits();
    assertThat(logits(run(ARM, CacheType.Q8), QUERY))
        .isEqualTo(expected)
        .isNotEqualTo(logits(run(ARM, CacheType.F32), QUERY));
  }

  @Test
  void readingsEntropiesAndDifferencesFromVanillaAreThoseOfTheRunsCache() {
    Decoder rounding = model.model().decoder().storing(CacheType.Q8);
    ArmSnapshot run = run(ARM, CacheType.Q8);
    TokenReadings.Options options = new TokenReadings.Options(4, 0, 3);
    assertThat(
            ReadingLoader.engine()
                .load(model, run, QUERY, options, Cancellation.NONE)
                .next()
                .probabilities())
        .isEqualTo(
            TokenReadings.read(rounding, ARM, tokens, QUERY, options, Cancellation.NONE)
                .next()
                .probabilities());
    assertThat(TokenEntropies.Loader.engine().load(model, run, tokens, Cancellation.NONE))
        .isEqualTo(PredictiveEntropies.of(rounding, ARM, tokens, Cancellation.NONE))
        .isNotEqualTo(
            PredictiveEntropies.of(model.model().decoder(), ARM, tokens, Cancellation.NONE));
    assertThat(VanillaEquivalence.Measure.engine().of(model, run, 9, TEXT, Cancellation.NONE))
        .isEqualTo(Equivalences.measure(rounding, ARM, run.tokens(), 9, TEXT, Cancellation.NONE));
  }

  @Test
  void generatedTokensAreReadInTheWindowThatGenerationRead() {
    Arm truncate = ArmParser.parse("truncate:local=12,stride=6", 64);
    ArmSnapshot run = run(truncate, CacheType.F32);
    assertThat(attention(run, TEXT - 2).keys()).startsWith(30);
    assertThat(attention(run, TEXT + 1).keys()).startsWith(TEXT - 10).hasSize(12);
  }

  @Test
  void chunksAreThoseOfTheRunsCacheAndWindow() throws IOException {
    TinyModel.addCepe(folder);
    SharedModel encoding =
        new SharedModel(ModelLoader.open(folder.resolve("models").resolve("lambda-cepe")));
    try {
      Arm cepe = ArmParser.parse("cepe:chunk=4,context=16,window=8", 64);
      int query = TEXT + 1;
      ContextTile found =
          new EngineContextTileLoader()
              .load(encoding, run(cepe, CacheType.Q8), query, Cancellation.NONE);
      ContextTile expected =
          ContextTiles.row(
              encoding.decoder(CacheType.Q8),
              cepe,
              tokens,
              query,
              TextWindows.GENERATION,
              Cancellation.NONE);
      assertThat(found.firstChunk()).isEqualTo(expected.firstChunk()).isEqualTo(5); // of window 36
      assertThat(found.mass()).isEqualTo(expected.mass());
    } finally {
      encoding.retire();
    }
  }
}
