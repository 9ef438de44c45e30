package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The marks that explain parts of a page, without a mouse. */
class HelpWindowTest extends WindowFixture {

  private Label mark;

  @BeforeEach
  void focusMark() throws Exception {
    open(200);
    mark = robot.lookup(".workbench .help-mark").queryAs(Label.class);
    robot.interact(mark::requestFocus);
    assertThat(mark.isFocused()).isTrue();
  }

  @Test
  void enterAndSpaceShowTheMeaningAndEscEndsIt() {
    assertThat(mark.isFocusTraversable()).isTrue();
    assertThat(mark.getAccessibleText()).contains("How surprised each arm is").contains("NLL — ");
    for (KeyCode key : new KeyCode[] {KeyCode.ENTER, KeyCode.SPACE}) {
      robot.type(key);
      assertThat(mark.getTooltip().isShowing()).as("shown by " + key).isTrue();
      assertThat(mark.getTooltip().getText()).contains("How surprised each arm is");
      robot.type(KeyCode.ESCAPE);
      assertThat(mark.getTooltip().isShowing()).as("ended by Esc").isFalse();
    }
  }

  @Test
  void theMeaningGoesWithTheFocus() {
    robot.type(KeyCode.ENTER);
    assertThat(mark.getTooltip().isShowing()).isTrue();
    robot.type(KeyCode.TAB);
    assertThat(mark.isFocused()).isFalse();
    assertThat(mark.getTooltip().isShowing()).isFalse();
  }
}
