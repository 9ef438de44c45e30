package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Scaled rotary frequencies against transformers. */
final class RopeScalingReferenceTest {

  @Test
  void linearInterpolationGivesTransformersLogits() throws IOException {
    ReferenceFixture fixture = ReferenceFixture.read("rope-linear");
    try (LoadedDecoder model = FixtureModels.open(fixture, 1)) {
      float[] logits =
          FixtureModels.logits(
              model.decoder(), FixtureModels.arm("vanilla"), fixture.tokens(), 16, 72);
      float[] expected = fixture.logits().getOrDefault("vanilla", new float[0]);
      assertThat(FixtureModels.maxDifference(logits, expected)).isLessThanOrEqualTo(1e-3f);
      assertThat(model.decoder().config().positions().description())
          .contains("linear scaling, factor 4");
    }
  }
}
