package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.Tips;

/** Explanations that show when the mouse rests on something. */
class TipsWindowTest extends WindowFixture {

  private static String shown() {
    return Window.getWindows().stream()
        .filter(w -> w instanceof Tooltip && w.isShowing())
        .map(w -> ((Tooltip) w).getText())
        .findFirst()
        .orElse("");
  }

  @Test
  void theyShowUnderTheMouseSayWhatHoldsNowAndAreSaidToThoseWhoCannotSee() throws Exception {
    Node button = robot.lookup("#theme").query();
    assertThat(button.getAccessibleHelp()).isEqualTo("Switch between light and dark");
    robot.moveTo(button).moveBy(1, 1);
    await(() -> shown().startsWith("Switch between light and dark"));
    robot.interact(() -> Tips.on(button, "Now another"));
    assertThat(shown()).isEqualTo("Now another");
    assertThat(button.getAccessibleHelp()).isEqualTo("Now another");
    robot.interact(() -> Tips.on(button, ""));
    robot.moveBy(-200, 200).moveTo(button).moveBy(1, 1);
    robot.sleep(1500);
    assertThat(shown()).isEmpty();
  }
}
