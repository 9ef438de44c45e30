package org.lambdascope.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.TokenReading;
import org.lambdascope.engine.probe.HeadAttention;
import org.testfx.api.FxToolkit;

/** What is said above the nearest tokens. */
class NeighboursViewTest {

  @BeforeAll
  static void startToolkit() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
  }

  private static String caption(int compared, int earlier) {
    Arm arm = Arm.withDefaults(ArmKind.VANILLA, 8);
    TokenReading found =
        new TokenReading(
            earlier,
            List.of(),
            1,
            new HeadAttention[0],
            new int[0],
            null,
            List.of(),
            new TokenReading.Compared(compared, earlier));
    return NeighboursView.caption(new ArmReading(0, new ArmViewModel(arm), arm, found, "", false));
  }

  @Test
  void saysWhichTokensWereLookedAtWhereTheyAreNotAll() {
    assertThat(NeighboursView.caption(null))
        .isEqualTo("cosine · position · [token] in its context");
    assertThat(caption(5000, 5000)).isEqualTo(NeighboursView.caption(null));
    assertThat(caption(5000, 120_000)).contains("among 5,000 of the 120,000 earlier tokens");
  }
}
