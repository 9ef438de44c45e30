package org.lambdascope.app.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.util.WaitForAsyncUtils;

/** What can have the focus has a name for those who cannot see it. */
class AccessibilityTest extends WindowFixture {

  private final SoftAssertions softly = new SoftAssertions();

  private static void collect(Node node, List<Node> found, Set<Node> labelled) {
    if (!node.isVisible()) {
      return;
    }
    if (node instanceof Label label && label.getLabelFor() != null) {
      labelled.add(label.getLabelFor());
    }
    if (node.isFocusTraversable() && !node.isDisabled()) {
      found.add(node);
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, found, labelled));
    }
  }

  private static boolean named(Node node) {
    if (notBlank(node.getAccessibleText())) {
      return true;
    }
    return node instanceof Labeled labeled
        && !(node instanceof TextInputControl)
        && notBlank(labeled.getText());
  }

  private static boolean notBlank(String text) {
    return text != null && text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private void assertAllNamed(String where) {
    WaitForAsyncUtils.waitForFxEvents();
    List<Node> found = new ArrayList<>();
    Set<Node> labelled = new HashSet<>();
    robot.interact(() -> collect(stage.getScene().getRoot(), found, labelled));
    softly.assertThat(found).as(where).hasSizeGreaterThan(4);
    softly
        .assertThat(found.stream().filter(n -> !named(n) && !labelled.contains(n)).toList())
        .as("without a name: " + where)
        .isEmpty();
  }

  @Test
  void whatCanHaveTheFocusHasAName() throws Exception {
    assertAllNamed("welcome");
    open(300);
    robot.interact(() -> workbench().addArm(ArmKind.STREAMING_LLM));
    run();
    robot.interact(
        () -> {
          window.shell().bottomShownProperty().set(true);
          workbench().positionProperty().set(120);
        });
    assertAllNamed("arms");
    robot.interact(() -> window.shell().pageProperty().set(1));
    assertAllNamed("mask");
    robot.interact(() -> window.shell().pageProperty().set(2));
    await(() -> !window.token().readings().isEmpty());
    await(() -> window.token().stateProperty().get().isEmpty());
    assertAllNamed("token");
    for (String id : List.of("help.palette", "help.shortcuts", "help.words", "help.tour")) {
      robot.interact(() -> window.commands().get(id).run());
      assertAllNamed(id);
    }
    softly.assertAll();
  }
}
