package org.lambdascope.app.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.SampleFigures;
import org.lambdascope.app.figure.Venue;
import org.lambdascope.app.figure.spec.FigureBundle;
import org.lambdascope.app.runs.StoredRuns;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.util.WaitForAsyncUtils;

/** What can have the focus has a name for those who cannot see it. */
class AccessibilityTest extends WindowFixture {

  private static final String SMALL =
      """
      lambdascope: 1
      model: lambda-llama
      arms: [vanilla]
      data: {text: welcome, piece: 64, count: 2}
      experiments:
        - {kind: perplexity, lengths: [16, 64]}
      """;

  private final SoftAssertions softly = new SoftAssertions();

  @Override
  Samples samples(Path empty) throws IOException {
    Path bundled = empty.resolveSibling("to-be-heard");
    return Files.exists(bundled) ? Samples.in(bundled) : TinyModel.samples(bundled, 300);
  }

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
    assertAllNamed(where, stage.getScene(), 4);
  }

  private void assertAllNamed(String where, Scene scene, int atLeast) {
    WaitForAsyncUtils.waitForFxEvents();
    List<Node> found = new ArrayList<>();
    Set<Node> labelled = new HashSet<>();
    robot.interact(() -> collect(scene.getRoot(), found, labelled));
    softly.assertThat(found).as(where).hasSizeGreaterThan(atLeast);
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

  /** Goes on by Tab until it comes round, and asserts that no control was left out. */
  private void assertAllReached(String where, Scene scene) {
    WaitForAsyncUtils.waitForFxEvents();
    List<Node> found = new ArrayList<>();
    robot.interact(() -> collect(scene.getRoot(), found, new HashSet<>()));
    robot.interact(() -> found.getFirst().requestFocus());
    Set<Node> reached = new HashSet<>();
    for (int i = 0; i < 2 * found.size() && reached.size() < found.size(); i++) {
      Node at = scene.getFocusOwner();
      reached.add(at);
      if (at instanceof TextArea) {
        robot.push(KeyCode.CONTROL, KeyCode.TAB); // Tab may indent
      } else {
        robot.push(KeyCode.TAB);
      }
    }
    found.removeAll(reached);
    softly.assertThat(found).as("not reached by Tab: " + where).isEmpty();
  }

  @Test
  void pagesWithoutAModelHaveNamesAndAreWalkedByTab() throws Exception {
    StoredRuns.write(folder, "heard", "2026-01-01T10:00:00Z", "DONE", 1);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
    robot.interact(() -> window.runs().openRun(folder.resolve("heard")));
    await(() -> window.runs().runs().shownProperty().get().runs().size() == 1);
    assertAllNamed("runs");
    assertAllReached("runs", stage.getScene());
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT5);
    robot.interact(
        () -> {
          var text = window.runs().experiment().textProperty();
          text.set(text.get().replace("[512, 1024, 2048]", "[512, 16]"));
        });
    assertAllNamed("experiment with a mistake");
    assertAllReached("experiment with a mistake", stage.getScene());
    softly.assertAll();
  }

  @Test
  void anExperimentsRunAndItsFiguresHaveNamesAndAreWalkedByTab() throws Exception {
    Path out = folder.resolve("heard-run");
    files.output = Optional.of(folder);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT5);
    robot.interact(
        () -> {
          window.runs().experiment().textProperty().set(SMALL);
          window.runs().experiment().place().set(out.toString());
          window.runs().runExperiment();
        });
    await(() -> out.equals(window.runs().experiment().job().endedProperty().get()));
    assertAllNamed("run of an experiment");
    assertAllReached("run of an experiment", stage.getScene());
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
    robot.interact(() -> window.runs().openRun(out));
    await(() -> !window.runs().runs().shownProperty().get().figures().isEmpty());
    TabPane tabs = robot.lookup("#runs-tabs").queryAs(TabPane.class);
    robot.interact(() -> tabs.getSelectionModel().select(1));
    assertAllNamed("figures of a run");
    assertAllReached("figures of a run", stage.getScene());
    softly.assertAll();
  }

  @Test
  void theFigureEditorAndDialogsHaveNamesAndAreWalkedByTab() throws Exception {
    Path stored = folder.resolve("heard-figure");
    Figure figure = SampleFigures.sideBySide(3, 2);
    FigureBundle.write(stored, figure, ExportOptions.paper(figure), Venue.PLAIN);
    robot.interact(() -> window.runs().openFigure(stored));
    await(() -> robot.lookup("#figure-title").tryQuery().isPresent());
    Scene editor = robot.lookup("#figure-title").query().getScene();
    assertAllNamed("figure editor", editor, 4);
    assertAllReached("figure editor", editor);
    robot.interact(() -> editor.getWindow().hide());
    robot.interact(() -> window.runs().openRun(folder.resolve("nothing")));
    await(() -> robot.lookup("#error-message").tryQuery().isPresent());
    Scene dialog = robot.lookup("#error-message").query().getScene();
    assertAllNamed("dialog of an error", dialog, 0);
    assertAllReached("dialog of an error", dialog);
    robot.interact(() -> dialog.getWindow().hide());
    softly.assertAll();
  }
}
