package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/** As the window was left, so it comes back: dividers, hidden parts, windows of parts. */
class LayoutWindowTest extends WindowFixture {

  private static final Offset<Double> NEAR = Offset.offset(0.01);

  @BeforeEach
  void openModel() throws Exception {
    open(200);
  }

  private SplitPane split(String id) {
    return robot.lookup("#" + id).queryAs(SplitPane.class);
  }

  private void drag(String id, int dx, int dy) {
    SplitPane pane = split(id);
    Node divider =
        pane.lookupAll(".split-pane-divider").stream()
            .filter(node -> node.getParent() == pane)
            .findFirst()
            .orElseThrow();
    Drags.by(robot, divider, dx, dy);
  }

  @Test
  void theDividerOfThePartsAsideStaysWhicheverOfThemLeaves() {
    drag("side-split", 0, 70);
    double dragged = split("side-split").getDividerPositions()[0];
    for (ShellPanel[] order :
        new ShellPanel[][] {
          {ShellPanel.ARM, ShellPanel.TOKEN}, {ShellPanel.TOKEN, ShellPanel.ARM}
        }) {
      for (ShellPanel panel : order) {
        robot.interact(() -> window.shell().detachedPanels().add(panel));
      }
      robot.interact(() -> window.shell().detachedPanels().clear());
      WaitForAsyncUtils.waitForFxEvents();
      assertThat(split("side-split").getDividerPositions()[0]).isCloseTo(dragged, NEAR);
    }
  }

  @Test
  void hiddenPartsAndDividersAreRememberedBeforeTheWindowIsClosed() throws Exception {
    robot.push(KeyCode.CONTROL, KeyCode.B);
    await(() -> !settings.layout().library());
    double before = split("main-split").getDividerPositions()[0];
    drag("main-split", -90, 0);
    await(() -> settings.layout().sideDivider() < before - 0.03);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.N);
    await(() -> settings.layout().windows().containsKey("page-arms"));
    assertThat(stage.isShowing()).isTrue();
  }
}
