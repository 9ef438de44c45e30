package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.probe.CrossAttentionSummary;

class CrossAttentionFiguresTest {

  /** Two bins of 16 positions: one chunk, which takes all, then two of which one takes 0.6. */
  private static CrossAttentionSummary summary(float first) {
    return new CrossAttentionSummary(
        1, 32, 16, 2, 1, new float[] {first, 0, 0.6f, 0.4f}, new float[] {0.1f, 0.2f});
  }

  @Test
  void aColourBarSaysWhereItIsCut() {
    ColourScale cut =
        Objects.requireNonNull(CrossAttentionFigures.mass("cepe", summary(1), 0).scale());
    assertThat(cut.label()).endsWith("; top: ≥ 0.60");
    assertThat(cut.range().max()).isEqualTo(0.6f);
    ColourScale whole =
        Objects.requireNonNull(CrossAttentionFigures.mass("cepe", summary(0.5f), 0).scale());
    assertThat(whole.label()).doesNotContain("top");
  }

  @Test
  void aMeanSaysOverHowManyPositions() {
    Panel panel = CrossAttentionFigures.norm("cepe", summary(1), LogitsView.ALL, List.of());
    assertThat(panel.subtitle()).isEqualTo("all layers, mean per 16 positions");
  }
}
