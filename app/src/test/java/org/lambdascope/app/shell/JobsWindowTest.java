package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import org.controlsfx.control.StatusBar;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.jobs.Job;
import org.lambdascope.app.workbench.ArmState;

/** Work that takes its time: how far it is, how long it will take, and a way to stop it. */
class JobsWindowTest extends WindowFixture {

  /** Of something that goes on: so many of all, a rate, and what is left. */
  private static final String GOES_ON = ".*[\\d,]+ / [\\d,]+ tokens · .* tokens/s · .* left.*";

  private static final int TOKENS = 60_000;

  private StatusBar statusBar() {
    return robot.lookup(".status-bar").queryAs(StatusBar.class);
  }

  private Button cancel() {
    return robot.from(statusBar()).lookup(".button").queryAllAs(Button.class).stream()
        .filter(button -> button.getText().equals("Cancel"))
        .findFirst()
        .orElseThrow();
  }

  private List<String> rows() {
    Node jobs = robot.lookup("#jobs").query();
    return robot.from(jobs).lookup(".label").queryAllAs(Label.class).stream()
        .map(Label::getText)
        .toList();
  }

  @Test
  void aRunSaysHowFarItIsAndHowLongItTakesAndIsCancelled() throws Exception {
    open(TOKENS);
    robot.push(KeyCode.CONTROL, KeyCode.J);
    assertThat(rows()).anyMatch(words -> words.contains("open "));
    robot.interact(() -> workbench().lengthProperty().set(TOKENS));
    assertThat(cancel().isVisible()).isFalse();
    robot.clickOn("#run");
    await(
        () ->
            statusBar().getText().matches(GOES_ON)
                && rows().stream().anyMatch(words -> words.matches(GOES_ON)));
    assertThat(statusBar().getText()).startsWith("vanilla — ").endsWith("1 arm waits");
    assertThat(rows()).contains("waiting");
    Node jobs = robot.lookup("#jobs").query();
    ProgressBar bar =
        robot.from(jobs).lookup(".progress-bar").queryAllAs(ProgressBar.class).stream()
            .filter(Node::isVisible)
            .findFirst()
            .orElseThrow();
    double before = bar.getProgress();
    double all = statusBar().getProgress();
    assertThat(before).isBetween(0.0, 0.99);
    await(() -> bar.getProgress() > before && statusBar().getProgress() > all);
    robot.clickOn(cancel());
    await(() -> workbench().statusProperty().get() == null);
    assertThat(workbench().arms()).allMatch(arm -> arm.state() == ArmState.CANCELLED);
    assertThat(window.jobs().ended().stream().map(Job::state).limit(2))
        .containsOnly(Job.State.CANCELLED);
    assertThat(rows()).anyMatch(words -> words.startsWith("cancelled"));
    assertThat(cancel().isVisible()).isFalse();
    assertThat(statusBar().getProgress()).isZero();
  }
}
