package org.lambdascope.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.LoadedDecoder;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.probe.DistanceSeries;
import org.lambdascope.engine.task.Cancellation;

/** What goes on from an earlier run gives the bits of a run from the start. */
final class ScoreMemoryProperties {

  private static final CaptureOptions CAPTURES =
      new CaptureOptions(true, true, true, 40, 30, 0, 90);
  private static final int PLENTY = 1 << 26;

  private static LoadedDecoder open(String name) throws IOException, URISyntaxException {
    return ModelLoader.openDecoder(
        Path.of(
            Objects.requireNonNull(ScoreMemoryProperties.class.getResource("/reference/" + name))
                .toURI()),
        2);
  }

  private static int[] tokens(LoadedDecoder loaded, int length) {
    return new Random(length).ints(length, 0, loaded.decoder().config().vocabularySize()).toArray();
  }

  private static Arm randomArm(Random random) {
    int global = random.nextInt(12);
    int local = 1 + random.nextInt(140);
    int ceiling = 1 + random.nextInt(140);
    List<String> arms =
        List.of(
            "vanilla",
            "window:local=" + local,
            "lambda-mask:global=%d,local=%d".formatted(global, local),
            "ceiling:ceiling=" + ceiling,
            "lm-infinite:global=%d,local=%d,ceiling=%d".formatted(global, local, ceiling),
            "lm-infinite:global=%d,local=%d,ceiling=%d,k=%d,from=1"
                .formatted(global, local, ceiling, random.nextInt(4)),
            "streaming-llm:sink=%d,recent=%d".formatted(global, local),
            "self-extend:group=4,window=" + local,
            "infllm:global=4,local=%d,block=8,representatives=2,blocks=2".formatted(local),
            "truncate:local=%d,stride=1".formatted(local + 1));
    return ArmParser.parse(arms.get(random.nextInt(arms.size())), 64);
  }

  /** The same arm, or one with a single other number, or any other. */
  private static Arm changed(Arm arm, Random random) {
    if (arm.parameters().isEmpty() || random.nextInt(4) == 0) {
      return randomArm(random);
    }
    List<String> keys = List.copyOf(arm.parameters().keySet());
    String key = keys.get(random.nextInt(keys.size()));
    try {
      return arm.with(key, Math.max(1, arm.get(key) + random.nextInt(-30, 31)));
    } catch (IllegalArgumentException e) {
      return arm; // two numbers that do not go together
    }
  }

  private static void check(String model, int length, int chunk, int seed) throws Exception {
    check(model, CacheType.F32, length, chunk, seed);
  }

  private static void check(String model, CacheType type, int length, int chunk, int seed)
      throws Exception {
    try (LoadedDecoder loaded = open(model)) {
      int[] tokens = tokens(loaded, length);
      ScoreOptions options = new ScoreOptions(chunk, CAPTURES);
      ScoreMemory memory = new ScoreMemory(PLENTY);
      Random random = new Random(seed);
      Arm arm = randomArm(random);
      for (int run = 0; run < 4; run++) {
        // Every other run is stopped half way, as one is when settings change again.
        int stop = run % 2 == 1 ? length / 2 : length;
        int[] read = new int[1];
        Decoder decoder =
            loaded.decoder().storing(type); // anew for every run, as the window has it
        ScoredText found =
            Scoring.scoreAndKeep(
                decoder,
                arm,
                tokens,
                options,
                memory,
                (from, to, nll) -> read[0] = to,
                () -> read[0] >= stop);
        ScoreResult expected =
            Scoring.score(decoder, arm, tokens, options, ScoreListener.NONE, Cancellation.NONE);
        assertSame(arm, found, expected, stop == length);
        arm = changed(arm, random);
      }
      assertThat(memory.bytes()).isLessThanOrEqualTo(PLENTY);
    }
  }

  private static void assertSame(Arm arm, ScoredText found, ScoreResult expected, boolean whole) {
    ScoreResult result = found.result();
    String what = "%s, %d of %d".formatted(arm, found.reused(), expected.nll().length + 1);
    assertThat(bits(result.nll(), result.scored()))
        .as(what)
        .isEqualTo(bits(expected.nll(), result.scored()));
    if (whole) {
      assertThat(result.diagnostics())
          .as(what)
          .usingRecursiveComparison()
          .withComparatorForType(Float::compare, Float.class)
          .withComparatorForType(Double::compare, Double.class)
          .withEqualsForType(ScoreMemoryProperties::same, DistanceSeries.class)
          .isEqualTo(expected.diagnostics());
    }
  }

  private static boolean same(DistanceSeries a, DistanceSeries b) {
    return Arrays.equals(a.counts(), b.counts())
        && Arrays.equals(a.sums(), b.sums())
        && Arrays.equals(a.squareSums(), b.squareSums())
        && Arrays.equals(a.mins(), b.mins())
        && Arrays.equals(a.maxs(), b.maxs());
  }

  private static int[] bits(float[] values, int count) {
    int[] bits = new int[count];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  @Property(tries = 60, seed = "91")
  void anyTwoSettingsGiveTheBitsOfARunFromTheStart(
      @ForAll @IntRange(min = 2, max = 230) int length,
      @ForAll @IntRange(min = 1, max = 40) int chunk,
      @ForAll int seed)
      throws Exception {
    check("gqa", length, chunk, seed);
  }

  @Property(tries = 20, seed = "92")
  void soDoModelsWithBiasesAndWithWindowsOfTheirOwn(
      @ForAll @IntRange(min = 2, max = 200) int length,
      @ForAll @IntRange(min = 8, max = 40) int chunk,
      @ForAll int seed)
      throws Exception {
    check("mpt", length, chunk, seed);
    check("mistral", length, chunk, seed);
  }

  @Property(tries = 30, seed = "93")
  void soDoCachesThatRound(
      @ForAll CacheType type,
      @ForAll @IntRange(min = 2, max = 200) int length,
      @ForAll @IntRange(min = 1, max = 40) int chunk,
      @ForAll int seed)
      throws Exception {
    check("gqa", type, length, chunk, seed);
  }

  @Test
  void goesOnWithTheSameCacheTypeAlone() throws Exception {
    try (LoadedDecoder loaded = open("gqa")) {
      int[] tokens = tokens(loaded, 200);
      ScoreMemory memory = new ScoreMemory(PLENTY);
      ScoreOptions options = new ScoreOptions(8, CAPTURES);
      String arm = "lm-infinite:global=4,local=60,ceiling=60";
      score(loaded.storing(CacheType.Q8), arm, tokens, options, memory);
      for (CacheType type : CacheType.values()) {
        assertThat(reusable(loaded.storing(type), arm, tokens, memory))
            .as("%s", type)
            .isEqualTo(type == CacheType.Q8 ? 192 : 0);
      }
      assertThat(reusable(loaded, arm, tokens, memory)).isZero();
    }
  }

  @Test
  void goesOnWhereSettingsMayDiffer() throws Exception {
    try (LoadedDecoder loaded = open("gqa")) {
      int[] tokens = tokens(loaded, 200);
      ScoreOptions options = new ScoreOptions(8, CAPTURES);
      ScoreMemory memory = new ScoreMemory(PLENTY);
      score(loaded, "lm-infinite:global=4,local=60,ceiling=60", tokens, options, memory);
      // Key 4 leaves the local branch at query 64.
      assertThat(reusable(loaded, "lm-infinite:global=9,local=60,ceiling=60", tokens, memory))
          .isEqualTo(64);
      assertThat(reusable(loaded, "lm-infinite:global=4,local=100,ceiling=60", tokens, memory))
          .isEqualTo(56);
      assertThat(reusable(loaded, "lm-infinite:global=4,local=60,ceiling=33", tokens, memory))
          .isEqualTo(32);
      // Keys of the middle are there from the first query that has one.
      assertThat(reusable(loaded, "lm-infinite:global=4,local=60,ceiling=60,k=3", tokens, memory))
          .isEqualTo(64);
      assertThat(reusable(loaded, "lm-infinite:global=4,local=60,ceiling=60", tokens, memory))
          .isEqualTo(192);
      assertThat(reusable(loaded, "linear-pi:factor=2", tokens, memory)).isZero();
      assertThat(reusable(loaded, "vanilla", Arrays.copyOf(tokens, 199), memory)).isZero();
    }
  }

  private static int reusable(LoadedDecoder loaded, String arm, int[] tokens, ScoreMemory memory) {
    return memory.reusable(
        loaded.decoder(), ArmParser.parse(arm, 64), tokens, new ScoreOptions(8, CAPTURES));
  }

  private static ScoredText score(
      LoadedDecoder loaded, String arm, int[] tokens, ScoreOptions options, ScoreMemory memory) {
    return Scoring.scoreAndKeep(
        loaded.decoder(),
        ArmParser.parse(arm, 64),
        tokens,
        options,
        memory,
        ScoreListener.NONE,
        Cancellation.NONE);
  }

  @Test
  void aSessionThatWentOnCanBeContinued() throws Exception {
    try (LoadedDecoder loaded = open("gqa")) {
      int[] tokens = tokens(loaded, 100);
      ScoreOptions options = new ScoreOptions(16, CAPTURES);
      ScoreMemory memory = new ScoreMemory(PLENTY);
      String arm = "lm-infinite:global=4,local=40,ceiling=40";
      score(loaded, "lm-infinite:global=2,local=40,ceiling=40", tokens, options, memory);
      ContextSession resumed = score(loaded, arm, tokens, options, memory).session();
      ContextSession fresh = score(loaded, arm, tokens, options, new ScoreMemory(0)).session();
      assertThat(resumed.nextLogits(Cancellation.NONE))
          .isEqualTo(fresh.nextLogits(Cancellation.NONE));
    }
  }

  @Test
  void positionsThatAreTakenOverCountWithTheTimeTheyTook() throws Exception {
    try (LoadedDecoder loaded = open("gqa")) {
      int[] tokens = tokens(loaded, 100);
      ScoreOptions options = new ScoreOptions(8, CAPTURES);
      Arm arm = ArmParser.parse("window:local=40", 64);
      ScoreMemory memory = new ScoreMemory(PLENTY);
      ScoreListener slow =
          (from, to, nll) -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      double first =
          Scoring.scoreAndKeep(
                  loaded.decoder(), arm, tokens, options, memory, slow, Cancellation.NONE)
              .result()
              .seconds();
      ScoredText again = score(loaded, "window:local=40", tokens, options, memory);
      assertThat(again.reused()).isEqualTo(96);
      // All but the last of the first run's passes, which alone were slow.
      assertThat(again.result().seconds()).isGreaterThan(first / 4);
    }
  }

  @Test
  void holdsNoMoreThanItMay() throws Exception {
    try (LoadedDecoder loaded = open("gqa")) {
      int[] tokens = tokens(loaded, 400);
      ScoreOptions options = new ScoreOptions(8, CAPTURES);
      for (int most : new int[] {0, 1000, 40_000, 200_000}) {
        ScoreMemory memory = new ScoreMemory(most);
        score(loaded, "window:local=300", tokens, options, memory);
        assertThat(memory.bytes()).isLessThanOrEqualTo(most);
        int reused = score(loaded, "window:local=310", tokens, options, memory).reused();
        assertThat(reused).isLessThanOrEqualTo(300);
        if (most == 0) {
          assertThat(reused).isZero();
        }
      }
    }
  }
}
