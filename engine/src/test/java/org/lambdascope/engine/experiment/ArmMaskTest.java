package org.lambdascope.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.model.LoadedDecoder;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.task.Cancellation;

/** Masks against the attention that the engine computes, and against definitions. */
final class ArmMaskTest {

  private static final int TOKENS = 61;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vanilla",
        "window:local=9",
        "lambda-mask:global=4,local=16",
        "ceiling:ceiling=12",
        "lm-infinite:global=4,local=16,ceiling=12",
        "lm-infinite:global=4,local=16,ceiling=12,k=3,middle=5",
        "infllm:global=4,local=16,block=5,representatives=2,blocks=2",
        "streaming-llm:sink=3,recent=9",
        "self-extend:group=4,window=8",
        "rerope:window=8",
        "leaky-rerope:window=8,factor=4",
        "dca:original=16,chunk=12",
        "truncate:local=16,stride=8",
      })
  void theEngineAttendsToTheKeysOfTheMask(String text) throws Exception {
    Path folder = Path.of(Objects.requireNonNull(getClass().getResource("/reference/gqa")).toURI());
    try (LoadedDecoder model = ModelLoader.openDecoder(folder, 2)) {
      int[] tokens =
          new Random(5).ints(TOKENS, 0, model.decoder().config().vocabularySize()).toArray();
      Arm arm = ArmParser.parse(text, 16);
      ArmMask mask = ArmMask.of(arm, model.decoder().config());
      for (int query = 0; query < TOKENS - 1; query += 3) {
        AttentionTile tile =
            AttentionTiles.row(model.decoder(), arm, tokens, 0, 0, query, Cancellation.NONE);
        Map<Integer, Double> attended = new HashMap<>();
        for (int k = 0; k < tile.keys().length; k++) {
          attended.put(tile.keys()[k], tile.effectiveDistances()[k]);
        }
        for (int key = 0; key < TOKENS; key++) {
          MaskRun run = mask.run(query, key);
          if (run == null) {
            assertThat(attended).as("query %d", query).doesNotContainKey(key);
          } else if (run.reach() == Reach.CANDIDATE) {
            Double distance = attended.get(key);
            assertThat(distance == null || distance == run.effectiveDistance(query, key)).isTrue();
          } else {
            assertThat(attended).containsEntry(key, run.effectiveDistance(query, key));
          }
        }
      }
    }
  }

  @Test
  void anEncoderReadsWholeChunksBeforeTheWindow() {
    ArmMask mask =
        new ArmMask(ArmParser.parse("cepe:chunk=8,context=20,window=16", 16), Edge.UNBOUNDED, true);
    assertThat(runs(mask, 10)).containsExactly("0–10 LOCAL");
    // Row 31 predicts token 32, the first of its window: BOS stands there and sees itself alone.
    assertThat(runs(mask, 31)).containsExactly("16–30 ENCODED", "31–31 LOCAL");
    assertThat(runs(mask, 40)).containsExactly("16–31 ENCODED", "32–40 LOCAL");
    MaskRun own = Objects.requireNonNull(mask.run(40, 33));
    assertThat(own.effectiveDistance(40, 33)).isEqualTo(7);
    assertThat(Objects.requireNonNull(mask.run(40, 20)).effectiveDistance(40, 20)).isNaN();
  }

  @Test
  void passagesComeFromBeforeTheWindow() {
    ArmMask mask =
        new ArmMask(
            ArmParser.parse("replug:passages=2,chunk=8,window=16", 16), Edge.UNBOUNDED, true);
    assertThat(runs(mask, 40)).containsExactly("0–31 PASSAGE", "32–40 LOCAL");
  }

  @Test
  void whatFollowsATextIsReadInTheWindowsOfGeneration() {
    ArmMask truncate =
        new ArmMask(ArmParser.parse("truncate:local=16,stride=8", 16), Edge.UNBOUNDED, true);
    assertThat(runs(truncate, 41)).containsExactly("32–41 LOCAL");
    assertThat(runs(truncate.generatingAfter(42), 40)).containsExactly("32–40 LOCAL");
    // The last token of the text is the first that something is generated from.
    assertThat(runs(truncate.generatingAfter(42), 41)).containsExactly("26–41 LOCAL");
    ArmMask cepe =
        new ArmMask(ArmParser.parse("cepe:chunk=8,context=20,window=16", 16), Edge.UNBOUNDED, true);
    assertThat(runs(cepe, 49)).containsExactly("32–47 ENCODED", "48–49 LOCAL");
    assertThat(runs(cepe.generatingAfter(40), 49)).containsExactly("24–39 ENCODED", "40–49 LOCAL");
    ArmMask replug =
        new ArmMask(
            ArmParser.parse("replug:passages=2,chunk=8,window=16", 16), Edge.UNBOUNDED, true);
    assertThat(runs(replug.generatingAfter(40), 49)).containsExactly("0–39 PASSAGE", "40–49 LOCAL");
  }

  private static List<String> runs(ArmMask mask, int query) {
    List<String> words = new ArrayList<>();
    for (MaskRun run : mask.row(query)) {
      words.add("%d–%d %s".formatted(run.from(), run.to() - 1, run.reach()));
    }
    return words;
  }
}
