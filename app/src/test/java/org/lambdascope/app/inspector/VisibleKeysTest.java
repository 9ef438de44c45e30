package org.lambdascope.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.ArmParser;

class VisibleKeysTest {

  @Test
  void lmInfiniteSeesTwoBranchesAndTheCeiling() {
    var keys =
        VisibleKeys.of(
            ArmParser.parse("lm-infinite:global=10,local=512", 512), Edge.UNBOUNDED, 1500);
    assertThat(keys).hasSize(2);
    assertThat(keys.get(0).keysText()).isEqualTo("0–9 (10 keys, global)");
    assertThat(keys.get(0).distancesText()).isEqualTo("d 1,491–1,500 → effective 512");
    assertThat(keys.get(1).keysText()).isEqualTo("989–1,500 (512 keys, local)");
    assertThat(keys.get(1).distancesText()).isEqualTo("d 0–511 = effective");
  }

  @Test
  void streamingLlmCountsSlots() {
    var keys =
        VisibleKeys.of(
            ArmParser.parse("streaming-llm:sink=4,recent=508", 512), Edge.UNBOUNDED, 1500);
    assertThat(keys.get(0).distancesText()).isEqualTo("d 1,497–1,500 → effective 508–511");
  }

  @Test
  void truncateCountsFromItsWindow() {
    var keys = VisibleKeys.of(ArmParser.parse("truncate:local=8,stride=4", 8), Edge.UNBOUNDED, 100);
    assertThat(keys).hasSize(1);
    assertThat(keys.getFirst().to()).isEqualTo(100);
    assertThat(keys.getFirst().count()).isBetween(1, 8);
    assertThat(keys.getFirst().distancesText()).endsWith("= effective");
  }
}
