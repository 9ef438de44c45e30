package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Arms that change positions: where they are vanilla, and that cutting a text changes nothing. */
final class PositionArmsProperties {

  private static final List<String> ROPE =
      List.of("mha", "gqa", "mqa-bias", "gptj", "neox-parallel", "neox-sequential", "mistral");

  /** At these settings an arm is vanilla, to the last bit. */
  @Property(seed = "61", tries = 60)
  void withNothingToChangeEveryArmIsVanilla(
      @ForAll("ropeModels") String name,
      @ForAll @IntRange(min = 1, max = 130) int length,
      @ForAll @IntRange(min = 1, max = 140) int chunk,
      @ForAll @IntRange(min = 1, max = 60) int window)
      throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    int[] tokens = Arrays.copyOf(fixture.tokens(), length);
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      float[] vanilla =
          FixtureModels.logits(
              model.decoder(), FixtureModels.arm("vanilla"), tokens, chunk, length);
      for (String arm :
          List.of(
              "linear-pi:factor=1",
              "ntk:factor=1",
              "yarn:factor=1",
              "dynamic-ntk:original=" + length,
              "dynamic-ntk:factor=1,original=%d,step=3".formatted(length),
              "self-extend:group=1,window=" + window,
              "self-extend:group=5,window=" + length,
              "rerope:window=" + length,
              "leaky-rerope:factor=1,window=" + window,
              "leaky-rerope:window=" + length,
              "dca:chunk=%d,original=%d".formatted(length, length + window))) {
        float[] logits =
            FixtureModels.logits(model.decoder(), FixtureModels.arm(arm), tokens, chunk, length);
        assertThat(Arrays.equals(logits, vanilla))
            .as(
                "%s, %s, %d tokens in chunks of %d: bit for bit, found max |Δlogit| %s",
                name, arm, length, chunk, FixtureModels.maxDifference(logits, vanilla))
            .isTrue();
      }
    }
  }

  @Property(seed = "62", tries = 150)
  void chunkedIsOneShot(
      @ForAll("models") String name,
      @ForAll("arms") String arm,
      @ForAll @IntRange(min = 1, max = 130) int length,
      @ForAll @IntRange(min = 1, max = 90) int chunk,
      @ForAll @IntRange(min = 1, max = 130) int piece)
      throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    int[] tokens = Arrays.copyOf(fixture.tokens(), length);
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      float[] once =
          FixtureModels.logits(model.decoder(), FixtureModels.arm(arm), tokens, length, length);
      float[] cut =
          FixtureModels.logits(model.decoder(), FixtureModels.arm(arm), tokens, chunk, piece);
      assertThat(FixtureModels.maxDifference(cut, once))
          .as("%s, %s", name, arm)
          .isLessThanOrEqualTo(1e-4f);
    }
  }

  @Provide
  Arbitrary<String> ropeModels() {
    return Arbitraries.of(ROPE);
  }

  /** Those whose own frequencies depend on the length too. */
  @Provide
  Arbitrary<String> models() {
    return Arbitraries.oneOf(Arbitraries.of(ROPE), Arbitraries.of("dynamic", "longrope"));
  }

  @Provide
  Arbitrary<String> arms() {
    Arbitrary<Integer> length = Arbitraries.integers().between(1, 150);
    Arbitrary<Integer> factor = Arbitraries.integers().between(1, 12);
    return Arbitraries.oneOf(
        factor.map(f -> "linear-pi:factor=" + f),
        factor.map(f -> "ntk:factor=" + f),
        Combinators.combine(factor, length)
            .as((f, l) -> "yarn:factor=%d,original=%d".formatted(f, l)),
        Combinators.combine(factor, length, Arbitraries.integers().between(1, 80))
            .as((f, l, s) -> "dynamic-ntk:factor=%d,original=%d,step=%d".formatted(f, l, s)),
        Combinators.combine(factor, length)
            .as((g, w) -> "self-extend:group=%d,window=%d".formatted(g, w)),
        length.map(w -> "rerope:window=" + w),
        Combinators.combine(factor, length)
            .as((k, w) -> "leaky-rerope:factor=%d,window=%d".formatted(k, w)),
        Combinators.combine(length, length)
            .as((a, b) -> "dca:chunk=%d,original=%d".formatted(Math.min(a, b), Math.max(a, b))));
  }
}
