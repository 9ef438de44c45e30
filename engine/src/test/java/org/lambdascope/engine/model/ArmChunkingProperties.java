package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.lambdascope.engine.experiment.Arm;

/** However a text is cut into passes and calls, an arm gives the same logits. */
final class ArmChunkingProperties {

  @Property(seed = "20", tries = 150)
  void chunkedIsOneShot(
      @ForAll("models") String name,
      @ForAll("arms") String text,
      @ForAll @IntRange(min = 1, max = 180) int length,
      @ForAll @IntRange(min = 1, max = 90) int chunk,
      @ForAll @IntRange(min = 1, max = 180) int piece)
      throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read(name);
    int[] tokens = Arrays.copyOf(fixture.tokens(), Math.min(length, fixture.tokens().length));
    Arm arm = FixtureModels.arm(text);
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      float[] once = FixtureModels.logits(model.decoder(), arm, tokens, length, length);
      float[] cut = FixtureModels.logits(model.decoder(), arm, tokens, chunk, piece);
      assertThat(FixtureModels.maxDifference(cut, once)).isLessThanOrEqualTo(1e-4f);
    }
  }

  @Provide
  Arbitrary<String> models() {
    List<String> models = new ArrayList<>(ReferenceFixture.ALL_ARMS);
    models.addAll(ReferenceFixture.FAMILIES);
    return Arbitraries.of(models);
  }

  @Provide
  Arbitrary<String> arms() {
    Arbitrary<Integer> some = Arbitraries.integers().between(0, 100);
    Arbitrary<Integer> local = Arbitraries.integers().between(1, 200);
    return Arbitraries.oneOf(
        local.map(l -> "window:local=" + l),
        local.map(c -> "ceiling:ceiling=" + c),
        Combinators.combine(some, local).as((g, l) -> "lambda-mask:global=" + g + ",local=" + l),
        Combinators.combine(some, local, local)
            .as((g, l, c) -> "lm-infinite:global=" + g + ",local=" + l + ",ceiling=" + c),
        Combinators.combine(some, local).as((s, r) -> "streaming-llm:sink=" + s + ",recent=" + r),
        Combinators.combine(local, some)
            .as((l, s) -> "truncate:local=" + (l + 1) + ",stride=" + (1 + s % l)));
  }
}
