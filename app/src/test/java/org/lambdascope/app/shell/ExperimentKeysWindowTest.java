package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.controlsfx.control.StatusBar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.experiment.ExperimentViewModel;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.workbench.ArmState;

/** The page of an experiment without a mouse, and commands that know which page is shown. */
class ExperimentKeysWindowTest extends WindowFixture {

  /** Its one unit takes minutes, so that no run ends before it is stopped. */
  private static final String LONG =
      """
      lambdascope: 1
      model: lambda-llama
      arms: [vanilla]
      data: {text: welcome}
      experiments:
        - kind: efficiency
          lengths: [200000]
      """;

  @Override
  Samples samples(Path empty) throws IOException {
    Path bundled = folder.resolve("for-keys");
    return Files.exists(bundled) ? Samples.in(bundled) : TinyModel.samples(bundled, 300);
  }

  @BeforeEach
  void show() {
    files.output = Optional.of(folder);
    keys(KeyCode.CONTROL, KeyCode.DIGIT5);
    robot.interact(
        () -> {
          experiment().textProperty().set(LONG);
          experiment().place().set(folder.resolve("long-run").toString());
        });
  }

  private ExperimentViewModel experiment() {
    return window.runs().experiment();
  }

  private void keys(KeyCode... codes) {
    robot.push(codes);
  }

  private void focus(String selector) {
    robot.interact(() -> robot.lookup(selector).query().requestFocus());
  }

  private void awaitRunning(boolean running) throws TimeoutException {
    await(() -> experiment().job().runningProperty().get() == running);
  }

  private Node focused() {
    return stage.getScene().getFocusOwner();
  }

  private String status() {
    return robot.lookup(".status-bar").queryAs(StatusBar.class).getText();
  }

  @Test
  void theKeysOfARunAreTheExperimentsOnItsPage() throws Exception {
    open(300);
    for (String place : List.of("#library-tree", "#file-name", "#spec-text")) {
      focus(place);
      keys(KeyCode.CONTROL, KeyCode.ENTER);
      awaitRunning(true);
      assertThat(workbench().statusProperty().get()).as(place).isNull();
      assertThat(status()).startsWith("experiment.yaml · ");
      keys(KeyCode.ESCAPE);
      awaitRunning(false);
    }
    keys(KeyCode.CONTROL, KeyCode.DIGIT1);
    keys(KeyCode.F5);
    awaitRunning(true);
    assertThat(window.shell().pageProperty().get()).isEqualTo(RunPages.EXPERIMENT);
    Button cancel = robot.lookup(".status-bar .button").lookup("Cancel").queryButton();
    assertThat(cancel.isVisible()).isTrue();
    robot.clickOn(cancel);
    awaitRunning(false);
    assertThat(cancel.isVisible()).isFalse();
  }

  @Test
  void escEndsTheRunOfThePageFirst() throws Exception {
    open(60_000);
    robot.interact(() -> experiment().run());
    awaitRunning(true);
    keys(KeyCode.CONTROL, KeyCode.DIGIT1);
    robot.interact(() -> workbench().lengthProperty().set(60_000));
    robot.interact(() -> workbench().run());
    await(() -> workbench().arms().getFirst().state() == ArmState.RUNNING);
    keys(KeyCode.ESCAPE);
    await(() -> workbench().statusProperty().get() == null);
    assertThat(experiment().job().runningProperty().get()).isTrue();
    keys(KeyCode.ESCAPE);
    awaitRunning(false);
  }

  @Test
  void undoIsThatOfTheFileOnItsPageAndThatOfArmsElsewhere() throws Exception {
    open(300);
    int local = workbench().arms().get(1).arm().get("local");
    robot.interact(() -> workbench().setParameter(workbench().arms().get(1), "local", 9));
    await(() -> !window.sessions().undo().undoNameProperty().get().isEmpty());
    String changed = LONG.replace("200000", "100000");
    robot.interact(() -> experiment().history().seal());
    for (String place : List.of("#experiment-check", "#library-tree")) {
      robot.interact(() -> experiment().textProperty().set(changed));
      robot.interact(() -> experiment().history().seal());
      focus(place);
      keys(KeyCode.CONTROL, KeyCode.Z);
      assertThat(experiment().textProperty().get()).as(place).isEqualTo(LONG);
      assertThat(workbench().arms().get(1).arm().get("local")).isEqualTo(9);
      keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
      assertThat(experiment().textProperty().get()).as(place).isEqualTo(changed);
      keys(KeyCode.CONTROL, KeyCode.Z);
    }
    keys(KeyCode.CONTROL, KeyCode.DIGIT1);
    focus("#library-tree");
    keys(KeyCode.CONTROL, KeyCode.Z);
    assertThat(workbench().arms().get(1).arm().get("local")).isEqualTo(local);
  }

  @Test
  void filesAreBegunSavedOpenedAndCheckedByKeys() throws Exception {
    keys(KeyCode.CONTROL, KeyCode.ALT, KeyCode.S);
    Path saved = folder.resolve("experiment.yaml");
    await(() -> saved.equals(experiment().fileProperty().get()));
    assertThat(saved).content().isEqualTo(LONG);
    keys(KeyCode.CONTROL, KeyCode.DIGIT4);
    robot.interact(() -> window.commands().get("help.welcome").run());
    keys(KeyCode.CONTROL, KeyCode.N);
    assertThat(window.shell().welcomeShownProperty().get()).isFalse();
    assertThat(window.shell().pageProperty().get()).isEqualTo(RunPages.EXPERIMENT);
    assertThat(experiment().fileProperty().get()).isNull();
    files.file = Optional.of(saved);
    keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
    await(() -> saved.equals(experiment().fileProperty().get()));
    keys(KeyCode.F7);
    await(() -> robot.lookup(".notice-title").tryQuery().isPresent());
  }

  @Test
  void theTextIsLeftByKeysAndTabIndents() {
    TextArea text = robot.lookup("#spec-text").queryAs(TextArea.class);
    robot.interact(
        () -> {
          text.requestFocus();
          text.positionCaret(0);
        });
    keys(KeyCode.TAB);
    assertThat(text.getText()).isEqualTo("  " + LONG);
    keys(KeyCode.SHIFT, KeyCode.TAB);
    assertThat(focused()).isNotSameAs(text);
    assertThat(text.getText()).isEqualTo("  " + LONG);
    robot.interact(text::requestFocus);
    keys(KeyCode.CONTROL, KeyCode.TAB);
    assertThat(focused()).isNotSameAs(text);
    assertThat(window.shell().pageProperty().get()).isEqualTo(RunPages.EXPERIMENT);
  }

  @Test
  void aMistakeIsReachedByKeys() {
    robot.interact(() -> experiment().textProperty().set(LONG.replace("[200000]", "[64, 16]")));
    TextArea text = robot.lookup("#spec-text").queryAs(TextArea.class);
    for (String place : List.of("#text-problem", "#library-tree")) {
      focus(place);
      if (place.equals("#text-problem")) {
        keys(KeyCode.ENTER);
      } else {
        keys(KeyCode.SHIFT, KeyCode.F7);
      }
      assertThat(focused()).as(place).isSameAs(text);
      assertThat(text.getSelectedText()).isEqualTo("    lengths: [64, 16]");
    }
    focus("#form-problem");
    keys(KeyCode.SPACE);
    assertThat(focused().getId()).isEqualTo("own-lengths");
  }
}
