package org.lambdascope.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.SeenKeys;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.ArmMask;
import org.lambdascope.engine.experiment.ArmParser;

class VisibleKeysTest {

  private static ArmMask mask(String arm) {
    return new ArmMask(ArmParser.parse(arm, 512), Edge.UNBOUNDED, true);
  }

  @Test
  void keysBeyondSelfAttentionSayHowTheyAreReached() {
    ArmMask cepe = mask("cepe:chunk=256,context=4096,window=512");
    assertThat(VisibleKeys.of(cepe, 3000))
        .extracting(VisibleKeys::keysText)
        .containsExactly(
            "0–2,559 (2,560 keys, chunks 0–9 by cross-attention)", "2,560–3,000 (441 keys, local)");
    assertThat(VisibleKeys.of(cepe, 3000).getFirst().distancesText()).isEmpty();
    assertThat(SeenKeys.besides(cepe.arm(), cepe.row(3000)))
        .isEqualTo(" + chunks 0–9 by cross-attention");
    assertThat(SeenKeys.certain(cepe.row(3000))).isEqualTo(441);
    ArmMask infllm = mask("infllm:global=4,local=256,block=8,blocks=16");
    assertThat(SeenKeys.besides(infllm.arm(), infllm.row(3000)))
        .isEqualTo(" + up to 128 retrieved");
    ArmMask topK = mask("lm-infinite:global=4,local=256,k=5");
    assertThat(SeenKeys.besides(topK.arm(), topK.row(3000)))
        .isEqualTo(" + up to 5 retrieved per head");
    assertThat(SeenKeys.besides(mask("vanilla").arm(), mask("vanilla").row(3000))).isEmpty();
  }

  @Test
  void lmInfiniteSeesTwoBranchesAndTheCeiling() {
    var keys = VisibleKeys.of(mask("lm-infinite:global=10,local=512"), 1500);
    assertThat(keys).hasSize(2);
    assertThat(keys.get(0).keysText()).isEqualTo("0–9 (10 keys, global)");
    assertThat(keys.get(0).distancesText()).isEqualTo("d 1,491–1,500 → effective 512");
    assertThat(keys.get(1).keysText()).isEqualTo("989–1,500 (512 keys, local)");
    assertThat(keys.get(1).distancesText()).isEqualTo("d 0–511 = effective");
  }

  @Test
  void streamingLlmCountsSlots() {
    var keys = VisibleKeys.of(mask("streaming-llm:sink=4,recent=508"), 1500);
    assertThat(keys.get(0).distancesText()).isEqualTo("d 1,497–1,500 → effective 508–511");
    assertThat(keys.get(0).keysText()).isEqualTo("0–3 (4 keys, sinks)");
    assertThat(keys.get(1).keysText()).isEqualTo("993–1,500 (508 keys, recent)");
  }

  @Test
  void keysAtOtherDistancesAreToldFromNearOnes() {
    var grouped = VisibleKeys.of(mask("self-extend:group=8,window=128"), 3000);
    assertThat(grouped)
        .extracting(VisibleKeys::keysText)
        .containsExactly("0–2,872 (2,873 keys, grouped)", "2,873–3,000 (128 keys, local)");
    assertThat(VisibleKeys.of(mask("leaky-rerope:window=128,factor=8"), 3000).getFirst().how())
        .isEqualTo("stretched");
    assertThat(VisibleKeys.of(mask("rerope:window=128"), 3000).getFirst().how())
        .isEqualTo("at one distance");
    assertThat(VisibleKeys.of(mask("vanilla"), 3000).getFirst().how()).isEqualTo("all");
  }

  @Test
  void truncateCountsFromItsWindow() {
    var keys = VisibleKeys.of(mask("truncate:local=8,stride=4"), 100);
    assertThat(keys).hasSize(1);
    assertThat(keys.getFirst().to()).isEqualTo(100);
    assertThat(keys.getFirst().count()).isBetween(1, 8);
    assertThat(keys.getFirst().distancesText()).endsWith("= effective");
  }
}
