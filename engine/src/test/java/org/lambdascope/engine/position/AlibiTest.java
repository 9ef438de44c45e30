package org.lambdascope.engine.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Slopes against the paper's and MPT's. */
final class AlibiTest {

  private static float[] slopes(int heads, double maxBias) {
    Alibi alibi = new Alibi(heads, maxBias);
    float[] slopes = new float[heads];
    for (int h = 0; h < heads; h++) {
      slopes[h] = alibi.slope(h);
    }
    return slopes;
  }

  /** arXiv 2108.12409 §3: for 8 heads 1/2, 1/4, …, 1/256; for 16 the square roots between. */
  @Test
  void powersOfTwoAreThePapers() {
    assertThat(slopes(8, 8))
        .containsExactly(0.5f, 0.25f, 0.125f, 1 / 16f, 1 / 32f, 1 / 64f, 1 / 128f, 1 / 256f);
    assertThat(slopes(16, 8)[0]).isEqualTo((float) Math.sqrt(0.5));
    assertThat(slopes(16, 8)[1]).isEqualTo(0.5f);
    assertThat(slopes(16, 8)[15]).isEqualTo(1 / 256f);
    assertThat(slopes(1, 8)).containsExactly(1 / 256f);
  }

  /** Storywriter: alibi_bias_max 16. */
  @Test
  void theLargestBiasStretchesTheSlopes() {
    assertThat(slopes(4, 16)).containsExactly(1 / 16f, 1 / 256f, 1 / 4096f, 1 / 65536f);
  }

  /** MPT takes every second slope of the next power of two first, then the others. */
  @Test
  void otherNumbersTakeSlopesOfTheNextPowerOfTwo() {
    assertThat(slopes(3, 8)).containsExactly(1 / 16f, 1 / 256f, 0.25f);
    float[] eight = slopes(8, 8);
    assertThat(slopes(6, 8))
        .containsExactly(eight[1], eight[3], eight[5], eight[7], eight[0], eight[2]);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> new Alibi(0, 8)).hasMessageContaining("at least 1 head, found 0");
    assertThatThrownBy(() -> new Alibi(4, 0))
        .hasMessageContaining("alibi_bias_max: expected a finite number above 0, found 0");
  }
}
