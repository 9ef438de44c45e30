package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.workbench.ArmState;
import org.testfx.util.WaitForAsyncUtils;

/** The guided tour from its first step to its last. */
class TourWindowTest extends WindowFixture {

  @Override
  Samples samples(Path empty) throws IOException {
    Path bundled = folder.resolve("samples");
    return Files.exists(bundled) ? Samples.in(bundled) : TinyModel.samples(bundled, 900);
  }

  @Test
  void isWalkedByKeys() throws Exception {
    walk(
        () -> {
          assertThat(robot.lookup("#tour-next").query().isFocused()).isTrue();
          robot.type(KeyCode.SPACE);
        });
  }

  @Test
  void isWalkedByTheMouse() throws Exception {
    walk(() -> robot.clickOn("#tour-next"));
  }

  private void walk(Runnable next) throws Exception {
    robot.interact(() -> window.commands().get("help.tour").run());
    int steps = window.tour().size();
    for (int step = 0; step < steps; step++) {
      int now = step;
      await(() -> window.tour().indexProperty().get() == now && allTargetsAreThere());
      WaitForAsyncUtils.waitForFxEvents();
      String title = robot.lookup("#tour-title").queryAs(Label.class).getText();
      assertThat(title).isEqualTo(window.tour().step().title());
      assertNothingIsHidden("step %d, %s".formatted(step + 1, title));
      next.run();
      if (step == 0) {
        await(() -> workbench().arms().size() == 2);
        await(() -> workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
      }
    }
    assertThat(window.tour().runningProperty().get()).isFalse();
    assertThat(robot.lookup("#tour").query().isVisible()).isFalse();
    assertThat(workbench().positionProperty().get()).isPositive();
  }

  @Test
  void whatIsDoneReadsAsDone() throws Exception {
    robot.interact(() -> window.commands().get("help.tour").run());
    Label task = robot.lookup("#tour-task").queryAs(Label.class);
    assertThat(task.getText()).isEqualTo("Your turn: " + window.tour().step().task());
    open(700);
    await(() -> task.getText().equals("✓ Done: a model and a text are open."));
    robot.interact(window.tour()::end);
  }

  private boolean allTargetsAreThere() {
    return window.tour().step().targets().stream().noneMatch(t -> places(t).isEmpty());
  }

  private void assertNothingIsHidden(String step) {
    Bounds scene = stage.getScene().getRoot().getLayoutBounds();
    Node card = robot.from(robot.lookup("#tour").<Node>query()).lookup(".overlay-card").query();
    Bounds covered = card.localToScene(card.getLayoutBounds());
    assertThat(scene.contains(covered)).as(step + ": the card is in the window").isTrue();
    for (String target : window.tour().step().targets()) {
      for (Bounds place : places(target)) {
        assertThat(scene.intersects(place)).as(step + ": " + target + " is seen").isTrue();
        assertThat(covered.intersects(place))
            .as("%s: the card at %s covers %s at %s", step, covered, target, place)
            .isFalse();
      }
    }
  }

  /** Where the nodes of a selector are that are shown; those of other pages have no place. */
  private List<Bounds> places(String selector) {
    List<Bounds> places = new ArrayList<>();
    for (Node node : stage.getScene().getRoot().lookupAll(selector)) {
      if (isShown(node) && !node.getLayoutBounds().isEmpty()) {
        places.add(node.localToScene(node.getLayoutBounds()));
      }
    }
    return places;
  }

  private static boolean isShown(Node node) {
    for (Node n = node; n != null; n = n.getParent()) {
      if (!n.isVisible()) {
        return false;
      }
    }
    return true;
  }
}
