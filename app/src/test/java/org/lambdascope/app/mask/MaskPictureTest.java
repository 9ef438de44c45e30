package org.lambdascope.app.mask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.ArmMask;
import org.lambdascope.engine.experiment.ArmParser;

class MaskPictureTest {

  private static final MaskPalette PALETTE = MaskPalette.LIGHT;
  private static final int L_PRETRAIN = 8;

  private static int[] draw(String arm, MaskSpan span, int width, int height) {
    ArmMask mask = new ArmMask(ArmParser.parse(arm, L_PRETRAIN), Edge.UNBOUNDED, true);
    return new MaskPicture(mask, span, PALETTE, L_PRETRAIN).draw(width, height);
  }

  private static int opaque(int rgb) {
    return 0xFF << 24 | rgb;
  }

  @Test
  void everyCellHasTheColourOfItsDistance() {
    int n = 24;
    int[] pixels = draw("lm-infinite:global=2,local=6,ceiling=4", MaskSpan.whole(n), n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int expected =
            j > i
                ? PALETTE.future()
                : i - j < 6 || j < 2
                    ? PALETTE.distance(Math.min(i - j, 4), L_PRETRAIN)
                    : PALETTE.hidden();
        assertThat(pixels[i * n + j]).as("query %d, key %d", i, j).isEqualTo(opaque(expected));
      }
    }
  }

  @Test
  void cellsOfSeveralPixelsHaveNoSeams() {
    int[] pixels =
        draw("lm-infinite:global=2,local=6,ceiling=4", new MaskSpan(20, 24, 0, 4), 10, 8);
    int global = opaque(PALETTE.distance(4, L_PRETRAIN));
    for (int x = 0; x < 10; x++) {
      assertThat(pixels[x]).isEqualTo(x < 5 ? global : opaque(PALETTE.hidden()));
    }
  }

  @Test
  void aBranchNarrowerThanAPixelIsStillSeen() {
    int[] pixels = draw("lambda-mask:global=4,local=16", MaskSpan.whole(100_000), 100, 100);
    int last = 99 * 100;
    assertThat(pixels[last]).isNotEqualTo(opaque(PALETTE.hidden()));
    assertThat(pixels[last + 50]).isEqualTo(opaque(PALETTE.hidden()));
    assertThat(pixels[last + 99]).isNotEqualTo(opaque(PALETTE.hidden()));
  }

  @Test
  void distancesBeyondTheTrainedOnesAreOfAnotherColour() {
    int within = PALETTE.distance(L_PRETRAIN, L_PRETRAIN);
    int beyond = PALETTE.distance(L_PRETRAIN + 1, L_PRETRAIN);
    assertThat(within & 0xFF).as("blue").isGreaterThan(within >> 16 & 0xFF);
    assertThat(beyond >> 16 & 0xFF).as("red").isGreaterThan(beyond & 0xFF);
  }

  @Test
  void spansStayWithinTheText() {
    assertThat(new MaskSpan(-5, 5, 95, 120).within(100)).isEqualTo(new MaskSpan(0, 10, 75, 100));
    assertThat(new MaskSpan(10, 11, 10, 11).within(100)).isEqualTo(new MaskSpan(10, 14, 10, 14));
    assertThat(MaskSpan.whole(100).zoomed(0.5, 80, 20)).isEqualTo(new MaskSpan(40, 90, 10, 60));
    assertThat(MaskSpan.whole(100).zoomed(3, 80, 20).within(100)).isEqualTo(MaskSpan.whole(100));
  }

  @Test
  void ticksAreRound() {
    assertThat(MaskAxes.step(4096, 10)).isEqualTo(500);
    assertThat(MaskAxes.step(40, 10)).isEqualTo(5);
    assertThat(MaskAxes.step(4, 10)).isEqualTo(1);
  }
}
